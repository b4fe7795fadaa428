/** What a what-if changes of one vital: its limits with their times, and its rises over the baseline. */
import type { Protocol } from "@vigil/shared/protocol";
import type { VitalEdit } from "@vigil/shared/replay";
import type { Vital } from "@vigil/shared/vitals";
import { useRef } from "react";
import { LimitsTable } from "./limits-table.tsx";
import { RiseFields } from "./rise-fields.tsx";

interface VitalRulesProps {
  readonly vital: Vital;
  readonly base: Pick<Protocol, "limits" | "relative">;
  readonly edited: VitalEdit | undefined;
  readonly onEdit: (edit: VitalEdit) => void;
}

export function VitalRules({ vital, base, edited, onEdit }: VitalRulesProps) {
  // Limits and a rise that were typed together are told together: the later one is told with the one before it.
  const latest = useRef(edited);
  latest.current = edited;
  const before = base.limits[vital] ?? {};
  const limits = edited?.limits ?? before;
  const change = (more: Partial<VitalEdit>) => {
    latest.current = { limits: before, ...latest.current, ...more, vital };
    onEdit(latest.current);
  };
  return (
    <>
      <LimitsTable vital={vital} base={before} start={limits} onLimits={(next) => change({ limits: next })} />
      <RiseFields
        vital={vital}
        start={edited?.relative ?? base.relative.filter((rule) => rule.vital === vital)}
        like={limits.high?.warning}
        onRises={(relative) => change({ relative })}
      />
    </>
  );
}

/** Other limits, delays, deadbands and rises over the baseline, and what they would have changed. */
import type { Comparison, Difference, VitalEdit } from "@vigil/shared/replay";
import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import { useState } from "react";
import { saveText } from "../ui/save-text.ts";
import { SourcesTable } from "../ui/sources-table.tsx";
import { useValue } from "../ui/use-value.ts";
import { VitalRules } from "../ui/vital-rules.tsx";
import type { ZoneText } from "../ui/zone-text.ts";
import type { Opened } from "./asking.ts";
import type { ReplayPlayer } from "./player.ts";
import { episodeText } from "./words.ts";

interface WhatIfProps {
  readonly player: ReplayPlayer;
  readonly opened: Opened;
  readonly zone: ZoneText;
  readonly edits: readonly VitalEdit[];
  readonly onEdits: (edits: readonly VitalEdit[]) => void;
}

export function WhatIfPanel({ player, opened, zone, edits, onEdits }: WhatIfProps) {
  const bay = useValue(player.bay);
  const whatIf = useValue(player.whatIf);
  const [vital, setVital] = useState<Vital>(edits[0]?.vital ?? "spo2");
  // What is being typed must not go with what was typed before it: only this begins the table anew.
  const [resets, setResets] = useState(0);
  const reset = () => {
    setResets(resets + 1);
    onEdits([]);
  };
  const recorded = opened.rules.find(([id]) => id === bay)?.[1] ?? { limits: {}, relative: [] };
  const others = edits.filter((each) => each.vital !== vital);
  return (
    <section className="replay-what-if" aria-labelledby="replay-what-if-title">
      <h2 id="replay-what-if-title">What if</h2>
      <div className="replay-what-if-head">
        <label>
          <span>Vital</span>
          <select
            value={vital}
            onChange={({ target }) => setVital(VITALS.find((each) => each === target.value) ?? "spo2")}
          >
            {VITALS.map((each) => (
              <option key={each} value={each}>
                {VITAL_FACTS[each].label}
                {edits.some((edit) => edit.vital === each) ? " (changed)" : ""}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={edits.length === 0} onClick={reset}>
          As recorded again
        </button>
      </div>
      <VitalRules
        key={`${bay} ${vital} ${resets}`}
        vital={vital}
        base={recorded}
        edited={edits.find((each) => each.vital === vital)}
        onEdit={(edit) => onEdits([...others, edit])}
      />
      <p className="replay-note">
        An empty limit is off. It counts for every session of this recording; what a nurse edited that day stays as it
        was edited.
      </p>
      <div role="status" aria-label="What would be different">
        {whatIf === null ? null : <Compared comparison={whatIf.comparison} zone={zone} player={player} />}
      </div>
      {whatIf === null ? null : (
        <button
          type="button"
          className="replay-export"
          onClick={() => saveText(`what-if ${opened.title}.csv`, "text/csv", whatIf.csv)}
        >
          Export as CSV
        </button>
      )}
    </section>
  );
}

const KIND_SIGN = { gained: "+", lost: "−", moved: "~" } as const;
/** In the document at once. */
const MOST = 200;

interface ComparedProps {
  readonly comparison: Comparison;
  readonly zone: ZoneText;
  readonly player: ReplayPlayer;
}

function Compared({ comparison: { sources, differences }, zone, player }: ComparedProps) {
  const count = (kind: Difference["kind"]) => differences.filter((each) => each.kind === kind).length;
  const changed = sources.filter(({ gained, lost, moved }) => gained + lost + moved > 0);
  return (
    <>
      <p className="replay-counts">
        <b>{count("gained")}</b> gained, <b>{count("lost")}</b> lost, <b>{count("moved")}</b> moved
      </p>
      {changed.length === 0 ? null : <SourcesTable sources={changed} />}
      <ul className="replay-differences">
        {differences.slice(0, MOST).map((difference) => (
          <DifferenceLine key={keyOf(difference)} difference={difference} zone={zone} player={player} />
        ))}
      </ul>
      {differences.length > MOST ? (
        <p className="replay-note">{differences.length - MOST} more are in the export.</p>
      ) : null}
    </>
  );
}

const keyOf = ({ kind, before, after }: Difference): string =>
  `${kind} ${before?.bay ?? after?.bay} ${before?.alarm ?? after?.alarm} ${before?.raisedAt} ${after?.raisedAt}`;

function DifferenceLine({
  difference,
  zone,
  player,
}: {
  readonly difference: Difference;
  readonly zone: ZoneText;
  readonly player: ReplayPlayer;
}) {
  const { kind, before, after } = difference;
  const of = kind === "lost" ? before : after;
  const span = (each: typeof of) =>
    `${zone.second(each.raisedAt)}–${each.clearedAt === null ? "end" : zone.second(each.clearedAt)}, ${each.priority}`;
  return (
    <li>
      <button type="button" onClick={() => player.goTo({ at: of.raisedAt, bay: of.bay })}>
        <b>
          {KIND_SIGN[kind]} {kind}
        </b>{" "}
        Bay {of.bay}: {episodeText(of)}{" "}
        <small>{kind === "moved" ? `${span(before)}, then ${span(after)}` : span(of)}</small>
      </button>
    </li>
  );
}

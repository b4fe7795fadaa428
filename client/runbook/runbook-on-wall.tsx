import { useMemo } from "react";
import { RunbookIndex } from "./runbook-index.tsx";
import { RunbookOf } from "./runbook-page.tsx";
import { ALL_RUNBOOKS, wallPlace } from "./runbook-place.ts";

interface RunbookOnWallProps {
  readonly alarm: string;
  /** Its path. */
  readonly wall: string;
}

export function RunbookOnWall({ alarm, wall }: RunbookOnWallProps) {
  const place = useMemo(() => wallPlace(wall), [wall]);
  return alarm === ALL_RUNBOOKS ? <RunbookIndex place={place} /> : <RunbookOf alarm={alarm} place={place} />;
}

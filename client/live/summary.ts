import type { BoardAlarm, BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";
import type { LiveBay } from "./board-store.ts";

/** An alarm with the bay it stands at. */
export interface BayAlarm {
  readonly bay: LiveBay;
  readonly alarm: BoardAlarm;
}

/** What the top of the wall says of all bays together. */
export interface Summary {
  /** Highest priority first; within one, those that nobody has acknowledged first, then the newest. */
  readonly alarms: readonly BayAlarm[];
  readonly infusing: number;
  readonly recovering: number;
  /** Since when there are so many alarms that they are a flood; `null` when there are not. */
  readonly flood: AtMs | null;
}

export const NOTHING: Summary = { alarms: [], infusing: 0, recovering: 0, flood: null };

export function summarise(bays: readonly LiveBay[], flood: AtMs | null): Summary {
  const rank = ({ alarm }: BayAlarm): number =>
    PRIORITIES_IN_ORDER.indexOf(alarm.priority) * 2 + (alarm.acknowledged ? 1 : 0);
  const inPhase = (...phases: readonly BoardRow["phase"][]): number =>
    bays.filter((bay) => phases.includes(bay.facts.value.phase)).length;
  return {
    alarms: bays
      .flatMap((bay) => bay.facts.value.alarms.map((alarm) => ({ bay, alarm })))
      .sort((a, b) => rank(a) - rank(b) || b.alarm.raisedAt - a.alarm.raisedAt),
    infusing: inPhase("infusing", "paused"),
    recovering: inPhase("recovery", "ready"),
    flood,
  };
}

/** What a bay's own page needs beside its row: limits in force and the protocol's, who silenced or switched off what. */
import type { AlarmId } from "@vigil/shared/alarms";
import type { AlarmOff, AudioPause, Bay } from "@vigil/shared/bay";
import { type BoardRow, boardRow } from "@vigil/shared/board";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Limits } from "@vigil/shared/protocol";

export interface BayDetail {
  readonly at: AtMs;
  readonly id: BayId;
  readonly name: string;
  readonly row: BoardRow;
  readonly limits: Limits;
  /** What `limits` go back to when the session ends. */
  readonly protocolLimits: Limits;
  readonly audioPause: Omit<AudioPause, "by"> | null;
  readonly alarmsOff: readonly Omit<AlarmOff, "by">[];
  readonly acknowledgements: readonly { readonly alarm: AlarmId; readonly name: string; readonly at: AtMs }[];
}

export function bayDetail(name: string, bay: Bay, at: AtMs): BayDetail {
  const { audioPause: pause } = bay;
  return {
    at,
    id: bay.id,
    name,
    row: boardRow(bay),
    limits: bay.limits,
    protocolLimits: (bay.session?.protocol ?? bay.protocol).limits,
    audioPause: pause === null ? null : { since: pause.since, until: pause.until, name: pause.name },
    alarmsOff: bay.alarmsOff.map(({ vital, name: who, reason }) => ({ vital, name: who, reason })),
    acknowledgements: bay.alarms.flatMap(({ id, acknowledgement }) =>
      acknowledgement === null ? [] : [{ alarm: id, name: acknowledgement.name, at: acknowledgement.at }],
    ),
  };
}

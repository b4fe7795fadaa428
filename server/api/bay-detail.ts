/** What a bay's own page needs beside its row: limits in force and the protocol's, who silenced or switched off what. */
import type { ProtocolInUse } from "@vigil/shared/administration";
import { type AlarmId, type Delivery, relativeLimit } from "@vigil/shared/alarms";
import {
  type AlarmOff,
  type AudioPause,
  type Bay,
  type Departure,
  type SessionView,
  sessionView,
} from "@vigil/shared/bay";
import { type BoardRow, boardRow } from "@vigil/shared/board";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { type Limits, limitCautions, type Protocol, type RelativeRule } from "@vigil/shared/protocol";

export interface BayDetail {
  readonly at: AtMs;
  readonly id: BayId;
  readonly name: string;
  /** IANA name of the clinic's time zone: what is entered for an earlier time is a time of that clock. */
  readonly zone: string;
  /** What the next session is opened under when nobody chooses. */
  readonly protocol: Protocol;
  /** All that can be chosen, that one first. */
  readonly protocols: readonly ProtocolInUse[];
  readonly row: BoardRow;
  /** In force now; together with `relative` the whole truth, and what `set-limits` is to be given of a vital. */
  readonly limits: Limits;
  /** The rises over the baseline in force now; `limit`: what each comes to, `null` while there is no baseline. */
  readonly relative: readonly (RelativeRule & { readonly limit: number | null })[];
  /** What `limits` and `relative` go back to when the session ends. */
  readonly protocolLimits: Limits;
  readonly protocolRelative: readonly RelativeRule[];
  /** Sentences about limits in force that are legal and may do what nobody meant. */
  readonly cautions: readonly string[];
  readonly audioPause: Pick<AudioPause, "since" | "until" | "name" | "reason"> | null;
  readonly alarmsOff: readonly Omit<AlarmOff, "by">[];
  /** The open session, or the last that ended here; `null` when there is neither. */
  readonly session: SessionView | null;
  /** Where the patient went who was here last, while the bay is free; `null` when nobody was moved. */
  readonly departed: Departure | null;
  readonly acknowledgements: readonly { readonly alarm: AlarmId; readonly name: string; readonly at: AtMs }[];
  /** To whom each standing alarm was taken, rung by rung, and what became of it. */
  readonly deliveries: readonly ({ readonly alarm: AlarmId } & Delivery)[];
}

export function bayDetail(
  { name, bay }: { readonly name: string; readonly bay: Bay },
  zone: string,
  protocols: readonly ProtocolInUse[],
  at: AtMs,
): BayDetail {
  const { audioPause: pause } = bay;
  const { limits, relative } = bay.session?.protocol ?? bay.protocol;
  const baseline = bay.session?.baseline ?? null;
  return {
    at,
    id: bay.id,
    name,
    zone,
    protocol: protocols[0]?.protocol ?? bay.protocol,
    protocols,
    row: boardRow(bay),
    session: sessionView(bay, at),
    departed: bay.departed,
    limits: bay.limits,
    relative: bay.relative.map((rule) => ({ ...rule, limit: relativeLimit(rule, baseline) })),
    protocolLimits: limits,
    protocolRelative: relative,
    cautions: limitCautions(bay.limits).map(({ sentence }) => sentence),
    audioPause:
      pause === null ? null : { since: pause.since, until: pause.until, name: pause.name, reason: pause.reason },
    alarmsOff: bay.alarmsOff.map(({ vital, name: who, reason }) => ({ vital, name: who, reason })),
    acknowledgements: bay.alarms.flatMap(({ id, acknowledgement }) =>
      acknowledgement === null ? [] : [{ alarm: id, name: acknowledgement.name, at: acknowledgement.at }],
    ),
    deliveries: bay.alarms.flatMap(({ id, deliveries }) => deliveries.map((delivery) => ({ alarm: id, ...delivery }))),
  };
}

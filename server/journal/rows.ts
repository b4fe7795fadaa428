/** Between an input and its row in the journal. */
import type { AlarmId } from "@vigil/shared/alarms";
import type { ArrivalInput, Carried, CommandInput } from "@vigil/shared/bay";
import { type AtMs, type BayId, bayIdSchema, type CommandId } from "@vigil/shared/ids";
import { actorSchema, commandSchema, type Session } from "@vigil/shared/session";
import { VITALS } from "@vigil/shared/vitals";
import * as z from "zod";
import type { KeptInput } from "./journal.ts";
import type { JournalTables } from "./schema.ts";

export const commandBodySchema = z.object({
  by: actorSchema,
  command: commandSchema,
  target: z.enum(["free", "occupied", "unknown"]).optional(),
});
/** What is carried is this program's own word, whole; to check it in every detail would be to write it twice. */
const arrivalBodySchema = z.object({
  arrival: z.object({
    by: actorSchema,
    from: bayIdSchema,
    carried: z.custom<Carried>((value) => typeof value === "object" && value !== null && "session" in value),
  }),
});
const deliveryBodySchema = z.object({
  delivery: z.object({
    alarm: z.custom<AlarmId>((value) => typeof value === "string"),
    rung: z.int().min(0),
    state: z.enum(["sent", "confirmed", "failed"]),
    reason: z.string().nullable(),
  }),
});

export const INPUT_COLUMNS = [
  "seq",
  "bay",
  "at",
  "measured_at",
  "cadence_s",
  "named",
  ...VITALS,
  "command_id",
  "command",
] as const satisfies readonly (keyof JournalTables["input"])[];

/** The values of INPUT_COLUMNS, in that order. */
export function inputRow(seq: number, bay: BayId, input: KeptInput): (string | number | null)[] {
  if (input.kind === "command") {
    const { by, command, target } = input;
    const body = JSON.stringify({ by, command, target });
    return [seq, bay, input.at, null, null, null, ...VITALS.map(() => null), input.id, body];
  }
  if (input.kind === "arrival") {
    const { kind: _kind, at: _at, ...arrival } = input;
    return [seq, bay, input.at, null, null, null, ...VITALS.map(() => null), null, JSON.stringify({ arrival })];
  }
  if (input.kind === "delivery") {
    const { kind: _kind, at: _at, ...delivery } = input;
    return [seq, bay, input.at, null, null, null, ...VITALS.map(() => null), null, JSON.stringify({ delivery })];
  }
  const { hr, spo2, rr, sbp, dbp, map } = input.values;
  // By name: every reading comes here.
  const named =
    (hr === undefined ? 0 : 1) |
    (spo2 === undefined ? 0 : 2) |
    (rr === undefined ? 0 : 4) |
    (sbp === undefined ? 0 : 8) |
    (dbp === undefined ? 0 : 16) |
    (map === undefined ? 0 : 32);
  const vitals = [hr ?? null, spo2 ?? null, rr ?? null, sbp ?? null, dbp ?? null, map ?? null];
  return [seq, bay, input.at, input.measuredAt, input.cadenceS, named, ...vitals, null, null];
}

/** The values of INPUT_COLUMNS as the database gives them back. */
export type InputRow = readonly [
  seq: number,
  bay: BayId,
  at: AtMs,
  measuredAt: AtMs | null,
  cadenceS: number | null,
  named: number | null,
  hr: number | null,
  spo2: number | null,
  rr: number | null,
  sbp: number | null,
  dbp: number | null,
  map: number | null,
  commandId: CommandId | null,
  command: string | null,
];

/** @throws when the row is not one this program wrote: a damaged journal must not be guessed at */
export function inputOf(row: InputRow): KeptInput {
  const [, , at, measuredAt, cadenceS, named, hr, spo2, rr, sbp, dbp, map, commandId, command] = row;
  if (command === null) {
    const bits = named ?? 0;
    // One shape for every reading: recovery makes hundreds of thousands of them.
    const values = {
      hr: (bits & 1) === 0 ? undefined : hr,
      spo2: (bits & 2) === 0 ? undefined : spo2,
      rr: (bits & 4) === 0 ? undefined : rr,
      sbp: (bits & 8) === 0 ? undefined : sbp,
      dbp: (bits & 16) === 0 ? undefined : dbp,
      map: (bits & 32) === 0 ? undefined : map,
    };
    return { kind: "reading", at, measuredAt, cadenceS, values };
  }
  const body: unknown = JSON.parse(command);
  if (commandId === null && typeof body === "object" && body !== null && "arrival" in body) {
    return firstEdition({ kind: "arrival", at, ...arrivalBodySchema.parse(body).arrival });
  }
  if (commandId === null) return { kind: "delivery", at, ...deliveryBodySchema.parse(body).delivery };
  return firstEdition({ kind: "command", at, id: commandId, ...commandBodySchema.parse(body) });
}

/** What was kept before sessions named the edition of their rules was judged by the first. */
function firstEdition<I extends ArrivalInput | CommandInput>(input: I): I {
  if (input.kind === "arrival") {
    const { carried } = input;
    const session: Omit<Session, "edition"> & Partial<Pick<Session, "edition">> = carried.session;
    return session.edition === undefined
      ? { ...input, carried: { ...carried, session: { ...carried.session, edition: 1 } } }
      : input;
  }
  const { command } = input;
  return command.type === "open-session" && command.edition === undefined
    ? { ...input, command: { ...command, edition: 1 } }
    : input;
}

/** Between an input and its row in the journal. */
import type { AlarmId } from "@vigil/shared/alarms";
import type { AtMs, BayId, CommandId } from "@vigil/shared/ids";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import type { Selectable } from "kysely";
import * as z from "zod";
import type { KeptInput } from "./journal.ts";
import type { JournalTables } from "./schema.ts";

const commandBodySchema = z.object({ by: actorSchema, command: commandSchema });
const deliveryBodySchema = z.object({
  delivery: z.object({
    alarm: z.custom<AlarmId>((value) => typeof value === "string"),
    rung: z.int().min(0),
    state: z.enum(["sent", "confirmed", "failed"]),
    reason: z.string().nullable(),
  }),
});

export type InputRow = Selectable<JournalTables["input"]>;

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
] as const satisfies readonly (keyof InputRow)[];

/** The values of INPUT_COLUMNS, in that order. */
export function inputRow(seq: number, bay: BayId, input: KeptInput): (string | number | null)[] {
  if (input.kind === "command") {
    const body = JSON.stringify({ by: input.by, command: input.command });
    return [seq, bay, input.at, null, null, null, ...VITALS.map(() => null), input.id, body];
  }
  if (input.kind === "delivery") {
    const { kind: _kind, at: _at, ...delivery } = input;
    return [seq, bay, input.at, null, null, null, ...VITALS.map(() => null), null, JSON.stringify({ delivery })];
  }
  let named = 0;
  const values = VITALS.map((vital, bit) => {
    const value = input.values[vital];
    if (value !== undefined) named |= 1 << bit;
    return value ?? null;
  });
  return [seq, bay, input.at, input.measuredAt, input.cadenceS, named, ...values, null, null];
}

/** @throws when the row is not one this program wrote: a damaged journal must not be guessed at */
export function inputOf(row: InputRow): KeptInput {
  if (row.command !== null) {
    const body: unknown = JSON.parse(row.command);
    if (row.command_id !== null) {
      const { by, command } = commandBodySchema.parse(body);
      return { kind: "command", at: row.at, id: row.command_id as CommandId, by, command };
    }
    return { kind: "delivery", at: row.at, ...deliveryBodySchema.parse(body).delivery };
  }
  const values: { [V in Vital]?: number | null } = {};
  const named = row.named ?? 0;
  VITALS.forEach((vital, bit) => {
    if ((named & (1 << bit)) !== 0) values[vital] = row[vital];
  });
  return { kind: "reading", at: row.at satisfies AtMs, measuredAt: row.measured_at, cadenceS: row.cadence_s, values };
}

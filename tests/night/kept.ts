/** What the journal's file tells of a night, read by hand: a witness that shares no code with the server's journal. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { BayEvent, BayInput, TransferTarget } from "@vigil/shared/bay";
import type { BayId } from "@vigil/shared/ids";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import { VITALS } from "@vigil/shared/vitals";

export interface KeptInput {
  readonly seq: number;
  readonly bay: BayId;
  readonly input: Exclude<BayInput, { kind: "tick" }>;
}

export interface KeptEvent {
  /** Counts up in the order in which events were decided. */
  readonly id: number;
  readonly bay: BayId;
  /** The input it was decided on, or the bay's last one before it. */
  readonly seq: number;
  readonly event: BayEvent;
}

export interface Kept {
  readonly inputs: readonly KeptInput[];
  readonly events: readonly KeptEvent[];
}

export function readJournal(dataDir: string): Kept {
  const database = new DatabaseSync(join(dataDir, "journal.sqlite"), { readOnly: true });
  try {
    return {
      inputs: database.prepare("select * from input order by seq").all().map(inputOf),
      events: database
        .prepare("select id, bay, seq, body from event order by id")
        .all()
        .map((row) => ({
          id: Number(row.id),
          bay: bayIdSchema.parse(row.bay),
          seq: Number(row.seq),
          // What the server wrote is what is to be judged: taken as it stands.
          event: JSON.parse(String(row.body)) as BayEvent,
        })),
    };
  } finally {
    database.close();
  }
}

const numberOr = (value: unknown): number | null => (typeof value === "number" ? value : null);

function inputOf(row: Record<string, unknown>): KeptInput {
  const seq = Number(row.seq);
  const bay = bayIdSchema.parse(row.bay);
  const at = Number(row.at);
  if (row.command === null) {
    const named = Number(row.named);
    const values = Object.fromEntries(
      VITALS.flatMap((vital, bit) => ((named >> bit) & 1 ? [[vital, numberOr(row[vital])]] : [])),
    );
    const [measuredAt, cadenceS] = [numberOr(row.measured_at), numberOr(row.cadence_s)];
    return { seq, bay, input: { kind: "reading", at, measuredAt, cadenceS, values } };
  }
  const body: { by?: unknown; command?: unknown; target?: TransferTarget; delivery?: object; arrival?: object } =
    JSON.parse(String(row.command));
  if (body.delivery !== undefined) {
    return { seq, bay, input: { kind: "delivery", at, ...body.delivery } as KeptInput["input"] };
  }
  if (body.arrival !== undefined) {
    return { seq, bay, input: { kind: "arrival", at, ...body.arrival } as KeptInput["input"] };
  }
  const [by, command] = [actorSchema.parse(body.by), commandSchema.parse(body.command)];
  const id = commandIdSchema.parse(row.command_id);
  return { seq, bay, input: { kind: "command", at, id, by, command, target: body.target } };
}

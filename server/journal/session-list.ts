/**
 * The list of sessions: one row each, kept up to date by every act that is written. It follows from inputs and events
 * alone, so it can be thrown away and built anew.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ActEvent, BayEvent } from "@vigil/shared/bay";
import {
  type AtMs,
  type BayId,
  bayIdSchema,
  commandIdSchema,
  type SessionId,
  sessionIdSchema,
} from "@vigil/shared/ids";
import {
  effectiveActs,
  type Patient,
  PHASES,
  type Phase,
  type Plan,
  searchedText,
  searchWords,
} from "@vigil/shared/session";
import type { KeptInput, ListedSession, SessionQuery, SessionStay } from "./journal.ts";
import { commandBodySchema } from "./rows.ts";
import type { JournalTables } from "./schema.ts";

type Row = JournalTables["session_list"];

export class SessionList {
  readonly #insert: StatementSync;
  readonly #facts: StatementSync;
  readonly #acts: StatementSync;
  readonly #phase: StatementSync;
  readonly #arrive: StatementSync;
  readonly #end: StatementSync;
  readonly #find: StatementSync;
  readonly #stay: StatementSync;
  readonly #clear: StatementSync;

  constructor(database: DatabaseSync) {
    // Of the session itself, whatever else the bay has open: a past may be told while the present goes on.
    const open = "where bay = ? and id = ? and ended_seq is null";
    this.#insert = database.prepare(
      "insert into session_list (opened_seq, stay_seq, id, bay, opened_at, phase, initials, name, record_number, searched, drug, dose_mg_per_kg) values (?1, ?1, ?2, ?3, ?4, 'preparation', ?5, ?6, ?7, ?8, ?9, ?10)",
    );
    this.#facts = database.prepare(
      `update session_list set initials = ?, name = ?, record_number = ?, searched = ?, drug = ?, dose_mg_per_kg = ?, started_at = ? ${open}`,
    );
    // At every bay it was at, in the order of entry. Few events are acts, and those have an index of their own.
    this.#acts = database.prepare(
      `select input.at, input.command_id, input.command from session as stay
       join event on event.bay = stay.bay and event.type = 'act' and event.seq >= stay.opened_seq
         and event.seq <= coalesce(stay.ended_seq, ?3)
       join input on input.seq = event.seq and input.command_id is not null
       where stay.id = ?2 and stay.opened_seq >= (select max(opened_seq) from session_list where id = ?2 and bay = ?1)
         and event.seq < ?3 and json_extract(event.body, '$.sessionId') = ?2 order by input.seq`,
    );
    this.#phase = database.prepare(`update session_list set phase = ? ${open}`);
    this.#arrive = database.prepare(`update session_list set bay = ?, stay_seq = ? ${open}`);
    this.#end = database.prepare(`update session_list set phase = ?, ended_seq = ?, ended_at = ? ${open}`);
    this.#find = database.prepare(
      `select * from session_list where not exists (select 1 from json_each(?1) as word where instr(searched, word.value) = 0)
       and (?2 is null or opened_at >= ?2) and (?3 is null or opened_at < ?3) and (?4 is null or bay = ?4)
       and (?5 is null or phase = ?5) and (?6 is null or opened_seq < ?6) order by opened_seq desc limit ?7`,
    );
    this.#stay = database.prepare(
      "select bay, stay_seq, ended_seq from session_list where id = ? order by opened_seq desc limit 1",
    );
    this.#clear = database.prepare("delete from session_list");
  }

  /** What one kept input did to the list. */
  note(seq: number, bay: BayId, input: KeptInput, events: readonly BayEvent[]): void {
    const act = events.find((event) => event.type === "act");
    if (act === undefined || act.sessionId === null) return;
    if (input.kind === "arrival") this.#arrive.run(bay, seq, input.from, act.sessionId);
    else if (input.kind === "command") this.#noteCommand(seq, bay, input, act, act.sessionId);
  }

  #noteCommand(
    seq: number,
    bay: BayId,
    input: Extract<KeptInput, { kind: "command" }>,
    act: ActEvent,
    id: SessionId,
  ): void {
    const { command } = input;
    switch (command.type) {
      case "open-session": {
        const { patient, plan } = command;
        this.#insert.run(seq, id, bay, act.at, ...patientColumns(patient), ...planColumns(plan));
        return;
      }
      case "set-patient":
      case "correct-patient":
      case "set-plan":
      case "start-infusion":
      case "undo-act":
      case "correct-time":
        this.#facts.run(...factColumns([...this.#actsBefore(seq, bay, id), input]), bay, id);
        if (act.phase !== null) this.#phase.run(act.phase, bay, id);
        return;
      case "discharge":
      case "abandon-session":
        this.#end.run(command.type === "discharge" ? "discharged" : "abandoned", seq, act.at, bay, id);
        return;
      default:
        if (act.phase !== null) this.#phase.run(act.phase, bay, id);
    }
  }

  /** What was done to the session before the input `seq`, in the order of entry. */
  #actsBefore(seq: number, bay: BayId, id: SessionId): readonly CommandOf[] {
    const rows = this.#acts.all(bay, id, seq) as unknown as readonly {
      at: AtMs;
      command_id: string;
      command: string;
    }[];
    return rows.map((row) => {
      const { by, command } = commandBodySchema.parse(JSON.parse(row.command));
      return { id: commandIdSchema.parse(row.command_id), at: row.at, by, command };
    });
  }

  clear(): void {
    this.#clear.run();
  }

  find({ text, from, until, bay, phase, before, limit }: SessionQuery): readonly ListedSession[] {
    const words = JSON.stringify(searchWords(text ?? ""));
    const rows = this.#find.all(words, from ?? null, until ?? null, bay ?? null, phase ?? null, before ?? null, limit);
    // The columns are the table's own.
    return (rows as unknown as Row[]).map((row) => ({
      id: sessionIdSchema.parse(row.id),
      bay: bayIdSchema.parse(row.bay),
      openedAt: row.opened_at,
      endedAt: row.ended_at,
      phase: phaseOf(row.phase),
      initials: row.initials,
      name: row.name,
      recordNumber: row.record_number,
      drug: row.drug,
      doseMgPerKg: row.dose_mg_per_kg,
      cursor: row.opened_seq,
    }));
  }

  stayOf(id: SessionId): SessionStay | null {
    const row = this.#stay.get(id) as unknown as Pick<Row, "bay" | "stay_seq" | "ended_seq"> | undefined;
    return row === undefined ? null : { bay: bayIdSchema.parse(row.bay), fromSeq: row.stay_seq, toSeq: row.ended_seq };
  }
}

type CommandOf = Pick<Extract<KeptInput, { kind: "command" }>, "id" | "at" | "by" | "command">;

/** What counts of all that was entered: nothing that was undone, the later of two by when it was done. */
function factColumns(entered: readonly CommandOf[]) {
  const acts = effectiveActs(
    entered.map(({ id, at, by, command }) => ({
      id,
      by,
      command,
      enteredAt: at,
      effectiveAt:
        ("effectiveAt" in command && command.type !== "correct-time" ? command.effectiveAt : undefined) ?? at,
    })),
  );
  let patient: Patient | undefined;
  let plan: Plan | undefined;
  let startedAt: AtMs | null = null;
  for (const { command, effectiveAt } of acts) {
    if (command.type === "open-session") ({ patient, plan } = command);
    else if (command.type === "set-patient" || command.type === "correct-patient") ({ patient } = command);
    else if (command.type === "set-plan") ({ plan } = command);
    else if (command.type === "start-infusion") startedAt = effectiveAt;
  }
  if (patient === undefined) throw new Error("a session in the list was never opened");
  return [...patientColumns(patient), ...planColumns(plan), startedAt] as const;
}

const patientColumns = (patient: Patient) =>
  [patient.initials, patient.name ?? null, patient.recordNumber ?? null, searchedText(patient)] as const;
const planColumns = (plan: Plan | undefined) => [plan?.drug ?? null, plan?.doseMgPerKg ?? null] as const;

function phaseOf(text: string): Phase {
  const phase = PHASES.find((each) => each === text);
  if (phase === undefined) throw new Error(`the list of sessions holds an unknown phase: ${text}`);
  return phase;
}

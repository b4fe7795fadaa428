/**
 * What is kept. Inputs are the truth; events are derived from them and kept for reading. Everything appended is made
 * durable together by `commit`, in order: an input never without its events, no input before an earlier one.
 */
import type { AdminFact } from "@vigil/shared/administration";

import type { AlarmId } from "@vigil/shared/alarms";
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { BayEvent, BayInput } from "@vigil/shared/bay";
import type { CourseFact, PastSession, RecordNumber } from "@vigil/shared/course";
import type { AtMs, BayId, BoardId, CommandId, SessionId } from "@vigil/shared/ids";
import type { Marked } from "@vigil/shared/measures";
import type { Actor, Phase, Refusal } from "@vigil/shared/session";
import type { Kysely } from "kysely";
import type { AuditReader } from "./audit-log.ts";
import type { PeopleTables } from "./people-schema.ts";
import type { Thinning } from "./thinning.ts";

/** An input worth keeping: time alone is not. */
export type KeptInput = Exclude<BayInput, { kind: "tick" }>;

/** What one step of a bay adds: an input with what was decided on it, or decisions that time alone brought. */
export interface JournalEntry {
  readonly bay: BayId;
  /** The input's number in the journal; for time alone, the number of the last input of the bay before it. */
  readonly seq: number;
  readonly input: KeptInput | null;
  readonly events: readonly BayEvent[];
  /** Where a person's act came from, for the audit. */
  readonly from?: string | undefined;
}

export interface StoredBay {
  readonly id: BayId;
  readonly name: string;
}

export interface StoredBoard {
  readonly id: BoardId;
  readonly name: string;
  readonly bays: readonly BayId[];
}

/** A session that was open when the journal was last written, and where its inputs begin. */
export interface OpenSession {
  readonly bay: BayId;
  readonly id: SessionId;
  readonly openedSeq: number;
}

/** One session in the list, open or past. Instants in ms since epoch. */
export interface ListedSession {
  readonly id: SessionId;
  readonly bay: BayId;
  readonly openedAt: AtMs;
  readonly endedAt: AtMs | null;
  readonly phase: Phase;
  readonly initials: string;
  readonly name: string | null;
  readonly recordNumber: string | null;
  readonly drug: string | null;
  readonly doseMgPerKg: number | null;
  /** For asking for the sessions before this one. */
  readonly cursor: number;
}

/** Which sessions: all that is given must hold. */
export interface SessionQuery {
  /** In the name, the initials or the record number, case aside. */
  readonly text?: string | undefined;
  /** Opened from then on, and before then. */
  readonly from?: AtMs | undefined;
  readonly until?: AtMs | undefined;
  readonly bay?: BayId | undefined;
  readonly phase?: Phase | undefined;
  /** Only those opened before the one with this cursor. */
  readonly before?: number | undefined;
  /** At most so many, newest first. */
  readonly limit: number;
}

/** Where the inputs of a session at one bay lie: from its opening or arrival there. */
export interface SessionStay {
  readonly bay: BayId;
  readonly fromSeq: number;
  /** The input that ended it or took it to another bay; `null` while it is there. */
  readonly toSeq: number | null;
}

/** What became of a command that was sent before: the answer to give again. */
export interface KnownCommand {
  /** It is kept; otherwise it waits for a journal that can be written again. */
  readonly durable: boolean;
  readonly seq: number;
  readonly refused: Refusal | null;
}

export interface StoredInput {
  readonly seq: number;
  readonly bay: BayId;
  readonly input: KeptInput;
}

/** A session with the patient's record number: what courses are made of. */
export interface SessionOfPatient {
  readonly recordNumber: RecordNumber;
  readonly session: PastSession;
}

/** What a person judged of an episode of an alarm. */
export interface NewMark {
  readonly episode: number;
  readonly at: AtMs;
  readonly by: Actor;
  readonly actionable: Marked;
  readonly why: string | null;
}

/** A step of a past, with what was judged later of alarms that it raised. */
export interface PastEntry extends JournalEntry {
  readonly marks?: readonly (Omit<NewMark, "episode"> & { readonly alarm: AlarmId })[];
}

/** Nothing was lost, but nothing could be kept either: the disk is full, gone, or not ours. */
export class JournalFailed extends Error {}

export interface Journal {
  /**
   * People and devices, whose room writes its own queries. Each statement is durable by itself; never a transaction, which
   * would get between those of the inputs.
   */
  readonly people: Kysely<PeopleTables>;
  /** The number of the last input kept or appended; inputs count up from it. */
  readonly lastSeq: number;
  /** Every input up to this number is durable. */
  readonly durableSeq: number;
  /** Takes the next number. */
  nextSeq(): number;
  /** An act of a person gets its entry in the audit, in the same transaction. */
  append(entry: JournalEntry): void;
  /** An entry of the audit for what is no input of a bay; durable with the next commit. */
  appendAudit(entry: NewAuditEntry): void;
  /** Appended and not yet durable. */
  readonly pending: number;
  /** @throws JournalFailed when it could not; what was appended stays pending and is tried again with the next commit. */
  commit(): void;
  /** Whether there is work on what is kept that no commit should wait for. */
  readonly isUntidy: boolean;
  /**
   * Commits, and then does a piece of that work: some ten milliseconds for a thousand bays.
   * @throws JournalFailed as `commit` does; nothing is lost, and it stays untidy
   */
  tidy(): void;

  /** Those in use, in their order. */
  bays(): readonly StoredBay[];
  /** Those that were retired as well: for telling of the past. */
  everyBay(): readonly StoredBay[];
  addBays(bays: readonly StoredBay[]): void;
  boards(): readonly StoredBoard[];
  saveBoard(board: StoredBoard, audit?: NewAuditEntry): void;

  openSessions(): readonly OpenSession[];
  /** Inputs from `fromSeq` on, of all bays, in order. */
  inputsFrom(fromSeq: number): Iterable<StoredInput>;
  /** The durable inputs of one bay from `fromSeq` up to `toSeq`, both included, in order. */
  bayInputs(bay: BayId, fromSeq: number, toSeq: number): readonly KeptInput[];
  /** Every bay the last session with this id was at, the first one first; empty when there is none. */
  staysOf(id: SessionId): readonly SessionStay[];
  /** The session that was open at a bay at `at`. */
  sessionAt(bay: BayId, at: AtMs): (SessionStay & { readonly openedAt: AtMs }) | null;
  /** The first durable input of a bay dated `at` or later; one past the last of all when there is none. */
  seqAt(bay: BayId, at: AtMs): number;
  sessions(query: SessionQuery): readonly ListedSession[];
  /** Where the last session with this id is or was last; `null` when there is none. */
  stayOf(id: SessionId): SessionStay | null;
  /** The last patient's time at a bay, with the initials known by now, wherever they are; `null`: nobody was there yet. */
  lastStayAt(bay: BayId): (SessionStay & { readonly initials: string }) | null;
  /** Inputs of one bay from `fromSeq` to `toSeq` (`null`: to the last), both included, in order; pending ones too. */
  inputsOf(stay: SessionStay): Iterable<KeptInput>;
  /** Builds the list of sessions anew from inputs and events. @throws JournalFailed */
  rebuildSessionList(): void;
  /** Events of a bay decided on inputs from `fromSeq` on, in order. */
  eventsFrom(bay: BayId, fromSeq: number): readonly BayEvent[];
  knownCommand(id: CommandId): KnownCommand | null;

  /** Every session whose patient has a record number, oldest first. */
  sessionsOfPatients(): readonly SessionOfPatient[];
  /** What was entered about courses, in order; of one patient, or of all. */
  courseFacts(recordNumber?: RecordNumber): readonly CourseFact[];
  courseFact(id: CommandId): CourseFact | null;
  /**
   * All of them or none, durable when it returns, each with its entry in the audit.
   * @param from the address or device they came from
   * @throws JournalFailed
   */
  keepCourseFacts(facts: readonly CourseFact[], from: string): void;

  /** The file in which everything is kept, for whoever reads it on a connection of their own. */
  readonly file: string;
  /**
   * From now on the episodes of the alarm log that change are noted for one follower.
   * @returns the numbers of those that changed since it was last called; what was not kept in the end may be among them
   */
  followAlarmLog(): () => readonly number[];
  /** What was decided about the clinic, in order. */
  adminFacts(): readonly AdminFact[];
  /** All of them or none, durable when it returns, each with its entry in the audit. @throws JournalFailed */
  keepAdminFacts(facts: readonly AdminFact[], from: string): void;
  /** Nothing but the entry that it was refused, durable when it returns. @throws JournalFailed */
  keepRefusal(fact: AdminFact, refused: { readonly code: string; readonly reason: string }, from: string): void;
  /** Durable when it returns, with its entry in the audit. @throws JournalFailed */
  keepMark(mark: NewMark, from: string): void;
  /** The audit, to be asked: what is durable. */
  readonly audit: AuditReader;

  /** Readings that are older than they are to be kept. */
  readonly thinning: Thinning;

  /** Sets numbers aside for inputs of a past that is told later. @returns the first of them */
  reserve(count: number): number;
  /** A whole session of the past, with numbers that were set aside; durable when it returns. @throws JournalFailed */
  keepPast(entries: readonly PastEntry[]): void;

  /** The last instant the journal tells of; `null` in an empty journal. */
  lastAt(): AtMs | null;
  close(): void;
}

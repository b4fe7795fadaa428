/**
 * The running bays. Each bay's inputs are taken one at a time; the engine decides; the journal keeps; what is kept goes
 * out as changes. One look at all bays finds what is to fall due soon; that has a timer of its own, one for each bay.
 */
import type { NewAuditEntry } from "@vigil/shared/audit";
import {
  advance,
  type Bay,
  type BayInput,
  type CommandInput,
  type DeliveryInput,
  departure,
  newBay,
  nextDeadline,
  quietUntil,
  settle,
} from "@vigil/shared/bay";
import type { AtMs, BayId, CommandId } from "@vigil/shared/ids";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import { type Actor, type Command, EDITION, type Refusal } from "@vigil/shared/session";
import type { ReadingValues } from "@vigil/shared/vitals";
import { type Observable, Subject } from "rxjs";
import { type Clock, clockNotBefore } from "../clock.ts";
import type { Journal, KeptInput } from "../journal/index.ts";
import type { WardChange } from "./change.ts";
import { recoverBays } from "./recovery.ts";

export type CommandAnswer =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly refused: Refusal | { readonly code: "journal-failed"; readonly reason: string } };

export interface WardOptions {
  readonly clock: Clock;
  readonly journal: Journal;
  /** A reading may wait this long for others to be kept with. Commands and decisions never wait. */
  readonly commitEveryMs: number;
  readonly onProblem: (sentence: string, error: unknown) => void;
  /** The rules of a session that is opened without any; left out or `null`: the bay's own. */
  readonly protocolNow?: () => Protocol | null;
}

interface Running {
  bay: Bay;
  /** The number of the bay's last input. */
  seq: number;
  /** Nothing falls due before this; `Infinity`: nothing does without an input. */
  dueAt: AtMs;
  timerAt: AtMs;
  cancelTimer: (() => void) | null;
}

/** A session is opened with its rules in the command: it replays by them, whatever the bay's rules are by then. */
const whole = (command: Command, protocol: () => Protocol): Command =>
  command.type === "open-session"
    ? { ...command, protocol: command.protocol ?? protocol(), edition: command.edition ?? EDITION }
    : command;

const NOT_KEPT: CommandAnswer = {
  ok: false,
  refused: {
    code: "journal-failed",
    reason:
      "It takes effect, but the server cannot keep it yet and goes on trying. Write it down, and tell who looks after the server.",
  },
};

const NOT_CARRIED_OUT: CommandAnswer = {
  ok: false,
  refused: {
    code: "journal-failed",
    reason: "The server cannot read its journal and did not do it. Tell who looks after the server.",
  },
};

/** Whence the audit says that an act of a told past came. */
const PAST = "demonstration";

/**
 * All bays are looked at together this long before the first of their deadlines, and each that is near has a timer set.
 * The others have none: mostly a reading moves their deadline on before, and to look at each by itself took as long as to
 * decide the readings.
 */
const LOOK_AHEAD_MS = 500;
/** Nearer than this a deadline has a timer, so that looks are half a second apart at least. */
const NEAR_MS = 2 * LOOK_AHEAD_MS;

const NEVER: AtMs = Number.POSITIVE_INFINITY;

/** What was just decided has left by then. */
const TIDY_AFTER_MS = 50;

/** After a failed commit the ward tries again this often; nothing is dropped meanwhile. */
const RETRY_COMMIT_MS = 1_000;

export class Ward {
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #options: WardOptions;
  readonly #bays = new Map<BayId, Running>();
  readonly #changes = new Subject<WardChange>();
  #cancelCommit: (() => void) | null = null;
  #cancelTidy: (() => void) | null = null;
  /** When the bays are looked at next; `Infinity`: no deadline is without a timer. */
  #lookAt: AtMs = NEVER;
  #cancelLook: (() => void) | null = null;
  #journalFailing = false;
  #closed = false;

  /** What happened, in order; decisions after they were kept. While the journal fails all goes out: people must see. */
  readonly changes: Observable<WardChange> = this.#changes.asObservable();

  constructor(options: WardOptions) {
    this.#options = options;
    this.#journal = options.journal;
    this.#clock = clockNotBefore(options.clock, options.journal.lastAt() ?? Number.NEGATIVE_INFINITY);
  }

  /**
   * Brings every bay back by replaying its open session, compares what is decided again with what was kept, and settles
   * what fell due meanwhile. Changes of the replay go to `onReplayed`, so that trends can be rebuilt.
   * @returns how many bays decided otherwise than the journal tells; 0 unless the program's rules have changed
   */
  start(onReplayed: (change: WardChange) => void): number {
    const protocol = protocolSchema.parse({});
    const fresh = this.#journal.bays().map((stored) => newBay(stored.id, protocol));
    const { recovered, diverged } = recoverBays(this.#journal, fresh, onReplayed);
    for (const { bay, seq } of recovered) {
      this.#bays.set(bay.id, { bay, seq, dueAt: NEVER, timerAt: NEVER, cancelTimer: null });
    }
    for (const id of diverged) {
      this.#options.onProblem(`bay ${id}: replaying the journal decided otherwise than it tells`, null);
    }
    for (const running of this.#bays.values()) this.#settleTime(running);
    this.#commit();
    return diverged.length;
  }

  /** A new bay, free, or one that is taken back into use. */
  addBay(id: BayId): void {
    const bay = newBay(id, protocolSchema.parse({}));
    this.#bays.set(id, { bay, seq: 0, dueAt: NEVER, timerAt: NEVER, cancelTimer: null });
  }

  /** A free bay that is in use no more: from now on it is unknown. @throws when a session is open there */
  retireBay(id: BayId): void {
    const running = this.#bays.get(id);
    if (running?.bay.session != null) throw new Error(`a session is open at bay ${id}`);
    running?.cancelTimer?.();
    this.#bays.delete(id);
  }

  bay(id: BayId): Bay | null {
    return this.#bays.get(id)?.bay ?? null;
  }

  get bays(): readonly Bay[] {
    return [...this.#bays.values()].map((running) => running.bay);
  }

  /** The time this ward goes by: the given clock, never behind what the journal tells. */
  get clock(): Clock {
    return this.#clock;
  }

  get journalFailing(): boolean {
    return this.#journalFailing;
  }

  /** A reading that came in now. @returns false when there is no such bay */
  receive(bay: BayId, reading: { measuredAt: AtMs | null; cadenceS: number | null; values: ReadingValues }): boolean {
    const running = this.#bays.get(bay);
    if (running === undefined) return false;
    this.#take(running, { kind: "reading", at: this.#clock.now(), ...reading });
    return true;
  }

  /** What became of taking an alarm to somebody. */
  delivered(bay: BayId, outcome: Omit<DeliveryInput, "kind" | "at">): void {
    const running = this.#bays.get(bay);
    if (running !== undefined && !this.#closed)
      this.#take(running, { kind: "delivery", at: this.#clock.now(), ...outcome });
  }

  /** An entry of the audit for what is no input of a bay: kept with the next commit, a quarter of a second later at most. */
  audit(entry: NewAuditEntry): void {
    this.#journal.appendAudit(entry);
    if (this.#closed) this.#commit();
    else this.#commitSoon(this.#options.commitEveryMs);
  }

  /**
   * Carries out a command once, however often it is sent; answers when it is durable. `null`: there is no such bay.
   * @param from the address or device it came from, for the audit
   */
  command(bay: BayId, id: CommandId, by: Actor, command: Command, from?: string): CommandAnswer | null {
    const running = this.#bays.get(bay);
    if (running === undefined) return null;
    try {
      let known = this.#journal.knownCommand(id);
      if (known === null) {
        const input: CommandInput = {
          kind: "command",
          at: this.#clock.now(),
          id,
          by,
          command: whole(command, () => this.#options.protocolNow?.() ?? running.bay.protocol),
        };
        if (command.type === "transfer-session") this.#transfer(running, command.to, input, from);
        else this.#take(running, input, from);
        known = this.#journal.knownCommand(id);
      } else if (!known.durable) {
        this.#commit();
        known = this.#journal.knownCommand(id);
      }
      if (known?.durable !== true) return NOT_KEPT;
      return known.refused === null ? { ok: true, seq: known.seq } : { ok: false, refused: known.refused };
    } catch (error) {
      this.#options.onProblem(`the journal could not tell whether command ${id} is known`, error);
      return NOT_CARRIED_OUT;
    }
  }

  /** Puts inputs of the past into bays that have none yet: the demonstration's history. Durable when it returns. */
  backfill(histories: readonly { readonly bay: BayId; readonly inputs: readonly BayInput[] }[]): void {
    const merged = histories
      .flatMap(({ bay, inputs }) => inputs.flatMap((input) => (input.kind === "tick" ? [] : [{ bay, input }])))
      .sort((a, b) => a.input.at - b.input.at);
    const changes: WardChange[] = [];
    for (const { bay, input } of merged) {
      const running = this.#bays.get(bay);
      if (running === undefined) throw new Error(`there is no bay ${bay} to give a history to`);
      changes.push(this.#step(running, input, PAST));
    }
    this.#commit();
    for (const change of changes) this.#changes.next(change);
    for (const running of this.#bays.values()) this.#settleTime(running);
  }

  /** Keeps what is pending and stops. Nothing is taken any more. */
  close(): void {
    this.#closed = true;
    for (const running of this.#bays.values()) running.cancelTimer?.();
    this.#cancelLook?.();
    this.#commit();
    this.#cancelCommit?.();
    this.#cancelTidy?.();
    this.#changes.complete();
  }

  #take(running: Running, input: KeptInput, from?: string): void {
    const change = this.#step(running, input, from);
    this.#arm(running);
    // What was decided is kept before anyone is told. A plain value may be seen a moment before it is.
    if (change.events.length > 0) this.#commit();
    else this.#commitSoon(this.#options.commitEveryMs);
    this.#changes.next(change);
  }

  /** Both bays change together: what leaves one and comes to the other is one transaction of the journal. */
  #transfer(running: Running, to: BayId, command: CommandInput, from?: string): void {
    const next = this.#bays.get(to);
    const target = next === undefined ? "unknown" : next.bay.session === null ? "free" : "occupied";
    const input: CommandInput = { ...command, target };
    const carried = departure(running.bay, input);
    const changes = [this.#step(running, input, from)];
    this.#arm(running);
    if (carried !== null && next !== undefined) {
      const { at, by } = input;
      changes.push(this.#step(next, { kind: "arrival", at, by, from: running.bay.id, carried }));
      this.#arm(next);
    }
    this.#commit();
    for (const change of changes) this.#changes.next(change);
  }

  #step(running: Running, input: KeptInput, from?: string): WardChange {
    const before = running.bay;
    const { bay, events } = advance(before, input);
    running.bay = bay;
    running.seq = this.#journal.nextSeq();
    this.#journal.append({ bay: bay.id, seq: running.seq, input, events, from });
    return { before, after: bay, input, events };
  }

  #settleTime(running: Running): void {
    const before = running.bay;
    const { bay, events } = settle(before, this.#clock.now());
    if (bay !== before) {
      running.bay = bay;
      if (events.length > 0) {
        this.#journal.append({ bay: bay.id, seq: running.seq, input: null, events });
        this.#commit();
      }
      this.#changes.next({ before, after: bay, input: null, events });
    }
    this.#arm(running);
  }

  /** Takes note of when the bay is to be looked at. */
  #arm(running: Running): void {
    if (this.#closed) return;
    const quiet = quietUntil(running.bay);
    if (quiet > this.#lookAt) {
      running.dueAt = quiet;
      return;
    }
    const now = this.#clock.now();
    // What was to fall due may have been moved on since, and the quiet be over with nothing due.
    running.dueAt = quiet > now ? quiet : (nextDeadline(running.bay) ?? NEVER);
    if (running.dueAt === NEVER) return;
    if (this.#lookAt === NEVER && running.dueAt > now + NEAR_MS) this.#lookBefore(running.dueAt);
    if (running.dueAt <= this.#lookAt) this.#wakeAtDue(running);
  }

  #lookBefore(dueAt: AtMs): void {
    this.#lookAt = dueAt - LOOK_AHEAD_MS;
    this.#cancelLook = this.#clock.at(this.#lookAt, () => this.#look());
  }

  #look(): void {
    this.#lookAt = NEVER;
    const near = this.#clock.now() + NEAR_MS;
    let next = NEVER;
    for (const running of this.#bays.values()) {
      if (running.dueAt <= near) this.#wakeAtDue(running);
      else if (running.dueAt < next) next = running.dueAt;
    }
    if (next < NEVER) this.#lookBefore(next);
  }

  /** A timer that stands earlier than needed is left to fire: what it then looks at sets the next. */
  #wakeAtDue(running: Running): void {
    if (running.timerAt <= running.dueAt) return;
    running.cancelTimer?.();
    running.timerAt = running.dueAt;
    running.cancelTimer = this.#clock.at(running.timerAt, () => {
      running.timerAt = NEVER;
      running.cancelTimer = null;
      this.#settleTime(running);
    });
  }

  #commitSoon(withinMs: number): void {
    this.#cancelCommit ??= this.#clock.at(this.#clock.now() + withinMs, () => this.#commit());
  }

  #commit(): void {
    this.#cancelCommit?.();
    this.#cancelCommit = null;
    try {
      this.#journal.commit();
      this.#journalFailing = false;
      if (this.#journal.isUntidy) this.#tidySoon();
    } catch (error) {
      this.#journalFailing = true;
      this.#options.onProblem(`the journal could not keep ${this.#journal.pending} steps; trying again`, error);
      if (!this.#closed) this.#commitSoon(RETRY_COMMIT_MS);
    }
  }

  /** Never with a commit: a decision would wait for it. */
  #tidySoon(): void {
    if (this.#closed) return;
    this.#cancelTidy ??= this.#clock.at(this.#clock.now() + TIDY_AFTER_MS, () => {
      this.#cancelTidy = null;
      try {
        this.#journal.tidy();
        if (this.#journal.isUntidy) this.#tidySoon();
      } catch (error) {
        // With the next commit it is tried again; that one tells whether anything can be kept.
        this.#options.onProblem("the journal could not be tidied; trying again", error);
      }
    });
  }
}

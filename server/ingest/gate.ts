/**
 * The door for readings, whatever carries them: parsed once, bounded for each source and bay, refused with the field and
 * the reason, counted. What is bad in one reading harms no other.
 */
import { type AtMs, type BayId, bayIdSchema, type DurationMs } from "@vigil/shared/ids";
import type { ReadingValues } from "@vigil/shared/vitals";
import {
  isPlainReading,
  type ReadingMessage,
  type ReadingReply,
  readingMessageSchema,
  WIRE_REFUSAL_CODES,
  type WireRefusalCode,
} from "@vigil/shared/wire";
import type * as z from "zod";
import type { Clock } from "../clock.ts";
import { Bucket } from "./bucket.ts";

export interface Refused {
  readonly index: number;
  readonly code: WireRefusalCode;
  readonly field: string | null;
  readonly reason: string;
}

export interface GateOptions {
  readonly clock: Clock;
  /** @returns false when there is no such bay */
  readonly receive: (
    bay: BayId,
    reading: { measuredAt: AtMs | null; cadenceS: number | null; values: ReadingValues },
  ) => boolean;
  /** Told at most once every ten seconds for each source. */
  readonly onRefused: (source: Sends, refused: Refused, refusedSinceLast: number) => void;
  /** A source sent readings of a bay for which it does not speak. */
  readonly onForeign: (source: Sends, bay: BayId, why: string) => void;
}

/** Who sends: by a name for the log, and from where for the audit. */
export interface Sends {
  readonly name: string;
  readonly from: string;
}

/** One gateway may speak for a thousand bays at 1 Hz, with reserve; one bay has no use for more than a few a second. */
const SOURCE_PER_SECOND = 2_000;
const BAY_PER_SECOND = 200;
/** A device clock may be off (that is an alarm), but not this far ahead: its times would mean nothing. */
const MOST_AHEAD_MS = 5 * 60_000;
const TELL_EVERY_MS = 10_000;
/** A reply names this many refused readings; the count is in `accepted`. */
const MOST_NAMED = 20;

export interface GateCounts {
  readonly accepted: number;
  readonly refused: Readonly<Partial<Record<WireRefusalCode, number>>>;
}

/** One sender of readings, over whichever connection. */
export interface Source {
  /** Takes one reading or a list. Total: everything is either taken or named in the reply. */
  take(body: unknown): ReadingReply;
  /** What could not even be read is counted and told like any other refusal. */
  refuse(code: WireRefusalCode, reason: string): void;
}

/** What one sender may send and was told, however many connections it has. */
interface Account {
  readonly all: Bucket;
  /** Of bays that exist: names made up by a sender must not fill the memory. */
  readonly bays: Map<BayId, Bucket>;
  usedAt: AtMs;
  toldAt: AtMs;
  untold: number;
}

/** Senders that have been quiet this long are forgotten. */
const FORGET_AFTER_MS = 60_000;
const MOST_ACCOUNTS = 1_000;

export class Gate {
  readonly #options: GateOptions;
  readonly #accounts = new Map<string, Account>();
  /** Bays that were heard once. */
  readonly #heard = new Set<BayId>();
  #accepted = 0;
  readonly #refused = new Map<WireRefusalCode, number>();
  /** Of bays that were heard once. */
  readonly #dropped = new Map<BayId, { count: number; last: string }>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get counts(): GateCounts {
    return { accepted: this.#accepted, refused: Object.fromEntries(this.#refused) };
  }

  /** What was refused for a bay, and why the last time; `null`: nothing. */
  droppedOf(bay: BayId): { readonly count: number; readonly last: string } | null {
    return this.#dropped.get(bay) ?? null;
  }

  /** `bays`: the only ones it speaks for; `null`: every one. What has the same name shares what it may send. */
  source(sends: Sends, bays: ReadonlySet<BayId> | null = null): Source {
    return {
      take: (body) => {
        const now = this.#options.clock.now();
        const account = this.#accountOf(sends, now);
        const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
        const named: Refused[] = [];
        let accepted = 0;
        for (let index = 0; index < messages.length; index++) {
          const message = messages[index];
          const refused = this.#takeOne(message, index, now, account, bays, sends);
          if (refused === null) {
            accepted += 1;
            continue;
          }
          this.#count(sends, account, refused);
          this.#drop(message, refused);
          if (named.length < MOST_NAMED) named.push(refused);
        }
        this.#accepted += accepted;
        return { accepted, refused: named };
      },
      refuse: (code, reason) => {
        const account = this.#accountOf(sends, this.#options.clock.now());
        this.#count(sends, account, { index: 0, code, field: null, reason });
      },
    };
  }

  #accountOf({ name }: Sends, now: AtMs): Account {
    const known = this.#accounts.get(name);
    if (known !== undefined) {
      known.usedAt = now;
      return known;
    }
    if (this.#accounts.size >= MOST_ACCOUNTS) {
      for (const [other, { usedAt }] of this.#accounts)
        if (now - usedAt > FORGET_AFTER_MS) this.#accounts.delete(other);
    }
    const account: Account = {
      all: new Bucket(SOURCE_PER_SECOND, SOURCE_PER_SECOND),
      bays: new Map(),
      usedAt: now,
      toldAt: Number.NEGATIVE_INFINITY,
      untold: 0,
    };
    this.#accounts.set(name, account);
    return account;
  }

  #count(sends: Sends, account: Account, refused: Refused): void {
    this.#refused.set(refused.code, (this.#refused.get(refused.code) ?? 0) + 1);
    account.untold += 1;
    const now = this.#options.clock.now();
    if (now - account.toldAt < TELL_EVERY_MS) return;
    this.#options.onRefused(sends, refused, account.untold);
    account.toldAt = now;
    account.untold = 0;
  }

  #drop(message: unknown, { reason }: Refused): void {
    const named = typeof message === "object" && message !== null && "bay" in message ? message.bay : null;
    const bay = bayIdSchema.safeParse(named);
    if (!bay.success || !this.#heard.has(bay.data)) return;
    this.#dropped.set(bay.data, { count: (this.#dropped.get(bay.data)?.count ?? 0) + 1, last: reason });
  }

  #takeOne(
    message: unknown,
    index: number,
    now: AtMs,
    account: Account,
    bays: ReadonlySet<BayId> | null,
    sends: Sends,
  ): Refused | null {
    // Before parsing: a flood must cost as little as can be.
    if (!account.all.take(now))
      return tooFast(index, `This source sends more than ${SOURCE_PER_SECOND} readings a second.`);
    if (typeof message === "string") return notJson(index);
    const parsed = plainOf(message, account) ?? readingMessageSchema.safeParse(message);
    if (!parsed.success) return unreadable(parsed.error, index);
    const { bay, measuredAt = null, cadence = null } = parsed.data;
    if (bays !== null && !bays.has(bay)) {
      const reason = `This key does not speak for bay "${bay}".`;
      this.#options.onForeign(sends, bay, reason);
      return { index, code: "forbidden", field: "bay", reason };
    }
    if (measuredAt !== null && measuredAt - now > MOST_AHEAD_MS) {
      const reason = `The device's clock is ${lengthText(measuredAt - now)} ahead of the server's. Set the clock of the monitor.`;
      return { index, code: "clock-ahead", field: "measuredAt", reason };
    }
    const bucket = account.bays.get(bay);
    if (bucket !== undefined && !bucket.take(now)) {
      return tooFast(index, `This source sends more than ${BAY_PER_SECOND} readings a second for bay ${bay}.`);
    }
    if (!this.#options.receive(bay, { measuredAt, cadenceS: cadence, values: valuesOf(parsed.data) })) {
      return { index, code: "unknown-bay", field: "bay", reason: `There is no bay "${bay}".` };
    }
    if (bucket === undefined) {
      account.bays.set(bay, new Bucket(BAY_PER_SECOND, 2 * BAY_PER_SECOND));
      this.#heard.add(bay);
    }
    return null;
  }
}

/** What the schema need not look at: plain values of a bay that this sender has spoken for before. */
function plainOf(
  message: unknown,
  { bays }: Account,
): { readonly success: true; readonly data: ReadingMessage } | null {
  if (typeof message !== "object" || message === null || !("bay" in message)) return null;
  const { bay } = message;
  if (!isKnown(bay, bays) || !isPlainReading(message)) return null;
  const { hr, spo2, rr, sbp, dbp, map } = message;
  return { success: true, data: { bay, hr, spo2, rr, sbp, dbp, map } };
}

const isKnown = (bay: unknown, bays: ReadonlyMap<BayId, Bucket>): bay is BayId => bays.has(bay as BayId);

/** One shape for every reading: what comes after reads them faster. */
const valuesOf = ({ hr, spo2, rr, sbp, dbp, map }: ReadingMessage): ReadingValues => ({ hr, spo2, rr, sbp, dbp, map });

const tooFast = (index: number, sentence: string): Refused => ({
  index,
  code: "too-fast",
  field: null,
  reason: `${sentence} It was dropped and counted; send less often.`,
});

const notJson = (index: number): Refused => ({
  index,
  code: "malformed",
  field: null,
  reason: "It is text, or not JSON: send objects with a bay and values, and null for no valid value (NaN is not JSON).",
});

/** In the unit in which one sees what is wrong: a zone, a day, a year. */
function lengthText(ms: DurationMs): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

function unreadable(error: z.ZodError, index: number): Refused {
  const issue = error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? null : issue.path.join(".");
  // A number that no monitor can report is a wrong unit or a sentinel; anything else is not of the agreed form.
  const outOfRange = issue?.code === "too_big" || issue?.code === "too_small";
  const code: WireRefusalCode = outOfRange && field !== "bay" && field !== "cadence" ? "out-of-range" : "malformed";
  return { index, code, field, reason: sentenceOf(issue, field) };
}

/** What would have been right, where the schema itself does not say it. */
function sentenceOf(issue: z.core.$ZodIssue | undefined, field: string | null): string {
  if (field === null) return "A reading must be a JSON object with a bay and values.";
  if (field === "bay" && issue?.code === "invalid_type") return 'The bay must be named, as text: "bay": "1".';
  return issue?.message ?? WIRE_REFUSAL_CODES.malformed;
}

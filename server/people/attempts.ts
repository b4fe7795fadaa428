/** How often a secret may be guessed: counted before it is looked at, so that a thousand tries at once are a thousand. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";

export interface AttemptRow {
  readonly key: string;
  readonly failures: number;
  readonly lastAt: AtMs;
  readonly lockedUntil: AtMs;
}

/** So many wrong tries in a row lock for so long. `null`: until somebody unlocks it. */
export interface AttemptRule {
  readonly most: number;
  readonly lockMs: DurationMs | null;
}

/** A clinic's day: five slips of the hand are forgiven, and a quarter of an hour makes guessing hopeless. */
export const PASSWORD_RULE: AttemptRule = { most: 5, lockMs: 15 * 60_000 };
/** A shared station, or a proxy in front of the whole clinic, is one address. */
export const ADDRESS_RULE: AttemptRule = { most: 60, lockMs: 15 * 60_000 };
/** Four digits bear five tries; then the password is asked. */
export const PIN_RULE: AttemptRule = { most: 5, lockMs: null };
export const CODE_RULE: AttemptRule = { most: 10, lockMs: 15 * 60_000 };

const FOREVER: AtMs = 8.64e15;
const FORGOTTEN_AFTER_MS = 15 * 60_000;

export class Attempts {
  readonly #rows: Map<string, AttemptRow>;
  readonly #now: () => AtMs;
  readonly #keep: (row: AttemptRow | { readonly key: string; readonly gone: true }) => void;

  /** `kept`: what was counted before a restart; `keep` is told of every change. */
  constructor(
    now: () => AtMs,
    kept: readonly AttemptRow[],
    keep: (row: AttemptRow | { readonly key: string; readonly gone: true }) => void,
  ) {
    this.#now = now;
    this.#rows = new Map(kept.map((row) => [row.key, row]));
    this.#keep = keep;
  }

  /** Counts a try as failed until `succeeded` is told. @returns false when it is locked: the secret is not to be looked at */
  begin(key: string, { most, lockMs }: AttemptRule): boolean {
    const now = this.#now();
    this.#forget(now);
    const row = this.#rows.get(key);
    if (row !== undefined && row.lockedUntil > now) return false;
    const isOver =
      row === undefined || row.lockedUntil > 0 || (lockMs !== null && row.lastAt < now - FORGOTTEN_AFTER_MS);
    const failures = isOver ? 1 : row.failures + 1;
    const lockedUntil = failures < most ? 0 : lockMs === null ? FOREVER : now + lockMs;
    this.#set({ key, failures, lastAt: now, lockedUntil });
    return true;
  }

  succeeded(key: string): void {
    if (this.#rows.delete(key)) this.#keep({ key, gone: true });
  }

  isLocked(key: string): boolean {
    return (this.#rows.get(key)?.lockedUntil ?? 0) > this.#now();
  }

  #set(row: AttemptRow): void {
    this.#rows.set(row.key, row);
    this.#keep(row);
  }

  #forget(now: AtMs): void {
    if (this.#rows.size < 1_000) return;
    for (const row of this.#rows.values()) {
      if (row.lockedUntil <= now && row.lastAt < now - FORGOTTEN_AFTER_MS) this.succeeded(row.key);
    }
  }
}

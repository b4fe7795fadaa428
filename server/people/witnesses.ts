/**
 * The second person of a double-check signs for one command: this one, at this bay, in the session that is open there now, sent
 * from the screen at which they signed, within a minute. What they gave is good for nothing else.
 */
import { type AtMs, type BayId, bayIdSchema, type DurationMs } from "@vigil/shared/ids";
import { type Actor, type Command, commandSchema } from "@vigil/shared/session";
import type { PersonSession } from "./principal.ts";
import { digestOf, newSecret } from "./secret.ts";

const HOLDS_MS: DurationMs = 60_000;

export interface Signed {
  readonly bay: BayId;
  readonly command: Command;
}

interface Kept {
  readonly actor: Actor;
  readonly until: AtMs;
  /** At whose screen. */
  readonly screen: PersonSession;
  readonly command: string;
  /** The id with which it was sent first: the same press sent again is the same. */
  id: unknown;
}

export class Witnesses {
  readonly #now: () => AtMs;
  readonly #sessionAt: (bay: BayId) => string | null;
  readonly #kept = new Map<string, Kept>();

  constructor(now: () => AtMs, sessionAt: (bay: BayId) => string | null) {
    this.#now = now;
    this.#sessionAt = sessionAt;
  }

  /** @returns what the command is to be sent with */
  sign(actor: Actor, screen: PersonSession, signed: Signed): string {
    const now = this.#now();
    for (const [token, { until }] of this.#kept) if (until <= now) this.#kept.delete(token);
    const token = newSecret();
    this.#kept.set(digestOf(token), { actor, until: now + HOLDS_MS, screen, command: this.#textOf(signed), id: null });
    return token;
  }

  /** Who signed for this; `null`: nobody, or for something else. */
  find(
    token: string,
    screen: PersonSession,
    { id, bay, command }: { readonly id: unknown; readonly bay: unknown; readonly command: unknown },
  ): Actor | null {
    const kept = this.#kept.get(digestOf(token));
    const parsed = commandSchema.safeParse(command);
    if (kept === undefined || !parsed.success || kept.until <= this.#now() || kept.screen !== screen) return null;
    if ((kept.id ?? id) !== id || kept.command !== this.#textOf({ bay, command: parsed.data })) return null;
    kept.id = id;
    return kept.actor;
  }

  /** Parsed, so that the order in which a page writes the fields does not matter. */
  #textOf({ bay, command }: { readonly bay: unknown; readonly command: Command }): string {
    const known = bayIdSchema.safeParse(bay);
    return JSON.stringify([bay, known.success ? this.#sessionAt(known.data) : null, command]);
  }
}

/**
 * Thins old readings while the ward runs: one small step after another, with pauses between them, each step some ten
 * milliseconds of the one thread that also decides alarms.
 */

import type { NewAuditEntry } from "@vigil/shared/audit";
import { advance, newBay, sessionView } from "@vigil/shared/bay";
import type { SessionChart } from "@vigil/shared/chart";
import type { AtMs, DurationMs, SessionId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { Clock } from "../clock.ts";
import type { Journal, Thinning } from "../journal/index.ts";

const DAY_MS: DurationMs = 86_400_000;
const MINUTE_MS: DurationMs = 60_000;
/** After the start the ward comes first. */
const FIRST_AFTER_MS = MINUTE_MS;
const BETWEEN_STEPS_MS = 500;
/** When there is nothing to thin, it is looked again after this. */
const LOOK_AGAIN_MS = 10 * MINUTE_MS;
/** Inputs decided again in one go, while a session is put together. */
const INPUTS_AT_ONCE = 1_000;

export interface ThinnerOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, "stayOf" | "inputsOf">;
  readonly thinning: Thinning;
  /** Readings are thinned after so many days; `null`: never. */
  readonly days: () => number | null;
  /** A session's chart from its readings, as long as they are whole. */
  readonly chartOf: (id: SessionId, points: number) => Promise<SessionChart | null>;
  readonly audit: (entry: NewAuditEntry) => void;
  readonly onProblem: (sentence: string, error: unknown) => void;
}

export class Thinner {
  readonly #options: ThinnerOptions;
  #cancel: () => void = () => undefined;
  #closed = false;
  #done = { sessions: 0, readings: 0 };

  constructor(options: ThinnerOptions) {
    this.#options = options;
    this.#again(FIRST_AFTER_MS);
  }

  /** Settings changed: look at once. */
  wake(): void {
    this.#again(BETWEEN_STEPS_MS);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  /** One step. @returns whether there was anything to do */
  async step(): Promise<boolean> {
    const { clock, thinning, days } = this.#options;
    const kept = days();
    if (kept === null) return false;
    const before = clock.now() - kept * DAY_MS;
    const session = thinning.nextSession(before);
    if (session !== null) {
      const made = await this.#make(session.id, session.endedAt);
      if (this.#closed) return false;
      if (made !== null) {
        thinning.keepSession(session, { at: clock.now(), ...made });
        this.#done.sessions += 1;
        return true;
      }
    }
    const gone = thinning.thinSome(before);
    this.#done.readings += gone ?? 0;
    if (gone === null) this.#tell();
    return gone !== null;
  }

  /** What is kept of a session: its view and its chart, decided from every reading by the engine. */
  async #make(id: SessionId, endedAt: AtMs): Promise<{ view: string; chart: string } | null> {
    const { journal, chartOf } = this.#options;
    const stay = journal.stayOf(id);
    if (stay === null) return null;
    let bay = newBay(stay.bay, protocolSchema.parse({}));
    let decided = 0;
    for (const input of journal.inputsOf(stay)) {
      bay = advance(bay, input).bay;
      decided += 1;
      if (decided % INPUTS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const openedAt = (bay.session ?? bay.ended)?.openedAt ?? endedAt;
    const chart = await chartOf(id, Math.max(1, Math.ceil((endedAt - openedAt) / MINUTE_MS)));
    if (chart === null) return null;
    return { view: JSON.stringify(sessionView(bay, endedAt)), chart: JSON.stringify(chart) };
  }

  #tell(): void {
    const detail = this.#done;
    if (detail.sessions + detail.readings === 0) return;
    this.#done = { sessions: 0, readings: 0 };
    const { audit, clock, days } = this.#options;
    audit({
      at: clock.now(),
      ...{ actor: null, from: "server", action: "thin-readings", subject: "clinic", outcome: "done" },
      detail: { ...detail, afterDays: days() },
    });
  }

  #again(afterMs: DurationMs): void {
    const { clock, onProblem } = this.#options;
    this.#cancel();
    if (this.#closed) return;
    this.#cancel = clock.at(clock.now() + afterMs, () => {
      this.step().then(
        (busy) => this.#again(busy ? BETWEEN_STEPS_MS : LOOK_AGAIN_MS),
        (error: unknown) => {
          onProblem("old readings could not be thinned; trying again", error);
          this.#again(LOOK_AGAIN_MS);
        },
      );
    });
  }
}

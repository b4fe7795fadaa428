/** Who was at a free bay last, also when the server was started anew since: the patient may still stand there, or be looked for. */
import type { Bay } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Journal } from "../journal/index.ts";
import { sessionRecord } from "./session-record.ts";

type Past = Pick<Bay, "ended" | "departed">;

export class LastSessions {
  readonly #journal: Journal;
  readonly #now: () => AtMs;
  /** Read once: what ends or leaves from now on the bay itself remembers. */
  readonly #known = new Map<BayId, Past>();

  constructor(journal: Journal, now: () => AtMs) {
    this.#journal = journal;
    this.#now = now;
  }

  /** The bay with the session that last ended there, and with where the last patient was moved to. Nothing is decided by it. */
  with(bay: Bay): Bay {
    if (bay.session !== null || bay.ended !== null) return bay;
    const past = this.#known.get(bay.id) ?? { ended: this.#ended(bay.id), departed: this.#departed(bay.id) };
    this.#known.set(bay.id, past);
    return { ...bay, ended: past.ended, departed: bay.departed ?? past.departed };
  }

  #ended(bay: BayId): Past["ended"] {
    const [last] = this.#journal.sessions({ bay, limit: 1 });
    if (last === undefined || last.endedAt === null) return null;
    // Its readings would not lead to that session any more; and that was days ago.
    if (this.#journal.thinning.session(last.id) !== null) return null;
    return sessionRecord(this.#journal, last.id, this.#now())?.ended ?? null;
  }

  #departed(bay: BayId): Past["departed"] {
    const stay = this.#journal.lastStayAt(bay);
    if (stay === null || stay.toSeq === null) return null;
    const [left] = this.#journal.inputsOf({ bay, fromSeq: stay.toSeq, toSeq: stay.toSeq });
    if (left?.kind !== "command" || left.command.type !== "transfer-session") return null;
    const { at, by, command } = left;
    return { to: command.to, initials: stay.initials, by: by.id, name: by.name, at };
  }
}

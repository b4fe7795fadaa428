/** The session that last ended at a bay, also when the server was started anew since: the patient may still stand there. */
import type { Bay } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Session } from "@vigil/shared/session";
import type { Journal } from "../journal/index.ts";
import { sessionRecord } from "./session-record.ts";

export class LastSessions {
  readonly #journal: Journal;
  readonly #now: () => AtMs;
  /** Read once: what ends from now on the bay itself remembers. */
  readonly #known = new Map<BayId, Session | null>();

  constructor(journal: Journal, now: () => AtMs) {
    this.#journal = journal;
    this.#now = now;
  }

  /** The bay with the session that last ended there in `ended`. Nothing is decided by it. */
  with(bay: Bay): Bay {
    if (bay.session !== null || bay.ended !== null) return bay;
    const known = this.#known.get(bay.id);
    const ended = known === undefined ? this.#read(bay.id) : known;
    this.#known.set(bay.id, ended);
    return ended === null ? bay : { ...bay, ended };
  }

  #read(bay: BayId): Session | null {
    const [last] = this.#journal.sessions({ bay, limit: 1 });
    if (last === undefined || last.endedAt === null) return null;
    // Its readings would not lead to that session any more; and that was days ago.
    if (this.#journal.thinning.session(last.id) !== null) return null;
    return sessionRecord(this.#journal, last.id, this.#now())?.ended ?? null;
  }
}

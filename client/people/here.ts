/** Who is at this screen: signed in and there, signed in and idle, or nobody. */
import type { KnownPerson, Me } from "@vigil/shared/wire";
import { BehaviorSubject, type Observable, Subject, timer } from "rxjs";
import type { LocalTime } from "../live/index.ts";
import type { PeopleClient, Refused } from "./people-client.ts";

export interface Here {
  /** `null`: the server has not answered yet. */
  readonly me: BehaviorSubject<Me | null>;
  /** Who may act now. */
  readonly person: BehaviorSubject<KnownPerson | null>;
  /** Somebody came or went: what is connected has to be connected anew, as them. */
  readonly changes: Observable<void>;
  refresh(): Promise<void>;
  /** Does what lets somebody in or out, and looks who is here then. */
  enter(way: (client: PeopleClient) => Promise<Refused | null>): Promise<Refused | null>;
  /** A finger or a key was at this screen. */
  touched(): void;
  close(): void;
}

/** The server is told at most so often that somebody is here. */
const TELL_EVERY_MS = 30_000;
const LOOK_EVERY_MS = 5_000;
/** Before the server does: a press must not be refused that this screen still took for somebody's. */
const EARLIER_MS = 45_000;

export function openHere(client: PeopleClient, time: Pick<LocalTime, "now" | "scheduler">): Here {
  const me = new BehaviorSubject<Me | null>(null);
  const person = new BehaviorSubject<KnownPerson | null>(null);
  let touchedAt = time.now();
  let toldAt = Number.NEGATIVE_INFINITY;
  const changes = new Subject<void>();

  function settle(): void {
    const known = me.value;
    const isIdle = known === null || known.idle || time.now() - touchedAt >= (known.idleAfterMs ?? 0) - EARLIER_MS;
    const now = known === null || isIdle ? null : known.person;
    if (now?.id !== person.value?.id) person.next(now);
  }

  async function refresh(): Promise<void> {
    const answer = await client.me();
    if (answer === null) return;
    if (me.value === null) touchedAt = time.now();
    me.next(answer);
    settle();
  }

  const looking = timer(LOOK_EVERY_MS, LOOK_EVERY_MS, time.scheduler).subscribe(settle);
  void refresh();
  return {
    me,
    person,
    changes,
    refresh,
    async enter(way) {
      const refused = await way(client);
      if (refused === null) {
        touchedAt = time.now();
        toldAt = time.now();
        await refresh();
        changes.next();
      }
      return refused;
    },
    touched() {
      // Whoever comes back to an idle screen has to say who it is: a touch alone wakes nobody.
      if (person.value === null) return;
      touchedAt = time.now();
      if (touchedAt - toldAt < TELL_EVERY_MS) return;
      toldAt = touchedAt;
      client.active();
    },
    close: () => looking.unsubscribe(),
  };
}

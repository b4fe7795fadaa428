/** Who acts at this screen, and the question who it is: put when nobody is signed in, or nobody has touched the screen for a while. */
import type { KnownPerson, Me } from "@vigil/shared/wire";
import { BehaviorSubject, type Observable } from "rxjs";
import type { Here, PeopleClient, Refused } from "../people/index.ts";

export interface Who {
  readonly me: BehaviorSubject<Me | null>;
  readonly person: BehaviorSubject<KnownPerson | null>;
  readonly changes: Observable<void>;
  /** How often the question was put since it was last answered; 0: it is not to be seen. */
  readonly asking: BehaviorSubject<number>;
  /** The person who acts, asked for if unknown; `null`: they would not say. */
  ask(): Promise<KnownPerson | null>;
  /** Asks anew although somebody is known. */
  change(): void;
  /** Lets somebody in, and goes on with what waited for it. */
  enter(way: (client: PeopleClient) => Promise<Refused | null>): Promise<Refused | null>;
  /** A finger or a key was at this screen. */
  touched(): void;
  /** The server says that nobody acts here any more. */
  lost(): Promise<void>;
  dismiss(): void;
}

export function openWho(here: Here): Who {
  const asking = new BehaviorSubject(0);
  const put = (): void => asking.next(asking.value + 1);
  let waiting: ((answer: KnownPerson | null) => void)[] = [];

  function finish(answer: KnownPerson | null): void {
    asking.next(0);
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(answer);
  }

  return {
    me: here.me,
    person: here.person,
    changes: here.changes,
    asking,
    ask() {
      if (here.person.value !== null) return Promise.resolve(here.person.value);
      const answered = new Promise<KnownPerson | null>((resolve) => waiting.push(resolve));
      put();
      return answered;
    },
    change: put,
    async enter(way) {
      const refused = await here.enter(way);
      if (refused === null && here.person.value !== null) finish(here.person.value);
      return refused;
    },
    touched: here.touched,
    lost: here.refresh,
    dismiss: () => finish(null),
  };
}

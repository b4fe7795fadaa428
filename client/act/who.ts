/**
 * Who acts at this screen. Until people sign in, a person gives a name and a role once; they stay with this tab of the browser.
 */
import type { CommandRequestInput } from "@vigil/shared/wire";
import { BehaviorSubject } from "rxjs";

export type Person = CommandRequestInput["by"];
export const ROLES = ["nurse", "supervisor"] as const;
export type Role = (typeof ROLES)[number];

export interface Who {
  readonly person: BehaviorSubject<Person | null>;
  /** How often the question was put since it was last answered; 0: it is not to be seen. */
  readonly asking: BehaviorSubject<number>;
  /** The person who acts, asked for if unknown; `null`: they would not say. */
  ask(): Promise<Person | null>;
  /** Asks if nobody is known. */
  begin(): void;
  /** Asks anew although somebody is known. */
  change(): void;
  /** @returns what is wrong with the name; `null` when it is taken */
  answer(name: string, role: Role): string | null;
  dismiss(): void;
}

const KEY = "vigil.who";
const LONGEST_NAME = 60;

/** Where a browser keeps nothing, every load of the page asks again. */
export function openWho(storage: () => Pick<Storage, "getItem" | "setItem">): Who {
  const person = new BehaviorSubject<Person | null>(remembered(storage));
  const asking = new BehaviorSubject(0);
  const put = (): void => asking.next(asking.value + 1);
  let waiting: ((answer: Person | null) => void)[] = [];

  function finish(answer: Person | null): void {
    asking.next(0);
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(answer);
  }

  return {
    person,
    asking,
    ask() {
      if (person.value !== null) return Promise.resolve(person.value);
      const answered = new Promise<Person | null>((resolve) => waiting.push(resolve));
      put();
      return answered;
    },
    begin: () => {
      if (person.value === null && asking.value === 0) put();
    },
    change: put,
    answer(name, role) {
      const found = personOf(name, role);
      if (typeof found === "string") return found;
      person.next(found);
      try {
        storage().setItem(KEY, JSON.stringify({ name: found.name, role }));
      } catch {
        // Known until the page is loaded again.
      }
      finish(found);
      return null;
    },
    dismiss: () => finish(null),
  };
}

/** The id is made from the name, so that the same name is the same person in the log. */
export function personOf(given: string, role: Role): Person | string {
  const name = given.trim().replace(/\s+/g, " ");
  if (name.length > LONGEST_NAME) return `At most ${LONGEST_NAME} letters.`;
  const id = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    // Some letters become two when they are made small; the id's own limit is 64.
    .slice(0, 64)
    .replace(/^-|-$/g, "");
  return id === "" ? "A name is needed." : { id, name, role };
}

function remembered(storage: () => Pick<Storage, "getItem">): Person | null {
  try {
    const kept: unknown = JSON.parse(storage().getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null || !("name" in kept) || !("role" in kept)) return null;
    const role = ROLES.find((one) => one === kept.role);
    const found = role === undefined || typeof kept.name !== "string" ? "" : personOf(kept.name, role);
    return typeof found === "string" ? null : found;
  } catch {
    return null;
  }
}

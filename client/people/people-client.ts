/** Asks the server who is signed in here, and lets people in and out (shared/wire/people.ts). */
import type { Role } from "@vigil/shared/people";
import type { Carer, Carers, CommandRequestInput, Me } from "@vigil/shared/wire";

/** What the server said no to: a code to act on and a sentence for whoever asked. */
export interface Refused {
  readonly code: string;
  readonly reason: string;
}

/** What a second person signs for. */
export type Signed = Pick<CommandRequestInput, "bay" | "command">;

export interface PeopleClient {
  /** `null`: the server does not answer. */
  me(): Promise<Me | null>;
  /** Each answers `null` when it was done. */
  signIn(username: string, password: string, newPassword?: string): Promise<Refused | null>;
  signInByPin(person: string, pin: string): Promise<Refused | null>;
  signInToDemonstration(role: Role): Promise<Refused | null>;
  signOut(): Promise<Refused | null>;
  /** Tells that somebody touched the screen. */
  active(): void;
  /** Who may look after patients; `null`: the server does not say. */
  carers(): Promise<readonly Carer[] | null>;
  /** The second person of a double-check, for this one command. */
  witness(username: string, secret: string, signed: Signed): Promise<{ readonly witness: string } | Refused>;
}

const NO_ANSWER: Refused = { code: "unreachable", reason: "The server does not answer. Try again when it is back." };

export async function ask(path: string, method: string, body?: unknown): Promise<Response | Refused> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  } catch {
    return NO_ANSWER;
  }
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  const said = (name: string): string =>
    typeof problem === "object" && problem !== null ? String(Reflect.get(problem, name) ?? "") : "";
  return { code: said("code"), reason: said("detail") || `The server refused (${response.status}).` };
}

const done = async (answer: Promise<Response | Refused>): Promise<Refused | null> => {
  const given = await answer;
  return given instanceof Response ? null : given;
};

export const peopleClient: PeopleClient = {
  async me() {
    const answer = await ask("/api/me", "GET");
    if (!(answer instanceof Response)) return null;
    const me: Me = await answer.json();
    return me;
  },
  signIn: (username, password, newPassword) =>
    done(ask("/api/sign-in", "POST", { username, password, ...(newPassword === undefined ? {} : { newPassword }) })),
  signInByPin: (person, pin) => done(ask("/api/sign-in/pin", "POST", { person, pin })),
  signInToDemonstration: (role) => done(ask("/api/sign-in/demonstration", "POST", { role })),
  signOut: () => done(ask("/api/sign-out", "POST")),
  active: () => void ask("/api/me/active", "POST"),
  async carers() {
    const answer = await ask("/api/carers", "GET");
    if (!(answer instanceof Response)) return null;
    const given: Carers = await answer.json();
    return given.carers;
  },
  async witness(username, secret, signed) {
    const answer = await ask("/api/witness", "POST", { username, secret, ...signed });
    if (!(answer instanceof Response)) return answer;
    const given: { readonly witness: string } = await answer.json();
    return given;
  },
};

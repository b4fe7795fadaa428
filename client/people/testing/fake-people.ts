import { personIdSchema } from "@vigil/shared/ids";
import type { Role } from "@vigil/shared/people";
import type { Carer, KnownPerson, Me } from "@vigil/shared/wire";
import type { PeopleClient, Refused, Signed } from "../people-client.ts";

const WRONG: Refused = { code: "wrong", reason: "That name with that password is not known here." };

export const aPerson = (name: string, role: Role = "nurse"): KnownPerson => ({
  id: personIdSchema.parse(name.toLowerCase().replace(/\s+/g, "-")),
  name,
  role,
});

/** A server that knows some people, whose password is "right" and whose PIN is 1234. */
export class FakePeople implements PeopleClient {
  readonly known: KnownPerson[];
  here: KnownPerson | null;
  idle = false;
  idleAfterMs = 600_000;
  demonstration = false;
  byPin: readonly KnownPerson[] = [];
  told = 0;
  readonly signed: Signed[] = [];

  constructor(here: KnownPerson | null, ...others: readonly KnownPerson[]) {
    this.here = here;
    this.known = [...(here === null ? [] : [here]), ...others];
  }

  async me(): Promise<Me> {
    return {
      person: this.here,
      idle: this.idle,
      idleAfterMs: this.here === null ? null : this.idleAfterMs,
      hasPin: false,
      device: null,
      byPin: this.byPin,
      demonstration: this.demonstration,
      firstStart: false,
    };
  }

  signIn(username: string, password: string): Promise<Refused | null> {
    return this.#enter(password === "right" ? this.#called(username) : undefined);
  }

  signInByPin(person: string, pin: string): Promise<Refused | null> {
    return this.#enter(pin === "1234" ? this.known.find(({ id }) => id === person) : undefined);
  }

  signInToDemonstration(role: Role): Promise<Refused | null> {
    return this.#enter(aPerson(`Demo ${role}`, role));
  }

  async signOut(): Promise<null> {
    this.here = null;
    return null;
  }

  active(): void {
    this.told += 1;
  }

  async carers(): Promise<readonly Carer[] | null> {
    return this.known
      .filter(({ role }) => role === "nurse" || role === "supervisor")
      .map(({ id, name }) => ({ id, name }));
  }

  async witness(username: string, secret: string, signed: Signed): Promise<{ readonly witness: string } | Refused> {
    this.signed.push(signed);
    const person = secret === "right" || secret === "1234" ? this.#called(username) : undefined;
    return person === undefined ? WRONG : { witness: person.id };
  }

  #called(username: string): KnownPerson | undefined {
    return this.known.find(({ name }) => name.toLowerCase() === username.toLowerCase());
  }

  async #enter(person: KnownPerson | undefined): Promise<Refused | null> {
    if (person === undefined) return WRONG;
    this.here = person;
    this.idle = false;
    return null;
  }
}

/** The list of people, as the administrator keeps it. */
import { personIdSchema } from "@vigil/shared/ids";
import { ROLES, type Role } from "@vigil/shared/people";
import type { ListedPerson } from "@vigil/shared/wire";
import type { Kysely } from "kysely";
import type { PeopleTables } from "../journal/index.ts";
import { attemptKeysOf, type People } from "./people.ts";

interface Change {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
}

export class Register {
  readonly #db: Kysely<PeopleTables>;
  readonly #people: People;
  readonly #now: () => number;

  constructor(db: Kysely<PeopleTables>, people: People, now: () => number) {
    this.#db = db;
    this.#people = people;
    this.#now = now;
  }

  async list(): Promise<readonly ListedPerson[]> {
    const rows = await this.#db
      .selectFrom("person")
      .leftJoin("person_pin", "person_pin.person", "person.id")
      .selectAll("person")
      .select("person_pin.set_at")
      .orderBy("name")
      .execute();
    return rows.flatMap((row) => {
      const id = personIdSchema.safeParse(row.id);
      const role = ROLES.find((each) => each === row.role);
      if (!id.success || role === undefined) return [];
      const keys = attemptKeysOf(row.id, row.username);
      return {
        ...{ id: id.data, name: row.name, role, username: row.username ?? "" },
        disabled: row.disabledAt !== null,
        locked: keys.some((key) => this.#people.attempts.isLocked(key)),
        mustChangePassword: row.mustChangePassword === 1,
        hasPin: row.set_at !== null,
        demonstration: row.demonstration === 1,
      };
    });
  }

  /** Whoever is changed signs in anew: rights are never older than the list. */
  async change(id: string, { name, role, disabled }: Change): Promise<"done" | "unknown" | "last-administrator"> {
    const row = await this.#row(id);
    if (row === undefined) return "unknown";
    const isLost = (role !== undefined && role !== "administrator") || disabled === true;
    if (row.role === "administrator" && row.disabledAt === null && isLost && (await this.#isLastAdministrator(row))) {
      return "last-administrator";
    }
    const changed = {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined ? {} : { disabledAt: disabled ? this.#now() : null }),
    };
    if (Object.keys(changed).length > 0) {
      await this.#db.updateTable("person").set(changed).where("id", "=", id).execute();
      await this.#people.endAllOf(id);
    }
    return "done";
  }

  /** The given password opens once, for choosing another. @returns false: nobody of this id */
  async resetPassword(id: string, password: string): Promise<boolean> {
    const row = await this.#row(id);
    if (row === undefined) return false;
    await this.#people.renewPassword(row, password, { mustChange: true });
    return true;
  }

  async unlock(id: string): Promise<boolean> {
    const row = await this.#row(id);
    if (row === undefined) return false;
    for (const key of attemptKeysOf(id, row.username)) this.#people.attempts.succeeded(key);
    return true;
  }

  #row(id: string) {
    return this.#db.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst();
  }

  /** Whoever the demonstration made lets nobody in at a clinic. */
  async #isLastAdministrator({ id, demonstration }: { readonly id: string; readonly demonstration: number | null }) {
    const other = await this.#db
      .selectFrom("person")
      .select("id")
      .where("role", "=", "administrator")
      .where("disabledAt", "is", null)
      .where("id", "!=", id)
      .where(({ fn, val }) => fn.coalesce("demonstration", val(0)), "=", demonstration ?? 0)
      .limit(1)
      .executeTakeFirst();
    return other === undefined;
  }
}

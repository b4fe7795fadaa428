/**
 * The one-time link that makes an administrator: while there is nobody who could, and after `vigil people reset`. It is
 * printed where the server was started, and holds for that run alone.
 */
import type { Kysely } from "kysely";
import type { PeopleTables } from "../journal/index.ts";
import { isSame, newSecret } from "./secret.ts";

export class FirstStart {
  /** There are people, and the machine's console asked for the link: nothing else changes for them. */
  readonly isReopened: boolean;
  readonly #db: Kysely<PeopleTables>;
  #secret: string | null;

  private constructor(db: Kysely<PeopleTables>, secret: string | null, isReopened: boolean) {
    this.#db = db;
    this.#secret = secret;
    this.isReopened = isReopened;
  }

  static async open(db: Kysely<PeopleTables>, demonstration: boolean): Promise<FirstStart> {
    if (demonstration) return new FirstStart(db, null, false);
    const somebody = await db
      .selectFrom("person")
      .select("id")
      .where((where) => where.or([where("demonstration", "is", null), where("demonstration", "=", 0)]))
      .limit(1)
      .executeTakeFirst();
    if (somebody === undefined) return new FirstStart(db, newSecret(), false);
    const reopened = await db.selectFrom("first_start_reopened").select("at").limit(1).executeTakeFirst();
    return new FirstStart(db, reopened === undefined ? null : newSecret(), reopened !== undefined);
  }

  /** `null`: there is none, or it was used. */
  get secret(): string | null {
    return this.#secret;
  }

  /** The server is reached, so the link is known: the start after this one prints none. */
  async announced(): Promise<void> {
    if (this.isReopened) await this.#db.deleteFrom("first_start_reopened").execute();
  }

  /** Whoever shows the secret has it to themselves while `make` runs, and it is spent once that succeeded. */
  async use<O extends "made" | "name-taken">(token: string, make: () => Promise<O>): Promise<O | "wrong"> {
    const secret = this.#secret;
    if (secret === null || !isSame(token, secret)) return "wrong";
    this.#secret = null;
    let outcome: O | null = null;
    try {
      outcome = await make();
      return outcome;
    } finally {
      if (outcome !== "made") this.#secret = secret;
    }
  }
}

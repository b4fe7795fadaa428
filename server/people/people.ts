/** Who is signed in where, and how they came in: password, PIN, one-time link, or the click of the demonstration. */
import { type AtMs, type BayId, bayIdSchema, type DurationMs, personIdSchema } from "@vigil/shared/ids";
import { isAllowed, ROLES, type Role } from "@vigil/shared/people";
import type { Actor } from "@vigil/shared/session";
import { type Carer, type KnownPerson, type Me, simulatedActorSchema } from "@vigil/shared/wire";
import type { Kysely, Selectable } from "kysely";
import type { PeopleTables } from "../journal/index.ts";
import { ADDRESS_RULE, Attempts, PASSWORD_RULE, PIN_RULE } from "./attempts.ts";
import type { AuditNote, OnAudit } from "./audit-port.ts";
import type { Auth, AuthSession } from "./auth.ts";
import { Devices } from "./devices.ts";
import { FirstStart } from "./first-start.ts";
import { type Device, isIdle, isOwnBay, NOBODY, type PersonSession, type Principal } from "./principal.ts";
import { cookieOf, cookieText, digestOf, newSecret, sessionCookieName } from "./secret.ts";
import { type Signed, Witnesses } from "./witnesses.ts";

/** Long enough for a task at the bedside, short enough that nobody else's hand acts under one's name. */
const IDLE_AFTER_MS: DurationMs = 10 * 60_000;
/** So long after a password at a station its PIN is enough there: a shift. */
const PIN_HOLDS_MS: DurationMs = 12 * 60 * 60_000;
const STATION_COOKIE = "vigil.station";
const DISPLAY_COOKIE = "vigil.display";
const COOKIE_KEPT_S = 400 * 24 * 60 * 60;
/** Sessions found by their cookie are remembered; a forged one never is. */
const MOST_REMEMBERED = 5_000;

export interface PeopleOptions {
  readonly db: Kysely<PeopleTables>;
  readonly now: () => AtMs;
  /** Signs the cookies. */
  readonly secret: string;
  /** Pages are reached by https: cookies go no other way. */
  readonly secure: boolean;
  /** Everybody on this machine is let in: to see at once, to act with one click. */
  readonly demonstration: boolean;
  /** The session that is open at a bay; `null`: none. */
  readonly sessionAt: (bay: BayId) => string | null;
  readonly onAudit: OnAudit;
  /** A session or a device is over: what is connected by it is to be cut. */
  readonly onOver: (over: PersonSession | Device) => void;
}

/** What a request or a connection brings. */
export interface Credentials {
  readonly cookies: string | undefined;
  /** Of a device: `Authorization: Bearer <key>`, or `auth.key` of a socket. */
  readonly key: string | null;
  readonly from: string;
}

export type SignInOutcome =
  | { readonly kind: "in"; readonly cookies: readonly string[] }
  | { readonly kind: "wrong" | "locked" | "change-password" };

/** `endsAfterMs: null`: after a shift. */
export interface Lasting {
  readonly idleAfterMs: DurationMs;
  readonly endsAfterMs: DurationMs | null;
  /** May open sessions under rules of its own, which nobody who signs in may. */
  readonly ownRules?: true;
}
const USUAL: Lasting = { idleAfterMs: IDLE_AFTER_MS, endsAfterMs: null };

/** In a demonstration every screen of this machine is a display. */
const DEMONSTRATION_DISPLAY: Device = {
  ...{ id: "demonstration", kind: "display", name: "Demonstration" },
  ...{ bays: null, board: null, expiresAt: null, revoked: false },
};

export interface Refused {
  readonly code: "sign-in" | "forbidden";
  readonly reason: string;
}

type PersonRow = Selectable<PeopleTables["person"]>;

export class People {
  readonly devices: Devices;
  readonly attempts: Attempts;
  readonly firstStart: FirstStart;
  readonly #options: PeopleOptions;
  readonly #byCookie = new Map<string, PersonSession>();
  readonly #byToken = new Map<string, PersonSession>();
  readonly #witnesses: Witnesses;
  #auth: Promise<Auth> | null = null;

  private constructor(options: PeopleOptions, devices: Devices, attempts: Attempts, firstStart: FirstStart) {
    this.#options = options;
    this.devices = devices;
    this.attempts = attempts;
    this.firstStart = firstStart;
    this.#witnesses = new Witnesses(options.now, options.sessionAt);
  }

  static async open(options: PeopleOptions): Promise<People> {
    const { db, now, demonstration } = options;
    const kept = await db.selectFrom("sign_in_attempt").selectAll().execute();
    const attempts = new Attempts(
      now,
      kept.map((row) => ({ ...row, lastAt: row.last_at, lockedUntil: row.locked_until })),
      (row) => {
        const written =
          "gone" in row
            ? db.deleteFrom("sign_in_attempt").where("key", "=", row.key)
            : db.replaceInto("sign_in_attempt").values({
                ...{ key: row.key, failures: row.failures, last_at: row.lastAt, locked_until: row.lockedUntil },
              });
        // A lock that could not be kept holds until the next start.
        written.execute().catch(() => undefined);
      },
    );
    const devices = await Devices.open(db, now, options.onOver);
    return new People(options, devices, attempts, await FirstStart.open(db, demonstration));
  }

  /** better-auth is loaded when somebody signs in: a server that has just crashed shows the ward before that. */
  auth(): Promise<Auth> {
    const { db, secret, secure } = this.#options;
    this.#auth ??= import("./auth.ts").then(({ openAuth }) => openAuth(db, secret, secure));
    return this.#auth;
  }

  /** Who it is. Never throws for anything a sender may write. */
  async identify({ cookies, key }: Credentials): Promise<Principal> {
    if (key !== null) {
      const device = this.devices.find(key);
      return device === null ? NOBODY : { kind: "device", device };
    }
    const session = await this.#sessionOf(cookies);
    if (session !== null) return { kind: "person", session };
    const displayKey = cookieOf(cookies, DISPLAY_COOKIE);
    const display = displayKey === null ? null : this.devices.find(displayKey);
    if (display !== null) return { kind: "device", device: display };
    return this.#options.demonstration ? { kind: "device", device: DEMONSTRATION_DISPLAY } : NOBODY;
  }

  async me(principal: Principal, { cookies }: Credentials): Promise<Me> {
    const { demonstration, now } = this.#options;
    const session = principal.kind === "person" ? principal.session : null;
    return {
      person: session === null ? null : session.actor,
      idle: session !== null && isIdle(session, now()),
      idleAfterMs: session?.idleAfterMs ?? null,
      hasPin: session !== null && (await this.#pinOf(session.actor.id)) !== null,
      device: principal.kind === "device" ? { kind: principal.device.kind, name: principal.device.name } : null,
      byPin: await this.#byPin(cookies),
      demonstration,
      firstStart: this.firstStart.secret !== null && !this.firstStart.isReopened,
    };
  }

  /** @param newPassword taken instead of the old one when this is right */
  async signIn(
    { username, password, newPassword }: { username: string; password: string; newPassword?: string | undefined },
    credentials: Credentials,
  ): Promise<SignInOutcome> {
    const name = `name:${username.toLowerCase()}`;
    const address = `from:${credentials.from}`;
    if (!this.#begin(address, name)) return this.#turnedAway(username, credentials, "locked");
    const auth = await this.auth();
    const opened = await auth.signIn(username, password);
    const row = opened === null ? null : await this.#row(opened.personId);
    if (opened === null || row === null || row.disabledAt !== null || this.#isStrange(row)) {
      if (opened !== null) await auth.end(opened.token);
      return this.#turnedAway(username, credentials, "wrong");
    }
    this.attempts.succeeded(name);
    this.attempts.succeeded(address);
    if (newPassword === undefined && row.mustChangePassword === 1) {
      await auth.end(opened.token);
      return { kind: "change-password" };
    }
    if (newPassword !== undefined) {
      await this.#changePassword(row.id, newPassword);
      await this.#endOthers(row.id, opened.token);
      this.note({ actor: actorOf(row), from: credentials.from, action: "password-changed", subject: row.id });
    }
    this.attempts.succeeded(`pin:${row.id}`);
    const station = await this.#newStation(credentials.cookies);
    await this.#options.db
      .replaceInto("person_station")
      .values({ station: digestOf(station), person: row.id, until: this.#options.now() + PIN_HOLDS_MS })
      .execute();
    const cookies = await this.#enter(opened, row, credentials, "by password");
    return {
      kind: "in",
      cookies: [
        ...cookies,
        cookieText(STATION_COOKIE, station, { secure: this.#options.secure, maxAgeS: COOKIE_KEPT_S }),
      ],
    };
  }

  async signInByPin(
    { person, pin }: { readonly person: string; readonly pin: string },
    credentials: Credentials,
  ): Promise<SignInOutcome> {
    const outcome = await this.#checkPin(person, pin, credentials);
    if (outcome !== "right") return this.#turnedAway(person, credentials, outcome);
    const row = await this.#row(person);
    if (row === null) return { kind: "wrong" };
    const opened = await (await this.auth()).open(row.id);
    return { kind: "in", cookies: await this.#enter(opened, row, credentials, "by PIN") };
  }

  /** Only in a demonstration: as somebody of this role, who has no password and exists nowhere else. */
  async signInToDemonstration(role: Role, credentials: Credentials): Promise<readonly string[] | null> {
    if (!this.#options.demonstration) return null;
    const id = `demo-${role}`;
    await this.#ensurePerson({ id, name: `Demo ${role}`, role }, true);
    const row = await this.#row(id);
    if (row === null) return null;
    return this.#enter(await (await this.auth()).open(id), row, credentials, "by the demonstration's click");
  }

  /** By the one-time link: a new administrator, or a new password for one there is. Nobody of another role takes it over. */
  async beginFirst(
    given: { readonly token: string; readonly username: string; readonly name: string; readonly password: string },
    credentials: Credentials,
  ): Promise<SignInOutcome | { readonly kind: "name-taken" }> {
    const { username, name, password } = given;
    const told = { actor: null, from: credentials.from, action: "first-start", subject: username };
    const refuse = <K extends string>(kind: K) => {
      this.note({ ...told, outcome: "refused", detail: kind });
      return { kind };
    };
    if (!this.attempts.begin(`from:${credentials.from}`, ADDRESS_RULE)) return refuse("locked");
    const outcome = await this.firstStart.use(given.token, async () => {
      if (await this.addPerson({ username, name, role: "administrator", password, mustChange: false })) {
        this.note({ ...told, detail: `${name} is administrator` });
        return "made";
      }
      const row = await this.#byUsername(username);
      if (row?.role !== "administrator" || row.disabledAt !== null || this.#isStrange(row)) return "name-taken";
      await this.renewPassword(row, password, { mustChange: false });
      this.note({ ...told, detail: `${row.name} has a new password` });
      return "made";
    });
    return outcome === "made" ? this.signIn({ username, password }, credentials) : refuse(outcome);
  }

  async signOut(principal: Principal, from: string): Promise<string> {
    if (principal.kind === "person") {
      await this.end(principal.session);
      this.note({ actor: principal.session.actor, from, action: "sign-out", subject: principal.session.actor.id });
    }
    return (await this.auth()).goneCookie;
  }

  /** A sign of life of whoever is connected. */
  heard(principal: Principal): void {
    if (principal.kind === "device") this.devices.heard(principal.device);
  }

  /** Somebody touched the screen. */
  async touch({ session }: Extract<Principal, { kind: "person" }>): Promise<void> {
    session.activeAt = this.#options.now();
    await (await this.auth()).touched(session.token);
  }

  async end(session: PersonSession): Promise<void> {
    this.#forget(session);
    await (await this.auth()).end(session.token);
  }

  async endAllOf(personId: string): Promise<void> {
    for (const session of [...this.#byToken.values()]) if (session.actor.id === personId) this.#forget(session);
    await (await this.auth()).endAllOf(personId);
  }

  /** @returns false when the password is not theirs */
  async setPin(actor: Actor, password: string, pin: string): Promise<"done" | "wrong" | "locked"> {
    const outcome = await this.#checkPassword(actor.id, password);
    if (outcome !== "right") return outcome;
    const hash = await (await this.auth()).hash(pin);
    await this.#options.db
      .replaceInto("person_pin")
      .values({ person: actor.id, hash, set_at: this.#options.now() })
      .execute();
    this.attempts.succeeded(`pin:${actor.id}`);
    return "done";
  }

  /** Everything else that is signed in as this person is not any more. */
  async setPassword(
    session: PersonSession,
    password: string,
    newPassword: string,
  ): Promise<"done" | "wrong" | "locked"> {
    const outcome = await this.#checkPassword(session.actor.id, password);
    if (outcome !== "right") return outcome;
    await this.#changePassword(session.actor.id, newPassword);
    await this.#endOthers(session.actor.id, session.token);
    return "done";
  }

  /** The second person of a double-check, for this one command. */
  async witness(
    { username, secret, ...signed }: Signed & { readonly username: string; readonly secret: string },
    screen: PersonSession,
    credentials: Credentials,
  ): Promise<{ readonly witness: string } | "wrong" | "locked" | "change-password" | "not-caring"> {
    const found = await this.#byUsername(username);
    const isShutOut = found === null || found.disabledAt !== null || this.#isStrange(found);
    const known = isShutOut ? null : { id: found.id, actor: actorOf(found), isNew: found.mustChangePassword === 1 };
    const outcome = await this.#checkWitness(known?.id ?? null, username, secret, credentials);
    const actor = known?.actor ?? null;
    const why = outcome !== "right" ? outcome : actor === null ? "wrong" : known?.isNew ? "change-password" : null;
    const { bay, command } = signed;
    const what = `${command.type}${"check" in command ? ` "${command.check}"` : ""} at bay ${bay}`;
    const at = { from: credentials.from, action: "witness" };
    if (why !== null || actor === null) {
      const detail = why ?? "wrong";
      this.note({ ...at, actor: screen.actor, subject: username.slice(0, 80), outcome: "refused", detail });
      return detail;
    }
    if (!isAllowed("POST /api/bays/:bay/commands", actor.role)) {
      this.note({ ...at, actor: screen.actor, subject: actor.id, outcome: "refused", detail: `${what}: not-caring` });
      return "not-caring";
    }
    this.note({ ...at, actor, subject: screen.actor.id, detail: `${what}, at the screen of ${screen.actor.name}` });
    return { witness: this.#witnesses.sign(actor, screen, signed) };
  }

  /**
   * Who does what this body asks for; `null`: nobody may, in these words. A person's name in a body is not looked at; only
   * a test bench says whom it plays, and outside of a demonstration is marked so.
   */
  actorFor(principal: Principal, body: unknown): Actor | Refused {
    switch (principal.kind) {
      case "nobody":
        return { code: "sign-in", reason: "Sign in first." };
      case "person": {
        const token = field(body, "witness");
        if (typeof token !== "string") return principal.session.actor;
        const sent = { id: field(body, "id"), bay: field(body, "bay"), command: field(body, "command") };
        const witness = this.#witnesses.find(token, principal.session, sent);
        return witness ?? { code: "forbidden", reason: "The second person has to confirm again, at this screen." };
      }
      case "device": {
        const { device } = principal;
        const bay = bayIdSchema.safeParse(field(body, "bay"));
        const to = bayIdSchema.safeParse(field(field(body, "command"), "to"));
        const isElsewhere = to.success && !isOwnBay(device.bays, to.data);
        if (device.kind !== "bench" || !bay.success || !isOwnBay(device.bays, bay.data) || isElsewhere) {
          return { code: "forbidden", reason: "This key does not act at this bay." };
        }
        const said = simulatedActorSchema.safeParse(body);
        const { id, name, role } = said.success
          ? said.data.by
          : { id: "simulated", name: device.name, role: "nurse" as const };
        if (this.#options.demonstration) return { id: personIdSchema.parse(id), name, role };
        return { id: personIdSchema.parse(`sim:${id}`.slice(0, 64)), name: `${name} (simulated)`.slice(0, 120), role };
      }
    }
  }

  /** Adds somebody. @returns false when the sign-in name is taken */
  async addPerson(given: {
    readonly username: string;
    readonly name: string;
    readonly role: Role;
    readonly password: string;
    readonly mustChange: boolean;
  }): Promise<boolean> {
    const { db } = this.#options;
    const username = given.username.toLowerCase();
    const taken = await db.selectFrom("person").select("id").where("username", "=", username).executeTakeFirst();
    if (taken !== undefined) return false;
    const auth = await this.auth();
    const id = newSecret().replace(/[-_]/g, "").slice(0, 16);
    await auth.createPerson({ id, username, name: given.name, role: given.role, demonstration: false });
    await auth.setPassword(id, given.password);
    if (given.mustChange) await db.updateTable("person").set({ mustChangePassword: 1 }).where("id", "=", id).execute();
    return true;
  }

  /** Whoever was let in by the old one is not any more: the PIN is gone, every session, and the locks of wrong tries. */
  async renewPassword(
    { id, username }: Pick<PersonRow, "id" | "username">,
    password: string,
    { mustChange }: { readonly mustChange: boolean },
  ): Promise<void> {
    const { db } = this.#options;
    await (await this.auth()).setPassword(id, password);
    await db
      .updateTable("person")
      .set({ mustChangePassword: mustChange ? 1 : 0 })
      .where("id", "=", id)
      .execute();
    await db.deleteFrom("person_pin").where("person", "=", id).execute();
    await this.endAllOf(id);
    for (const key of attemptKeysOf(id, username)) this.attempts.succeeded(key);
  }

  /** A session for a program that runs this server itself. @returns what its browser sends as `cookie` */
  async openSession(actor: Actor, lasting: Lasting = USUAL): Promise<string> {
    await this.#ensurePerson(actor, this.#options.demonstration);
    const row = await this.#row(actor.id);
    if (row === null) throw new Error(`there is no person ${actor.id}`);
    const opened = await (await this.auth()).open(row.id, lasting.idleAfterMs);
    const cookie = (opened.cookies[0] ?? "").split(";")[0] ?? "";
    this.#remember(cookie.slice(cookie.indexOf("=") + 1), opened, row, lasting);
    return cookie;
  }

  /** The cookie of a display, renewed; `null`: it is none. */
  displayCookie(cookies: string | undefined): string | null {
    const key = cookieOf(cookies, DISPLAY_COOKIE);
    return key === null || this.devices.find(key) === null ? null : this.displayCookieOf(key);
  }

  displayCookieOf(key: string): string {
    return cookieText(DISPLAY_COOKIE, key, { secure: this.#options.secure, maxAgeS: COOKIE_KEPT_S });
  }

  note(note: Omit<AuditNote, "outcome" | "detail"> & Partial<AuditNote>): void {
    this.#options.onAudit({ outcome: "done", detail: "", ...note });
  }

  async #enter(opened: AuthSession, row: PersonRow, { cookies, from }: Credentials, how: string) {
    // Whatever session the browser brought ends: none is ever taken over.
    const before = await this.#sessionOf(cookies);
    if (before !== null) await this.end(before);
    const [sessionCookie = ""] = opened.cookies;
    const [pair = ""] = sessionCookie.split(";");
    this.#remember(pair.slice(pair.indexOf("=") + 1), opened, row);
    this.note({ actor: actorOf(row), from, action: "sign-in", subject: row.id, detail: how });
    return opened.cookies;
  }

  #turnedAway(subject: string, { from }: Credentials, kind: "wrong" | "locked"): SignInOutcome {
    this.note({
      actor: null,
      from,
      action: "sign-in",
      subject: subject.slice(0, 80),
      outcome: "refused",
      detail: kind,
    });
    return { kind };
  }

  #begin(address: string, name: string): boolean {
    return this.attempts.begin(address, ADDRESS_RULE) && this.attempts.begin(name, PASSWORD_RULE);
  }

  async #checkPassword(personId: string, password: string): Promise<"right" | "wrong" | "locked"> {
    const key = `password:${personId}`;
    if (!this.attempts.begin(key, PASSWORD_RULE)) return "locked";
    if (!(await (await this.auth()).isPassword(personId, password))) return "wrong";
    this.attempts.succeeded(key);
    return "right";
  }

  /** @param personId `null`: nobody who could; it takes as long */
  async #checkWitness(personId: string | null, username: string, secret: string, credentials: Credentials) {
    if (/^\d{4,8}$/.test(secret)) return this.#checkPin(personId ?? "", secret, credentials);
    const [name, address] = [`name:${username.toLowerCase()}`, `from:${credentials.from}`];
    if (!this.#begin(address, name)) return "locked";
    if (!(await (await this.auth()).isPassword(personId, secret))) return "wrong";
    this.attempts.succeeded(name);
    this.attempts.succeeded(address);
    return "right";
  }

  /** Whoever planted or copied the browser's cookie of its station holds nothing any more; who was known there still is. */
  async #newStation(cookies: string | undefined): Promise<string> {
    const station = newSecret();
    const before = cookieOf(cookies, STATION_COOKIE);
    if (before !== null) {
      await this.#options.db
        .updateTable("person_station")
        .set({ station: digestOf(station) })
        .where("station", "=", digestOf(before))
        .execute();
    }
    return station;
  }

  /** A PIN is good only where its owner gave the password within the shift: four digits alone open nothing. */
  async #checkPin(personId: string, pin: string, credentials: Credentials): Promise<"right" | "wrong" | "locked"> {
    const isKnownHere = (await this.#byPin(credentials.cookies)).some(({ id }) => id === personId);
    // Whoever never gave the password here is not to lock others out.
    const key = isKnownHere ? `pin:${personId}` : `pin-from:${credentials.from}`;
    if (!this.attempts.begin(key, PIN_RULE)) return "locked";
    const auth = await this.auth();
    const hash = isKnownHere ? await this.#pinOf(personId) : null;
    if (hash === null) {
      await auth.hash(pin);
      return "wrong";
    }
    if (!(await auth.isSecret(pin, hash))) return "wrong";
    this.attempts.succeeded(key);
    return "right";
  }

  async #changePassword(personId: string, password: string): Promise<void> {
    await (await this.auth()).setPassword(personId, password);
    await this.#options.db.updateTable("person").set({ mustChangePassword: 0 }).where("id", "=", personId).execute();
  }

  /** Also those that this run of the server has not met: whoever holds a stolen one does not come back after a restart. */
  async #endOthers(personId: string, kept: string): Promise<void> {
    for (const other of [...this.#byToken.values()]) {
      if (other.actor.id === personId && other.token !== kept) this.#forget(other);
    }
    await this.#options.db
      .deleteFrom("person_session")
      .where("userId", "=", personId)
      .where("token", "!=", kept)
      .execute();
  }

  async #pinOf(personId: string): Promise<string | null> {
    const row = await this.#options.db
      .selectFrom("person_pin")
      .select("hash")
      .where("person", "=", personId)
      .executeTakeFirst();
    return row?.hash ?? null;
  }

  async #byPin(cookies: string | undefined): Promise<readonly KnownPerson[]> {
    const station = cookieOf(cookies, STATION_COOKIE);
    if (station === null) return [];
    const rows = await this.#options.db
      .selectFrom("person_station")
      .innerJoin("person", "person.id", "person_station.person")
      .innerJoin("person_pin", "person_pin.person", "person.id")
      .selectAll("person")
      .where("station", "=", digestOf(station))
      .where("until", ">", this.#options.now())
      .where("disabledAt", "is", null)
      .orderBy("person.name")
      .execute();
    return rows.filter((row) => !this.#isStrange(row)).flatMap((row) => actorOf(row) ?? []);
  }

  /** Who may look after patients and has not been shut out. */
  async carers(): Promise<readonly Carer[]> {
    const rows = await this.#options.db
      .selectFrom("person")
      .selectAll()
      .where("disabledAt", "is", null)
      .where(
        "role",
        "in",
        ROLES.filter((role) => isAllowed("/ command", role)),
      )
      .orderBy("name")
      .execute();
    return rows.flatMap((row) => {
      const actor = this.#isStrange(row) ? null : actorOf(row);
      return actor === null ? [] : [{ id: actor.id, name: actor.name }];
    });
  }

  async #byUsername(username: string): Promise<PersonRow | null> {
    const of = this.#options.db.selectFrom("person").selectAll().where("username", "=", username.toLowerCase());
    return (await of.executeTakeFirst()) ?? null;
  }

  async #row(id: string): Promise<PersonRow | null> {
    return (await this.#options.db.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
  }

  /** People of the demonstration exist in the demonstration, and nobody else does there. */
  #isStrange({ demonstration }: Pick<PersonRow, "demonstration">): boolean {
    return (demonstration === 1) !== this.#options.demonstration;
  }

  async #ensurePerson({ id, name, role }: { id: string; name: string; role: Role }, demonstration: boolean) {
    if ((await this.#row(id)) !== null) return;
    await (await this.auth()).createPerson({
      id,
      username: id.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "."),
      name,
      role,
      demonstration,
    });
  }

  async #sessionOf(cookies: string | undefined): Promise<PersonSession | null> {
    const name = sessionCookieName(this.#options.secure);
    const value = cookieOf(cookies, name);
    if (value === null) return null;
    const known = this.#byCookie.get(value);
    if (known !== undefined) return known.ended || this.#options.now() >= known.expiresAt ? null : known;
    const found = await (await this.auth()).find(`${name}=${value}`);
    if (found === null) return null;
    const row = await this.#row(found.personId);
    if (row === null || row.disabledAt !== null || this.#isStrange(row)) return null;
    return this.#remember(value, found, row, { ...USUAL, idleAfterMs: found.idleAfterMs ?? IDLE_AFTER_MS });
  }

  #remember(
    cookie: string,
    { token, leftMs, untouchedMs = 0 }: Pick<AuthSession, "token" | "leftMs"> & { readonly untouchedMs?: DurationMs },
    row: PersonRow,
    { idleAfterMs, endsAfterMs, ownRules }: Lasting = USUAL,
  ): PersonSession | null {
    const actor = actorOf(row);
    if (actor === null) return null;
    const now = this.#options.now();
    const known = this.#byToken.get(token);
    const session = known ?? {
      token,
      actor,
      expiresAt: now + (endsAfterMs ?? leftMs),
      idleAfterMs,
      ownRules: ownRules === true,
      // A restart, or a page that is loaded, is nobody's touch.
      activeAt: now - untouchedMs,
      ended: false,
    };
    this.#byToken.set(token, session);
    this.#byCookie.set(cookie, session);
    if (this.#byCookie.size > MOST_REMEMBERED) {
      for (const [key, each] of this.#byCookie) {
        if (each.expiresAt > now && !each.ended) continue;
        this.#byCookie.delete(key);
        this.#byToken.delete(each.token);
      }
    }
    return session;
  }

  #forget(session: PersonSession): void {
    session.ended = true;
    this.#byToken.delete(session.token);
    for (const [cookie, each] of this.#byCookie) if (each === session) this.#byCookie.delete(cookie);
    this.#options.onOver(session);
  }
}

/** Under which wrong tries of a person are counted. */
export const attemptKeysOf = (id: string, username: string | null): readonly string[] => [
  ...[`name:${username ?? ""}`, `pin:${id}`, `password:${id}`, `code:${id}`],
];

function actorOf({ id, name, role }: Pick<PersonRow, "id" | "name" | "role">): Actor | null {
  const known = ROLES.find((each) => each === role);
  const personId = personIdSchema.safeParse(id);
  return known === undefined || !personId.success ? null : { id: personId.data, name, role: known };
}

const field = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;

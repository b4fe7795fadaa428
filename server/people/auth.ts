/**
 * Passwords, sessions and their cookies are better-auth's; this is how Vigil asks it. None of its own HTTP endpoints is
 * mounted: what is not asked here cannot be reached.
 */
import type { DurationMs } from "@vigil/shared/ids";
import { type BetterAuthOptions, type BetterAuthPlugin, betterAuth } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { username } from "better-auth/plugins/username";
import type { Kysely } from "kysely";
import * as z from "zod";
import { systemClock } from "../clock.ts";
import { cookiePrefix, sessionCookieName } from "./secret.ts";

/** A shift. Whoever works longer signs in again. */
export const SESSION_ENDS_AFTER_MS: DurationMs = 12 * 60 * 60_000;
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

export interface AuthSession {
  readonly token: string;
  readonly personId: string;
  /** Until it ends by itself, by the clock of the machine, which better-auth goes by. */
  readonly leftMs: DurationMs;
  /** To be sent to the browser. */
  readonly cookies: readonly string[];
}

interface FoundSession extends Omit<AuthSession, "cookies"> {
  readonly idleAfterMs: DurationMs | null;
  /** Since somebody last touched the screen. */
  readonly untouchedMs: DurationMs;
}

export interface Auth {
  /** `null`: not this name with this password; unknown names take as long. */
  signIn(username: string, password: string): Promise<AuthSession | null>;
  /** Opens a session for somebody who was recognized otherwise. */
  open(personId: string, idleAfterMs?: DurationMs): Promise<AuthSession>;
  /** `null`: no cookie, or forged, ended or expired. */
  find(cookies: string): Promise<FoundSession | null>;
  /** Somebody is at the screen: kept, so that a restart does not take an idle one for attended. */
  touched(token: string): Promise<void>;
  end(token: string): Promise<void>;
  endAllOf(personId: string): Promise<void>;
  createPerson(person: NewPerson): Promise<void>;
  setPassword(personId: string, password: string): Promise<void>;
  /** As long for whoever has none, or is nobody (`null`). */
  isPassword(personId: string | null, password: string): Promise<boolean>;
  hash(secret: string): Promise<string>;
  isSecret(secret: string, hash: string): Promise<boolean>;
  /** Takes the session away from the browser. */
  readonly goneCookie: string;
}

export interface NewPerson {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly demonstration: boolean;
}

/** The tables are made by the journal's migrations (server/journal/people-schema.ts); a test holds them against this. */
export const authOptions = (secret: string, secure: boolean) =>
  ({
    secret,
    baseURL: secure ? "https://vigil.invalid" : "http://vigil.invalid",
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    user: {
      modelName: "person",
      additionalFields: {
        role: { type: "string", required: true, input: false },
        disabledAt: { type: "number", required: false, input: false },
        mustChangePassword: { type: "boolean", required: false, input: false },
        demonstration: { type: "boolean", required: false, input: false },
      },
    },
    session: {
      modelName: "person_session",
      expiresIn: SESSION_ENDS_AFTER_MS / 1000,
      disableSessionRefresh: true,
      additionalFields: { idleAfterMs: { type: "number", required: false, input: false } },
    },
    account: { modelName: "person_account" },
    verification: { modelName: "person_verification" },
    advanced: {
      cookiePrefix: cookiePrefix(secure),
      // It would put a weaker prefix of its own before ours.
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: "strict", httpOnly: true, path: "/", secure },
    },
    plugins: [username({ minUsernameLength: 2, maxUsernameLength: 40, usernameValidator: isUsername }), vouched()],
    telemetry: { enabled: false },
    logger: { disabled: true },
  }) satisfies BetterAuthOptions;

export const isUsername = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u.test(name);

/** A session for a person who was recognized by a PIN, the one-time link, or the click of the demonstration. Never over HTTP. */
function vouched() {
  return {
    id: "vouched",
    endpoints: {
      openVouched: createAuthEndpoint(
        "/vouched",
        {
          method: "POST",
          body: z.object({ personId: z.string(), idleAfterMs: z.number().optional() }),
          metadata: { SERVER_ONLY: true },
        },
        async (context) => {
          const { personId, idleAfterMs } = context.body;
          const user = await context.context.internalAdapter.findUserById(personId);
          if (user === null) throw new Error(`there is no person ${personId}`);
          const session = await context.context.internalAdapter.createSession(personId, false, { idleAfterMs });
          await setSessionCookie(context, { session, user });
          return context.json({ token: session.token, personId, expiresAt: session.expiresAt });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

const { now } = systemClock();
const leftOf = (expiresAt: Date): DurationMs => expiresAt.getTime() - now();

export function openAuth<T>(db: Kysely<T>, secret: string, secure: boolean): Auth {
  const auth = betterAuth({ ...authOptions(secret, secure), database: { db, type: "sqlite" } });
  const adapter = async () => (await auth.$context).internalAdapter;
  const passwords = async () => (await auth.$context).password;
  const name = sessionCookieName(secure);
  const hasPassword = async (given: string): Promise<boolean> => {
    if (!isUsername(given)) return false;
    const { adapter: tables, internalAdapter } = await auth.$context;
    const where = [{ field: "username", value: given.toLowerCase() }];
    const person = await tables.findOne<{ readonly id: string }>({ model: "user", where });
    const account = person === null ? null : await internalAdapter.findCredentialAccount(person.id);
    return typeof account?.password === "string";
  };
  return {
    async signIn(given, password) {
      // Whoever has no password, unknown names and those of another form take as long.
      if (!(await hasPassword(given))) {
        await (await passwords()).hash(password);
        return null;
      }
      try {
        const { headers, response } = await auth.api.signInUsername({
          body: { username: given, password: password.slice(0, PASSWORD_LENGTH.max) },
          returnHeaders: true,
        });
        const found = await (await adapter()).findSession(response.token);
        if (found === null) return null;
        const { token, userId, expiresAt } = found.session;
        return { token, personId: userId, leftMs: leftOf(expiresAt), cookies: headers.getSetCookie() };
      } catch (error) {
        if (error instanceof Error && error.name === "APIError") return null;
        throw error;
      }
    },
    async open(personId, idleAfterMs) {
      const body = { personId, ...(idleAfterMs === undefined ? {} : { idleAfterMs }) };
      const { headers, response } = await auth.api.openVouched({ body, returnHeaders: true });
      const { token, expiresAt } = response;
      return { token, personId, leftMs: leftOf(expiresAt), cookies: headers.getSetCookie() };
    },
    async find(cookies) {
      const found = await auth.api.getSession({ headers: new Headers({ cookie: cookies }) });
      if (found === null) return null;
      const { token, userId, expiresAt, updatedAt, idleAfterMs = null } = found.session;
      const untouchedMs = Math.max(0, -leftOf(updatedAt));
      return { token, personId: userId, leftMs: leftOf(expiresAt), idleAfterMs, untouchedMs };
    },
    touched: async (token) => {
      await (await adapter()).updateSession(token, { updatedAt: new Date(now()) });
    },
    end: async (token) => (await adapter()).deleteSession(token),
    endAllOf: async (personId) => (await adapter()).deleteUserSessions(personId),
    async createPerson({ id, username: signInName, name: shown, role, demonstration }) {
      await (await adapter()).createUser(
        {
          ...{ id, name: shown, username: signInName, role, demonstration },
          // better-auth knows people by an address; nobody is ever written to.
          email: `${id.toLowerCase()}@people.invalid`,
          emailVerified: false,
        },
        { method: "server" },
      );
    },
    async setPassword(personId, password) {
      const hash = await (await passwords()).hash(password);
      const found = await (await adapter()).findCredentialAccount(personId);
      if (found !== null) return (await adapter()).updatePassword(personId, hash);
      await (await adapter()).createAccount({
        userId: personId,
        providerId: "credential",
        accountId: personId,
        password: hash,
      });
    },
    async isPassword(personId, password) {
      const account = personId === null ? null : await (await adapter()).findCredentialAccount(personId);
      const hash = account?.password;
      if (typeof hash === "string") return (await passwords()).verify({ hash, password });
      await (await passwords()).hash(password);
      return false;
    },
    hash: async (given) => (await passwords()).hash(given),
    isSecret: async (given, hash) => (await passwords()).verify({ hash, password: given }),
    goneCookie: `${name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? "; Secure" : ""}`,
  };
}

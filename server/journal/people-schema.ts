/** The tables of people and devices. Those of better-auth are as server/people/auth.ts describes them to it. */
import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export interface PeopleTables {
  /** One row, once the directory was used (purpose.ts). */
  purpose: { what: "clinic" | "demonstration" };
  person: {
    id: string;
    name: string;
    email: string;
    emailVerified: number;
    image: string | null;
    createdAt: string;
    updatedAt: string;
    username: string | null;
    displayUsername: string | null;
    role: string;
    /** When the administrator shut this person out; ms since the epoch. */
    disabledAt: number | null;
    mustChangePassword: number | null;
    /** Made by the demonstration: no password, and nobody outside of it. */
    demonstration: number | null;
  };
  person_session: {
    id: string;
    expiresAt: string;
    token: string;
    createdAt: string;
    updatedAt: string;
    ipAddress: string | null;
    userAgent: string | null;
    userId: string;
    /** How long the screen may stand untouched; `null`: as usual. */
    idleAfterMs: number | null;
  };
  /** A row while the next start is to print the one-time link again (reopen.ts). */
  first_start_reopened: { at: number };
  person_pin: { person: string; hash: string; set_at: number };
  /** Who may come by PIN at which station (hash of its cookie), and until when. */
  person_station: { station: string; person: string; until: number };
  sign_in_attempt: { key: string; failures: number; last_at: number; locked_until: number };
  device: {
    id: string;
    kind: string;
    name: string;
    /** JSON list; `null`: every bay. */
    bays: string | null;
    board: string | null;
    key_hash: string;
    created_at: number;
    created_by: string;
    seen_at: number | null;
    expires_at: number | null;
    revoked_at: number | null;
  };
}

const STATEMENTS = [
  `create table if not exists person (id text not null primary key, name text not null, email text not null unique, "emailVerified" integer not null,
    image text, "createdAt" date not null, "updatedAt" date not null, username text unique, "displayUsername" text, role text not null,
    "disabledAt" integer, "mustChangePassword" integer, demonstration integer)`,
  `create table if not exists person_session (id text not null primary key, "expiresAt" date not null, token text not null unique, "createdAt" date not null,
    "updatedAt" date not null, "ipAddress" text, "userAgent" text, "userId" text not null references person (id) on delete cascade, "idleAfterMs" integer)`,
  `create table if not exists person_account (id text not null primary key, "accountId" text not null, "providerId" text not null,
    "userId" text not null references person (id) on delete cascade, "accessToken" text, "refreshToken" text, "idToken" text,
    "accessTokenExpiresAt" date, "refreshTokenExpiresAt" date, scope text, password text, "createdAt" date not null, "updatedAt" date not null)`,
  `create table if not exists person_verification (id text not null primary key, identifier text not null, value text not null, "expiresAt" date not null,
    "createdAt" date not null, "updatedAt" date not null)`,
  `create index if not exists "person_session_userId_idx" on person_session ("userId")`,
  `create index if not exists "person_account_userId_idx" on person_account ("userId")`,
  "create index if not exists person_verification_identifier_idx on person_verification (identifier)",
  "create table if not exists person_pin (person text primary key references person (id), hash text not null, set_at integer not null)",
  `create table if not exists person_station (station text not null, person text not null references person (id), until integer not null,
    primary key (station, person))`,
  "create table if not exists sign_in_attempt (key text primary key, failures integer not null, last_at integer not null, locked_until integer not null)",
  `create table if not exists device (id text primary key, kind text not null, name text not null, bays text, board text, key_hash text not null unique,
    created_at integer not null, created_by text not null, seen_at integer, expires_at integer, revoked_at integer)`,
];

export const people: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

export const reopened: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table if not exists first_start_reopened (at integer not null)`.execute(db);
  },
};

export const purpose: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table if not exists purpose (what text not null check (what in ('clinic', 'demonstration')))`.execute(
      db,
    );
  },
};

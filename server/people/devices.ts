/** Displays, monitors, gateways and test benches: who holds which key, for which bays, and until when. */
import { randomInt } from "node:crypto";
import { type AtMs, type BayId, type BoardId, bayIdSchema, boardIdSchema, type DurationMs } from "@vigil/shared/ids";
import { DEVICE_KINDS, type DeviceKind } from "@vigil/shared/people";
import type { DisplayCode, ListedDevice } from "@vigil/shared/wire";
import type { Kysely } from "kysely";
import * as z from "zod";
import type { PeopleTables } from "../journal/index.ts";
import type { Device } from "./principal.ts";
import { digestOf, newSecret } from "./secret.ts";

/** A display that was dark for a quarter of a year is asked about again. */
const DISPLAY_KEEPS_MS: DurationMs = 90 * 24 * 60 * 60_000;
const CODE_HOLDS_MS: DurationMs = 10 * 60_000;
const MOST_CODES = 200;
/** Nothing that is mistaken for something else when read aloud. */
const CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const SEEN_EVERY_MS: DurationMs = 60_000;
const PREFIX: { readonly [K in DeviceKind]: string } = { display: "vd_", monitor: "vm_", bench: "vb_" };

export interface NewDevice {
  readonly kind: DeviceKind;
  readonly name: string;
  readonly bays: readonly BayId[] | null;
  readonly board: BoardId | null;
}

interface Waiting {
  readonly code: string;
  readonly expiresAt: AtMs;
  approved: { readonly device: Device; readonly key: string } | null;
}

const baysSchema = z.array(bayIdSchema);

export class Devices {
  readonly #db: Kysely<PeopleTables>;
  readonly #now: () => AtMs;
  readonly #byKey = new Map<string, Device>();
  readonly #seen = new Map<string, AtMs>();
  /** Screens that show a code and wait, by the digest of their secret. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #onRevoked: (device: Device) => void;

  private constructor(db: Kysely<PeopleTables>, now: () => AtMs, onRevoked: (device: Device) => void) {
    this.#db = db;
    this.#now = now;
    this.#onRevoked = onRevoked;
  }

  static async open(db: Kysely<PeopleTables>, now: () => AtMs, onRevoked: (device: Device) => void): Promise<Devices> {
    const devices = new Devices(db, now, onRevoked);
    for (const row of await db.selectFrom("device").selectAll().where("revoked_at", "is", null).execute()) {
      const kind = DEVICE_KINDS.find((each) => each === row.kind);
      if (kind === undefined) continue;
      devices.#byKey.set(row.key_hash, {
        ...{ id: row.id, kind, name: row.name, expiresAt: row.expires_at, revoked: false },
        bays: row.bays === null ? null : new Set(baysSchema.parse(JSON.parse(row.bays))),
        board: row.board === null ? null : boardIdSchema.parse(row.board),
      });
    }
    return devices;
  }

  /** `null`: no such key, or revoked, or expired. A display that comes again within its time has it renewed. */
  find(key: string): Device | null {
    const device = this.#byKey.get(digestOf(key));
    if (device === undefined || device.revoked) return null;
    const now = this.#now();
    if (device.expiresAt !== null && now >= device.expiresAt) return null;
    this.heard(device);
    return device;
  }

  /** A device of this run of the server alone: in no list, gone with the process. @param key chosen by the caller: at least 32 letters. @returns its key */
  openForNow(device: NewDevice, key?: string): string {
    return this.#issue(`now-${this.#byKey.size}`, device, null, key).key;
  }

  /** Durable when it returns. @returns its key, which is shown to nobody again */
  async add(given: NewDevice, by: string): Promise<{ readonly device: Device; readonly key: string }> {
    const now = this.#now();
    const expiresAt = given.kind === "display" ? now + DISPLAY_KEEPS_MS : null;
    const issued = this.#issue(newSecret().slice(0, 12), given, expiresAt);
    await this.#db
      .insertInto("device")
      .values({
        ...{ id: issued.device.id, kind: given.kind, name: given.name, board: given.board },
        bays: given.bays === null ? null : JSON.stringify(given.bays),
        key_hash: digestOf(issued.key),
        ...{ created_at: now, created_by: by, seen_at: null, expires_at: expiresAt, revoked_at: null },
      })
      .execute();
    return issued;
  }

  async list(): Promise<readonly Omit<ListedDevice, "sound">[]> {
    const rows = await this.#db.selectFrom("device").selectAll().orderBy("created_at", "desc").execute();
    return rows.flatMap((row) => {
      const kind = DEVICE_KINDS.find((each) => each === row.kind);
      if (kind === undefined) return [];
      return {
        ...{ id: row.id, kind, name: row.name, board: row.board },
        bays: row.bays === null ? null : baysSchema.parse(JSON.parse(row.bays)),
        ...{
          createdAt: row.created_at,
          createdBy: row.created_by,
          expiresAt: row.expires_at,
          revokedAt: row.revoked_at,
        },
        seenAt: this.#seen.get(row.id) ?? row.seen_at,
      };
    });
  }

  /** At once: what it is connected by is cut. @returns the device; `null` when there is none of this id */
  async revoke(id: string): Promise<Device | null> {
    for (const [hash, device] of this.#byKey) {
      if (device.id !== id) continue;
      device.revoked = true;
      this.#byKey.delete(hash);
      this.#onRevoked(device);
      await this.#db.updateTable("device").set({ revoked_at: this.#now() }).where("id", "=", id).execute();
      return device;
    }
    return null;
  }

  /** A screen that wants to be a display. `null`: too many wait already. */
  newCode(): DisplayCode | null {
    const now = this.#now();
    for (const [hash, { expiresAt }] of this.#waiting) if (expiresAt <= now) this.#waiting.delete(hash);
    if (this.#waiting.size >= MOST_CODES) return null;
    const letters = Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
    const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const secret = newSecret();
    const expiresAt = now + CODE_HOLDS_MS;
    this.#waiting.set(digestOf(secret), { code, expiresAt, approved: null });
    return { code, secret, expiresAt };
  }

  /** Lets the screen in that shows this code. @returns false when none does */
  async approve(code: string, name: string, board: BoardId | null, by: string): Promise<boolean> {
    const wanted = plain(code);
    const now = this.#now();
    for (const waiting of this.#waiting.values()) {
      if (plain(waiting.code) !== wanted || waiting.expiresAt <= now || waiting.approved !== null) continue;
      waiting.approved = await this.add({ kind: "display", name, bays: null, board }, by);
      return true;
    }
    return false;
  }

  /** The screen asks whether it is let in: its key, given this once. */
  collect(secret: string): { readonly key: string } | "waiting" | "unknown" {
    const hash = digestOf(secret);
    const waiting = this.#waiting.get(hash);
    if (waiting === undefined || waiting.expiresAt <= this.#now()) return "unknown";
    if (waiting.approved === null) return "waiting";
    this.#waiting.delete(hash);
    return { key: waiting.approved.key };
  }

  #issue(
    id: string,
    { kind, name, bays, board }: NewDevice,
    expiresAt: AtMs | null,
    key = `${PREFIX[kind]}${newSecret()}`,
  ) {
    const device: Device = {
      id,
      kind,
      name,
      bays: bays === null ? null : new Set(bays),
      board,
      expiresAt,
      revoked: false,
    };
    this.#byKey.set(digestOf(key), device);
    return { device, key };
  }

  /** It is there: a display is renewed by every sign of life, also within one connection that lasts for months. */
  heard(device: Device): void {
    const now = this.#now();
    if (now - (this.#seen.get(device.id) ?? Number.NEGATIVE_INFINITY) < SEEN_EVERY_MS) return;
    this.#seen.set(device.id, now);
    if (device.expiresAt !== null) device.expiresAt = now + DISPLAY_KEEPS_MS;
    this.#db
      .updateTable("device")
      .set({ seen_at: now, expires_at: device.expiresAt })
      .where("id", "=", device.id)
      .execute()
      // When it was last seen is worth no failure: it is told again in a minute.
      .catch(() => undefined);
  }
}

const plain = (code: string): string => code.toUpperCase().replace(/[^A-Z]/g, "");

/**
 * People and devices over HTTP.
 *
 * - `GET /api/me` → Me. `POST /api/sign-in` {username, password, newPassword?}, `/pin` {person, pin}, `/demonstration` {role},
 *   `POST /api/first-start` {token, username, name, password}: 204 with a session cookie; 409 `name-taken`. `POST /api/sign-out`: 204.
 * - `POST /api/me/active`: somebody touched the screen. `PUT /api/me/pin` {password, pin}, `PUT /api/me/password` {password, newPassword}.
 * - `POST /api/witness` {username, secret, bay, command} → {witness}: the second person of a double-check, for this one command,
 *   sent from this screen within a minute while the same session is open at the bay.
 * - `GET /api/carers` → Carers: who may look after patients.
 * - `/api/people`, `/api/devices`, `/api/displays`: below.
 *
 * 401 `sign-in`, `idle`, `wrong`; 403 `forbidden`; 409 `change-password`, `name-taken`; 422 `malformed`; 429 `locked`.
 */
import * as z from "zod";
import { bayIdSchema, boardIdSchema, type PersonId } from "../ids/index.ts";
import { DEVICE_KINDS, type DeviceKind, ROLES, type Role } from "../people/index.ts";
import { type SoundReport, sentCommandSchema } from "./requests.ts";

export const PASSWORD_MIN = 10;
const secret = z.string().min(1).max(128);
const newPassword = z.string().min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`).max(128);
const username = z.string().trim().min(1).max(80);
const newUsername = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u, "A sign-in name has 2 to 40 letters, digits or . _ -");
const shownName = z.string().trim().min(1).max(60);
const role = z.enum(ROLES);

export const signInSchema = z.object({ username, password: secret, newPassword: newPassword.optional() });
export const pinSignInSchema = z.object({ person: z.string().min(1).max(64), pin: z.string().min(1).max(8) });
export const demonstrationSignInSchema = z.object({ role });
export const firstStartSchema = z.object({
  token: z.string().min(1).max(80),
  username: newUsername,
  name: shownName,
  password: newPassword,
});
export const setPinSchema = z.object({
  password: secret,
  pin: z.string().regex(/^\d{4,8}$/, "A PIN has 4 to 8 digits."),
});
export const setPasswordSchema = z.object({ password: secret, newPassword });
/** What the second person signs for: this command at this bay, and no other. */
export const witnessSchema = z.object({ username, secret, bay: bayIdSchema, command: sentCommandSchema });

export interface KnownPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
}

/** `GET /api/me` */
export interface Me {
  readonly person: KnownPerson | null;
  /** Somebody is signed in, and has not touched the screen for a while: the view stays, acting needs the PIN or the password. */
  readonly idle: boolean;
  readonly idleAfterMs: number | null;
  readonly hasPin: boolean;
  readonly device: { readonly kind: DeviceKind; readonly name: string } | null;
  /** Who may come to this screen by PIN: they signed in here by password within the shift. */
  readonly byPin: readonly KnownPerson[];
  /** Patients are simulated, and everybody on this machine is let in. */
  readonly demonstration: boolean;
  /** There is nobody yet: the link printed where the server was started makes the administrator. */
  readonly firstStart: boolean;
}

/** `GET /api/carers`: by name. Nothing of anybody but what a hand-over says of them. */
export interface Carers {
  readonly carers: readonly Carer[];
}
export type Carer = Pick<KnownPerson, "id" | "name">;

/** `GET /api/people` */
export interface ListedPerson extends KnownPerson {
  readonly username: string;
  readonly disabled: boolean;
  readonly locked: boolean;
  readonly mustChangePassword: boolean;
  readonly hasPin: boolean;
  readonly demonstration: boolean;
}
/** `POST /api/people`: the password is for the first sign-in, which asks for another. */
export const newPersonSchema = z.object({ username: newUsername, name: shownName, role, password: newPassword });
/** `PATCH /api/people/:person` */
export const changePersonSchema = z.object({
  name: shownName.optional(),
  role: role.optional(),
  disabled: z.boolean().optional(),
});
/** `POST /api/people/:person/password` */
export const resetPasswordSchema = z.object({ password: newPassword });

/** `GET /api/devices` */
export interface ListedDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  readonly bays: readonly string[] | null;
  readonly board: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly seenAt: number | null;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Whether alarms are heard at a display, as it says itself; `null` where it says nothing or is not connected. */
  readonly sound: SoundReport["sound"] | null;
}
/** `POST /api/devices` → {id, key}: the key is shown this once. `bays` left out: every bay, which is for test benches only. */
export const newDeviceSchema = z
  .object({
    kind: z.enum(DEVICE_KINDS).exclude(["display"]),
    name: shownName,
    bays: z.array(bayIdSchema).min(1).max(2_000).optional(),
  })
  .refine(
    ({ kind, bays }) => kind !== "monitor" || bays !== undefined,
    "A monitor or gateway sends for certain bays: name them.",
  );
/** `POST /api/displays/codes` → this. Whoever stands before the screen reads the code to a supervisor. */
export interface DisplayCode {
  readonly code: string;
  /** With it, and with nothing else, `POST /api/displays/collect` gives the screen its credential. */
  readonly secret: string;
  readonly expiresAt: number;
}
export const collectDisplaySchema = z.object({ secret: z.string().min(1).max(80) });
export const approveDisplaySchema = z.object({
  code: z.string().trim().min(1).max(20),
  name: shownName,
  /** The only board it may show; left out: every one. */
  board: boardIdSchema.optional(),
});

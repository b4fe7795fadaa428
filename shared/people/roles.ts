/** Who may be met at a door, and what class of rights they have there. */
import { type Actor, actorSchema } from "../session/index.ts";

export type Role = Actor["role"];
/** Of people, as product.md names who uses Vigil. */
export const ROLES: readonly Role[] = actorSchema.shape.role.options;

/** Of programs and screens that hold a key of their own. */
export const DEVICE_KINDS = ["display", "monitor", "bench"] as const;
/** `display`: shows walls. `monitor`: sends readings of its bays. `bench`: simulates, plays and records at its bays. */
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/**
 * `idle`: a person signed in at this screen, and nobody has touched it for a while: the view stays, nobody acts.
 * `nobody`: no credential, or one that is expired, revoked or forged.
 */
export const CLASSES = [
  ...(["nurse", "supervisor", "engineer", "administrator"] as const),
  ...DEVICE_KINDS,
  "idle",
  "nobody",
] as const;
export type RightsClass = Role | DeviceKind | "idle" | "nobody";

/** Who stands at a door: established once, at the connection or the request, and kept. */
import type { AtMs, BayId, BoardId, DurationMs } from "@vigil/shared/ids";
import type { DeviceKind, RightsClass } from "@vigil/shared/people";
import type { Actor } from "@vigil/shared/session";

/** One signing-in of a person at one browser. */
export interface PersonSession {
  readonly token: string;
  readonly actor: Actor;
  readonly expiresAt: AtMs;
  readonly idleAfterMs: DurationMs;
  /** Of a program that runs the server and tries rules: as at a test bench, a session may bring its own. */
  readonly ownRules: boolean;
  /** When somebody last touched the screen. */
  activeAt: AtMs;
  ended: boolean;
}

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly name: string;
  /** `null`: every bay. */
  readonly bays: ReadonlySet<BayId> | null;
  /** The only board a display may watch; `null`: every one. */
  readonly board: BoardId | null;
  /** `null`: until it is revoked. */
  expiresAt: AtMs | null;
  revoked: boolean;
}

export type Principal =
  | { readonly kind: "nobody" }
  | { readonly kind: "person"; readonly session: PersonSession }
  | { readonly kind: "device"; readonly device: Device };

export const NOBODY: Principal = { kind: "nobody" };

export const isIdle = ({ activeAt, idleAfterMs }: PersonSession, now: AtMs): boolean => now - activeAt >= idleAfterMs;

/** What is asked at every door: a few comparisons, so that it may be asked of every message. */
export function rightsOf(principal: Principal, now: AtMs): RightsClass {
  switch (principal.kind) {
    case "nobody":
      return "nobody";
    case "person": {
      const { session } = principal;
      if (session.ended || now >= session.expiresAt) return "nobody";
      return isIdle(session, now) ? "idle" : session.actor.role;
    }
    case "device": {
      const { device } = principal;
      if (device.revoked || (device.expiresAt !== null && now >= device.expiresAt)) return "nobody";
      return device.kind;
    }
  }
}

/** Whether this one may open a session under rules that the clinic has not approved. */
export const bringsOwnRules = (principal: Principal): boolean =>
  principal.kind === "person"
    ? principal.session.ownRules
    : principal.kind === "device" && principal.device.kind === "bench";

export const isOwnBay = (bays: ReadonlySet<BayId> | null, bay: BayId): boolean => bays === null || bays.has(bay);

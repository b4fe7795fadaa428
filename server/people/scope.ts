/** What a key may reach of the ward: a display what its board shows, a test bench what happens at its own bays. */
import { type BayId, bayIdSchema } from "@vigil/shared/ids";
import type { ROUTES, Route } from "@vigil/shared/people";
import { isOwnBay, type Principal } from "./principal.ts";

export interface Ward {
  readonly baysOfBoard: (board: string) => readonly BayId[];
  /** Everywhere it was; empty: there is no such session. */
  readonly baysOfSession: (session: string) => readonly BayId[];
}

/** `null`: every bay. */
export function baysOf(principal: Principal, ward: Pick<Ward, "baysOfBoard">): ReadonlySet<BayId> | null {
  if (principal.kind !== "device") return null;
  const { bays, board } = principal.device;
  return board === null ? bays : new Set(ward.baysOfBoard(board));
}

interface Asked {
  readonly params: unknown;
  readonly query: unknown;
}
type Reaches = (own: ReadonlySet<BayId>, asked: Asked, ward: Ward) => boolean;

/** Routes for test benches among others, though not for everybody. */
type BenchRoute = {
  [R in Route]: "bench" extends (typeof ROUTES)[R][number]
    ? "nobody" extends (typeof ROUTES)[R][number]
      ? never
      : R
    : never;
}[Route];

const value = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
const isOwn = (own: ReadonlySet<BayId>, bay: unknown): boolean => {
  const named = bayIdSchema.safeParse(bay);
  return named.success && isOwnBay(own, named.data);
};
const ownBay: Reaches = (own, { params }) => isOwn(own, value(params, "bay"));
const ownSession: Reaches = (own, { params }, ward) => {
  const stays = ward.baysOfSession(String(value(params, "id") ?? value(params, "session")));
  return stays.every((bay) => own.has(bay));
};
const nothingOfAnyBay: Reaches = () => true;
/** Its handler gives or takes what is of the key's bays alone. */
const byItsHandler: Reaches = () => true;

/** Every route that a test bench may ask, and what of it a key for some bays may. A new route has to be written here to compile. */
const REACHES: { readonly [R in BenchRoute]: Reaches } = {
  "GET /api/health": nothingOfAnyBay,
  "GET /api/clinic": nothingOfAnyBay,
  "GET /api/bays": byItsHandler,
  "GET /api/boards": byItsHandler,
  "POST /api/readings": byItsHandler,
  "GET /api/bays/:bay": ownBay,
  "POST /api/bays/:bay/commands": ownBay,
  "GET /api/bays/:bay/recording": ownBay,
  "GET /api/sessions": (own, { query }) => isOwn(own, value(query, "bay")),
  "GET /api/sessions/:id": ownSession,
  "GET /api/sessions/:session/readings": ownSession,
  "GET /api/sessions/:id/inputs": ownSession,
  // It goes through every bay's sessions.
  "POST /api/what-if": () => false,
};
const rows: Readonly<Record<string, Reaches | undefined>> = REACHES;

/** Whether this one may ask that, which its rights as such let in. */
export function reaches(principal: Principal, door: string, asked: Asked, ward: Ward): boolean {
  if (principal.kind !== "device" || principal.device.kind !== "bench" || principal.device.bays === null) return true;
  return rows[door]?.(principal.device.bays, asked, ward) ?? true;
}

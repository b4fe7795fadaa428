/**
 * The written matrix: every HTTP route and every socket event, and who is let in. Who is not named is refused.
 * A route or an event cannot be registered at the server without its row here (server/people/doors.ts).
 */
import type { RightsClass } from "./roles.ts";

type Row = readonly RightsClass[];

const PEOPLE = ["nurse", "supervisor", "engineer", "administrator"] as const;
/** Whoever may see the boards: initials and vital signs, no more of a patient. */
const VIEWERS = [...PEOPLE, "display", "bench", "idle"] as const;
/** Whoever looks after patients. */
const CARE = ["nurse", "supervisor"] as const;
/** Whoever may read what is kept of patients. */
const RECORDS = ["nurse", "supervisor", "engineer"] as const;
const EVERYBODY = [...PEOPLE, "display", "monitor", "bench", "idle", "nobody"] as const;

export const ROUTES = {
  // Who one is: for everybody, or nobody could ever sign in.
  "GET /api/me": EVERYBODY,
  "POST /api/sign-in": EVERYBODY,
  "POST /api/sign-in/pin": EVERYBODY,
  "POST /api/sign-in/demonstration": EVERYBODY,
  "POST /api/first-start": EVERYBODY,
  "POST /api/sign-out": EVERYBODY,
  "POST /api/me/active": PEOPLE,
  "PUT /api/me/pin": PEOPLE,
  "PUT /api/me/password": PEOPLE,
  "POST /api/witness": CARE,
  // To whom a patient may be handed over: names, and no more of anybody.
  "GET /api/carers": CARE,

  "GET /api/people": ["administrator"],
  "POST /api/people": ["administrator"],
  "PATCH /api/people/:person": ["administrator"],
  "POST /api/people/:person/password": ["administrator"],
  "POST /api/people/:person/unlock": ["administrator"],

  "POST /api/displays/codes": EVERYBODY,
  "POST /api/displays/collect": EVERYBODY,
  "POST /api/displays/approve": ["supervisor", "administrator"],
  "GET /api/devices": ["supervisor", "engineer", "administrator"],
  "POST /api/devices": ["administrator"],
  "DELETE /api/devices/:device": ["supervisor", "administrator"],

  // The ward as it is now.
  "GET /api/health": [...VIEWERS, "monitor"],
  "GET /api/bays": VIEWERS,
  "GET /api/bays/:bay": [...PEOPLE, "bench", "idle"],
  "POST /api/bays/:bay/commands": [...CARE, "bench"],
  "POST /api/readings": ["monitor", "bench"],
  "GET /api/boards": VIEWERS,
  "PUT /api/boards/:board": ["supervisor", "administrator"],

  // What is kept.
  "GET /api/sessions": [...RECORDS, "bench"],
  "GET /api/sessions/:id": [...RECORDS, "bench"],
  "GET /api/sessions/:session/readings": [...RECORDS, "bench"],
  "GET /api/sessions/:id/inputs": ["supervisor", "engineer", "bench"],
  "GET /api/bays/:bay/recording": ["supervisor", "engineer", "bench"],
  "GET /api/courses": CARE,
  "GET /api/courses/:recordNumber": CARE,
  "POST /api/courses/:recordNumber/acts": CARE,
  "GET /api/alerts": RECORDS,
  "GET /api/alerts/measures": RECORDS,
  "GET /api/alerts.csv": ["supervisor", "engineer"],
  "GET /api/alerts.ndjson": ["supervisor", "engineer"],
  "GET /api/alerts/:id": RECORDS,
  "POST /api/alerts/:id/mark": CARE,

  "GET /api/alerts/shift": RECORDS,
  "POST /api/reports/printed": RECORDS,
  "GET /api/alerts/exports/:id": ["supervisor", "engineer"],
  "GET /api/clinic": [...PEOPLE, "bench", "idle"],
  "GET /api/admin": ["supervisor", "administrator"],
  "POST /api/admin/acts": ["supervisor", "administrator"],
  "GET /api/admin/backups": ["administrator"],
  "POST /api/admin/backups": ["administrator"],
  "GET /api/admin/backups/:file": ["administrator"],
  "POST /api/what-if": ["supervisor", "engineer", "bench"],
  "GET /api/audit": ["supervisor", "administrator"],
  "GET /api/audit/verification": ["supervisor", "administrator"],
  "GET /api/audit.csv": ["supervisor", "administrator"],
  "GET /api/audit.ndjson": ["supervisor", "administrator"],

  // Nothing is there; and the pages themselves, which hold no data.
  "ALL /api/{*rest}": EVERYBODY,
  "GET /{*path}": EVERYBODY,
} as const satisfies Readonly<Record<string, Row>>;
export type Route = keyof typeof ROUTES;

/** By namespace and event; `connect` is the door of the namespace. */
export const EVENTS = {
  "/ connect": VIEWERS,
  "/ time": VIEWERS,
  "/ watch": VIEWERS,
  "/ unwatch": VIEWERS,
  "/ command": [...CARE, "bench"],
  "/ attend": [...PEOPLE, "idle"],
  "/ sound": VIEWERS,
  "/ingest connect": ["monitor", "bench"],
  "/ingest reading": ["monitor", "bench"],
} as const satisfies Readonly<Record<string, Row>>;
export type SocketEvent = keyof typeof EVENTS;

const ROWS: Readonly<Record<string, Row | undefined>> = { ...ROUTES, ...EVENTS };

/** Deny by default: what has no row is for nobody. */
export const whoMay = (door: string): Row => (Object.hasOwn(ROWS, door) ? (ROWS[door] ?? []) : []);

export const isAllowed = (door: string, who: RightsClass): boolean => whoMay(door).includes(who);

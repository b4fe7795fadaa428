/** The written matrix, walked: every route and every socket event by everybody, against the real server. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLASSES, EVENTS, isAllowed, type RightsClass, ROUTES } from "@vigil/shared/people";
import { type Actor, actorSchema } from "@vigil/shared/session";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "./app.ts";
import { bayId, FakeClock, serverOptions } from "./testing/index.ts";

/** Who comes to the door, with what, and what rights that gives: an expired or forged session is nobody's. */
interface Visitor {
  readonly name: string;
  readonly rights: RightsClass;
  readonly headers: Record<string, string>;
  readonly auth: Record<string, string>;
}

const clock = new FakeClock();
const dataDir = mkdtempSync(join(tmpdir(), "vigil-matrix-"));
let server: RunningServer;
let visitors: readonly Visitor[];
const LONG = { idleAfterMs: 90 * 24 * 3_600_000, endsAfterMs: 90 * 24 * 3_600_000 };
const person = (role: Actor["role"], id: string = role): Actor => actorSchema.parse({ id, name: id, role });

beforeAll(async () => {
  server = await startServer(serverOptions(clock, { dataDir }));
  const { people } = server;
  const page = (cookie: string) => ({ headers: { cookie, origin: server.url }, auth: {} });
  const device = (key: string) => ({ headers: { authorization: `Bearer ${key}` }, auth: { key } });
  const idle = await people.openSession(person("nurse", "idle-nurse"), { ...LONG, idleAfterMs: 60_000 });
  const expired = await people.openSession(person("supervisor", "expired"), { ...LONG, endsAfterMs: 60_000 });
  clock.advance(60_000);
  const real = await people.openSession(person("supervisor"), LONG);
  const key = (kind: "display" | "monitor" | "bench") => people.openKey({ kind, name: kind, bays: null });
  const post = (path: string, body: unknown, cookie = "") =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, cookie },
      body: JSON.stringify(body),
    });
  /** A screen that a supervisor approved: what its browser sends, and the id it is listed under. */
  const approved = async (name: string) => {
    const { code, secret } = (await (await post("/api/displays/codes", {})).json()) as { code: string; secret: string };
    await post("/api/displays/approve", { code, name }, real);
    const [cookie = ""] = (await post("/api/displays/collect", { secret })).headers.getSetCookie();
    const list = (await (await fetch(`${server.url}/api/devices`, { headers: { cookie: real } })).json()) as {
      id: string;
      name: string;
    }[];
    return { cookie: cookie.split(";")[0] ?? "", id: list.find((device) => device.name === name)?.id ?? "" };
  };
  const wall = await approved("Wall");
  const gone = await approved("Gone");
  await fetch(`${server.url}/api/devices/${gone.id}`, {
    method: "DELETE",
    headers: { cookie: real, origin: server.url },
  });
  visitors = [
    { name: "nurse", rights: "nurse", ...page(await people.openSession(person("nurse"), LONG)) },
    { name: "supervisor", rights: "supervisor", ...page(real) },
    { name: "engineer", rights: "engineer", ...page(await people.openSession(person("engineer"), LONG)) },
    {
      name: "administrator",
      rights: "administrator",
      ...page(await people.openSession(person("administrator"), LONG)),
    },
    { name: "display", rights: "display", ...device(key("display")) },
    { name: "display by its cookie", rights: "display", ...page(wall.cookie) },
    { name: "revoked display", rights: "nobody", ...page(gone.cookie) },
    {
      name: "key of bay 1",
      rights: "bench",
      ...device(people.openKey({ kind: "bench", name: "B", bays: [bayId("1")] })),
    },
    { name: "monitor", rights: "monitor", ...device(key("monitor")) },
    { name: "test bench", rights: "bench", ...device(key("bench")) },
    { name: "idle session", rights: "idle", ...page(idle) },
    { name: "expired session", rights: "nobody", ...page(expired) },
    { name: "forged session", rights: "nobody", ...page(`${real.slice(0, -6)}AAAA%3D`) },
    { name: "forged key", rights: "nobody", ...device(`vm_${"A".repeat(43)}`) },
    { name: "nobody", rights: "nobody", headers: { origin: server.url }, auth: {} },
  ];
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const PLACES: Readonly<Record<string, string>> = {
  ":bay": "1",
  ":board": "east",
  ":person": "nobody-of-that-name",
  ":device": "none",
  ":recordNumber": "R-1",
  ":session": "s1",
  ":id": "1",
  ":file": "none.sqlite",
  "{*rest}": "nothing-here",
  "{*path}": "some-page",
};
const addressOf = (path: string) =>
  Object.entries(PLACES).reduce((text, [name, place]) => text.replace(name, place), path);

/** What a door's guard answers, and nobody behind it. */
const TURNED_AWAY = [
  "Sign in first.",
  "Nobody has acted here",
  "A display shows",
  "This key is not",
  "not for the role",
];

/** It ends the visitor's own session. */
const OWN_TESTS = ["POST /api/sign-out"];

describe("every route", () => {
  it.each(Object.keys(ROUTES).filter((route) => !OWN_TESTS.includes(route)))("%s", async (route) => {
    const [method = "", path = ""] = route.split(" ");
    const outcome: string[] = [];
    const written: string[] = [];
    for (const { name, rights, headers } of visitors) {
      const response = await fetch(server.url + addressOf(path), {
        method: method === "ALL" ? "GET" : method,
        headers: { "content-type": "application/json", ...headers },
        ...(["GET", "ALL", "DELETE"].includes(method) ? {} : { body: "{}" }),
      });
      const text = response.status === 401 || response.status === 403 ? await response.text() : "";
      await response.body?.cancel().catch(() => undefined);
      const isTurnedAway = TURNED_AWAY.some((words) => text.includes(words));
      outcome.push(`${name}: ${isTurnedAway ? "denied" : "allowed"}`);
      written.push(`${name}: ${isAllowed(route, rights) ? "allowed" : "denied"}`);
    }
    expect(outcome).toEqual(written);
  });

  it("has its row and its guard: nothing else is registered", () => {
    const found: string[] = [];
    walk(server.doors.app.router.stack, found);
    // The pages are registered only where there is a client.
    expect(found.filter((each) => each.startsWith("beside"))).toEqual(BESIDE_THE_DOORS);
    expect(found.filter((each) => !each.startsWith("beside")).toSorted()).toEqual(
      Object.keys(ROUTES)
        .filter((route) => route !== "GET /{*path}")
        .toSorted(),
    );
  });
});

interface Layer {
  readonly name: string;
  readonly handle: { readonly stack?: readonly Layer[] };
  readonly route?: {
    readonly path: string;
    readonly stack: readonly { readonly method?: string; readonly handle: object }[];
  };
}

/** What stands beside the doors and lets nobody in, in its order: whoever adds to it has to say so here. */
const BESIDE_THE_DOORS = [
  ...["<anonymous>", "helmetMiddleware", "<anonymous>", "<anonymous>", "middleware"],
  // Of an error, a sentence.
  "<anonymous>",
].map((name) => `beside the doors: ${name}`);

function walk(stack: readonly unknown[], found: string[]): void {
  for (const layer of stack as readonly Layer[]) {
    if (layer.route !== undefined) {
      const [first] = layer.route.stack;
      if (first === undefined || !server.doors.isGuard(first.handle))
        throw new Error(`${layer.route.path} is not guarded`);
      found.push(`${(first.method ?? "all").toUpperCase()} ${layer.route.path}`);
    } else if (layer.handle.stack !== undefined) walk(layer.handle.stack, found);
    else found.push(`beside the doors: ${layer.name}`);
  }
}

async function connected(visitor: Visitor, namespace: string): Promise<Socket | null> {
  const socket = io(`${server.url}${namespace === "/" ? "" : namespace}`, {
    ...{ transports: ["websocket"], reconnection: false, forceNew: true },
    extraHeaders: visitor.headers,
    auth: visitor.auth,
  });
  const isIn = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("connect_error", () => resolve(false));
  });
  if (isIn) return socket;
  socket.close();
  return null;
}

/** Of socket.io itself: no sender can send them. */
const RESERVED = ["disconnect", "error"];

describe("every socket event", () => {
  it.each(Object.keys(EVENTS))("%s", async (event) => {
    const [namespace = "", name = ""] = event.split(" ");
    const outcome: string[] = [];
    const written: string[] = [];
    for (const visitor of visitors) {
      const socket = await connected(visitor, namespace);
      let isIn = socket !== null;
      if (socket !== null && name !== "connect") {
        // Answered to nobody who may: then the word after it is.
        const reply: unknown =
          name === "unwatch"
            ? await Promise.race([socket.emitWithAck(name, {}), socket.timeout(20_000).emitWithAck("time")])
            : await socket.timeout(20_000).emitWithAck(name, ...(name === "time" ? [] : [{}]));
        isIn = !TURNED_AWAY.some((words) => JSON.stringify(reply).includes(words));
      }
      socket?.close();
      outcome.push(`${visitor.name}: ${isIn ? "allowed" : "denied"}`);
      const may = isAllowed(event, visitor.rights) && isAllowed(`${namespace} connect`, visitor.rights);
      written.push(`${visitor.name}: ${may ? "allowed" : "denied"}`);
    }
    expect(outcome).toEqual(written);
  });

  it("is of a namespace that is guarded: there are no others", () => {
    expect([...server.doors.io._nsps.keys()].toSorted()).toEqual(["/", "/ingest"]);
    // Of namespaces made on demand, which nothing would guard.
    expect(Reflect.get(server.doors.io, "parentNsps")).toHaveProperty("size", 0);
  });

  it("has its row: nothing else is listened to", async () => {
    for (const namespace of ["/", "/ingest"]) {
      const visitor = visitors.find(({ rights }) => rights === "bench");
      const socket = visitor === undefined ? null : await connected(visitor, namespace);
      const [own] = server.doors.io.of(namespace).sockets.values();
      const heard = (own?.eventNames() ?? []).map(String).filter((name) => !RESERVED.includes(name));
      expect(heard.map((name) => `${namespace} ${name}`).toSorted()).toEqual(
        Object.keys(EVENTS)
          .filter((event) => event.startsWith(`${namespace} `) && !event.endsWith(" connect"))
          .toSorted(),
      );
      socket?.close();
    }
  });
});

it("lets nobody in whom no row names", () => {
  for (const who of CLASSES) expect(isAllowed("GET /api/not-written", who)).toBe(false);
  for (const who of CLASSES) expect(isAllowed("constructor", who)).toBe(false);
});

it("POST /api/sign-out is for everybody, and ends what whoever asks is signed in by", async () => {
  for (const { name, headers } of visitors.filter(({ rights }) => rights !== "idle")) {
    const cookie =
      name === "nurse" ? await server.people.openSession(person("nurse", "leaving"), LONG) : headers.cookie;
    const own = { ...headers, ...(cookie === undefined ? {} : { cookie }) };
    const response = await fetch(`${server.url}/api/sign-out`, { method: "POST", headers: own });
    expect([name, response.status]).toEqual([name, 204]);
    if (name !== "nurse") continue;
    expect((await fetch(`${server.url}/api/bays`, { headers: own })).status).toBe(401);
  }
});

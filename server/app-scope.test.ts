/** A key or a display reaches the bays that it is for, over HTTP and over the socket, and nothing of another bay. */
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  admin,
  ask,
  bayId,
  call,
  closing,
  connectAs,
  FakeClock,
  Frames,
  nurse,
  openSession,
  postJson,
  serverOptions,
  supervisor,
} from "./testing/index.ts";

async function ward() {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock)));
  for (const bay of ["1", "2"]) {
    const body = { id: `open-${bay}`, command: openSession(`at-${bay}`) };
    expect((await postJson(`${server.url}/api/bays/${bay}/commands`, body)).status).toBe(200);
  }
  const put = { method: "PUT", headers: { "content-type": "application/json" } };
  const east = JSON.stringify({ name: "East", bays: ["1"] });
  expect((await call(`${server.url}/api/boards/east`, { ...put, body: east })).status).toBe(204);
  const read = async (bay: string, hr: number) => {
    expect((await postJson(`${server.url}/api/readings`, { bay, hr })).status).toBe(200);
    clock.advance(100);
  };
  const post = (path: string, body: unknown, by = supervisor) => postJson(server.url + path, body, undefined, by);
  return { clock, server, read, post };
}

it("of a test bench for one bay is what happens there", async () => {
  const { server } = await ward();
  const key = server.people.openKey({ kind: "bench", name: "Bench 1", bays: [bayId("1")] });
  const asked = async (path: string, init: RequestInit = {}) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
    const response = await fetch(server.url + path, { ...init, headers });
    const answer = { status: response.status, text: response.ok ? await response.text() : "" };
    await response.body?.cancel().catch(() => undefined);
    return answer;
  };
  const listed: { bays: { id: string }[] } = JSON.parse((await asked("/api/bays")).text);
  expect(listed.bays.map(({ id }) => id)).toEqual(["1"]);
  for (const [path, status] of [
    ["/api/bays/1", 200],
    ["/api/bays/2", 403],
    ["/api/sessions", 403],
    ["/api/sessions?bay=1", 200],
    ["/api/sessions?bay=2", 403],
    ["/api/sessions/at-1", 200],
    ["/api/sessions/at-2", 403],
    ["/api/sessions/at-1/readings", 200],
    ["/api/sessions/at-2/readings", 403],
    ["/api/sessions/at-1/inputs", 200],
    ["/api/sessions/at-2/inputs", 403],
    ["/api/sessions/nowhere", 404],
    ["/api/bays/1/recording?from=0&to=1", 200],
    ["/api/bays/2/recording?from=0&to=1", 403],
  ] as const) {
    expect(`${path} ${(await asked(path)).status}`).toBe(`${path} ${status}`);
  }
  const act = async (path: string, document: object) =>
    (await asked(path, { method: "POST", body: JSON.stringify(document) })).status;
  expect(await act("/api/what-if", {})).toBe(403);
  const abandon = { type: "abandon-session", reason: "x" };
  expect(await act("/api/bays/2/commands", { id: "a", command: abandon })).toBe(403);
  expect(await act("/api/bays/1/commands", { id: "b", command: { type: "transfer-session", to: "3" } })).toBe(403);
  expect(await act("/api/bays/1/commands", { id: "c", command: abandon })).toBe(200);
});

it("of a socket is a room of its own: another bay's is shut, and nothing of it comes", async () => {
  const { server, read } = await ward();
  const key = server.people.openKey({ kind: "bench", name: "Bench 1", bays: [bayId("1")] });
  const socket = await connectAs(server.url, "/", { auth: { key } });
  const frames = new Frames(socket);
  expect(await ask(socket, "watch", { board: "east" })).toMatchObject({ ok: false, code: "forbidden" });
  const own: { snapshot: { board: { id: string; bays: { id: string }[] }; rows: { bay: string }[] } } = await ask(
    socket,
    "watch",
    {},
  );
  expect(own.snapshot.rows.map(({ bay }) => bay)).toEqual(["1"]);
  await read("2", 71);
  await read("1", 72);
  await frames.until(({ rows, readings }) => rows.length + readings.length > 0);
  expect(JSON.stringify(frames.all)).not.toContain('"bay":"2"');
  const other = server.people.openKey({ kind: "bench", name: "Bench 2", bays: [bayId("2")] });
  const spy = await connectAs(server.url, "/", { auth: { key: other } });
  expect(await ask(spy, "watch", { board: own.snapshot.board.id })).toMatchObject({ ok: false, code: "forbidden" });
});

it("of a display for one board is that board, by page and by socket", async () => {
  const { server, read, post } = await ward();
  const { code, secret } = (await (await post("/api/displays/codes", {})).json()) as { code: string; secret: string };
  expect((await post("/api/displays/approve", { code, name: "Hall", board: "west" })).status).toBe(422);
  expect((await post("/api/displays/approve", { code, name: "Hall", board: "east" })).status).toBe(204);
  const [cookie = ""] = (await post("/api/displays/collect", { secret })).headers.getSetCookie();
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  const bays = (await (await fetch(`${server.url}/api/bays`, { headers })).json()) as { bays: { id: string }[] };
  expect(bays.bays.map(({ id }) => id)).toEqual(["1"]);
  expect(await (await fetch(`${server.url}/api/boards`, { headers })).json()).toEqual([{ id: "east", name: "East" }]);
  const display = await connectAs(server.url, "/", { extraHeaders: headers });
  const frames = new Frames(display);
  for (const board of [undefined, "all", "key:now-1"]) {
    expect(await ask(display, "watch", { board })).toMatchObject({ ok: false, code: "forbidden" });
  }
  expect(await ask(display, "watch", { board: "east" })).toMatchObject({ ok: true });
  await read("2", 71);
  await read("1", 72);
  await frames.until(({ rows, readings }) => rows.length + readings.length > 0);
  expect(JSON.stringify(frames.all)).not.toContain('"bay":"2"');
});

it("of a monitor is written down when its key is made, and exists", async () => {
  const { post } = await ward();
  const make = async (given: object) => {
    const response = await post("/api/devices", { name: "Gateway", ...given }, admin);
    return response.ok ? "made" : ((await response.json()) as { code: string }).code;
  };
  expect(await make({ kind: "monitor" })).toBe("malformed");
  expect(await make({ kind: "monitor", bays: ["1", "77"] })).toBe("unknown-bay");
  expect(await make({ kind: "monitor", bays: ["1"] })).toBe("made");
  expect(await make({ kind: "bench" })).toBe("made");
});

it("of a person is the whole ward", async () => {
  const { server } = await ward();
  const bays = (await (await call(`${server.url}/api/bays`, {}, nurse)).json()) as { bays: { id: string }[] };
  expect(bays.bays.map(({ id }) => id)).toEqual(["1", "2", "3"]);
});

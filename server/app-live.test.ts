/** The live wire over real sockets: watch, frames, resume. */
import type { Snapshot, WatchReply } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  ask,
  call,
  closing,
  connect,
  connectAs,
  FakeClock,
  Frames,
  NINE_O_CLOCK,
  postJson,
  serverOptions,
  toInfusion,
} from "./testing/index.ts";

async function startedServer() {
  const clock = new FakeClock();
  const options = serverOptions(clock);
  const server = closing(await startServer(options));
  let sent = 0;
  /** One reading, and the time for it to be kept and to go out. */
  const read = async (body: unknown) => {
    expect((await postJson(`${server.url}/api/readings`, body)).status).toBe(200);
    clock.advance(50);
    clock.advance(50);
  };
  const act = async (bay: string, ...documents: unknown[]) => {
    for (const command of documents) {
      const body = { id: `c${++sent}`, command };
      expect((await postJson(`${server.url}/api/bays/${bay}/commands`, body)).status).toBe(200);
    }
    clock.advance(50);
  };
  const putBoard = async (id: string, bays: readonly string[]) => {
    const response = await call(`${server.url}/api/boards/${id}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: id, bays }),
    });
    expect(response.status).toBe(204);
  };
  return { clock, server, read, act, putBoard, options };
}

function snapshotOf(reply: WatchReply): Snapshot {
  if (!reply.ok || !("snapshot" in reply)) throw new Error(`no snapshot: ${JSON.stringify(reply)}`);
  return reply.snapshot;
}

it("gives a snapshot and then every frame", async () => {
  const { server, read } = await startedServer();
  await read([1, 2, 3].map((bay) => ({ bay: String(bay), hr: 60 })));
  const display = await connect(server.url);
  const frames = new Frames(display);
  const snapshot = snapshotOf(await ask(display, "watch", {}));
  expect(snapshot).toMatchObject({
    epoch: "this-start",
    board: { id: "all", bays: [{ id: "1" }, { id: "2" }, { id: "3" }] },
  });
  expect(snapshot.rows.map((row) => row.vitals.hr.value)).toEqual([60, 60, 60]);
  for (let i = 1; i <= 5; i++) await read({ bay: "2", hr: 70 + i });
  await frames.until((frame) => frame.seq === snapshot.seq + 5);
  expect(frames.all.map(({ seq, readings }) => [seq - snapshot.seq, readings[0]?.[0], readings[0]?.[2]])).toEqual(
    [1, 2, 3, 4, 5].map((i) => [i, 1, 70 + i]),
  );
});

it("sends an alarm in the moment in which it is kept", async () => {
  const { clock, server, act } = await startedServer();
  await act("1", ...toInfusion("s1"));
  const display = await connect(server.url);
  const frames = new Frames(display);
  await ask(display, "watch", { board: "all" });
  await postJson(`${server.url}/api/readings`, { bay: "1", sbp: 190 });
  const frame = await frames.until(({ alarms }) => alarms.length > 0);
  expect(frame.at).toBe(clock.now());
  expect(frame).toMatchObject({
    alarms: [{ bay: "1", event: { change: "raised", alarm: "sbp.high", tier: "critical" } }],
    rows: [{ bay: "1", alarms: [{ id: "sbp.high", acknowledged: false }] }],
  });
});

it("gives a display that lost the link exactly the frames it missed", async () => {
  const { server, read } = await startedServer();
  const other = await connect(server.url);
  const staying = new Frames(other);
  await ask(other, "watch", {});
  const first = await connect(server.url);
  const { epoch, seq } = snapshotOf(await ask(first, "watch", {}));
  first.disconnect();
  for (let i = 0; i < 3; i++) await read({ bay: "1", hr: 70 + i });
  const second = await connect(server.url);
  const frames = new Frames(second);
  const reply: WatchReply = await ask(second, "watch", { board: "all", resume: { epoch, seq } });
  await staying.until((frame) => frame.seq === seq + 3);
  expect(reply).toEqual({ ok: true, board: "all", resumed: staying.all, at: expect.any(Number) });
  await read({ bay: "1", hr: 80 });
  expect((await frames.until(() => true)).seq).toBe(seq + 4);
});

it.each([
  ["its board named", { board: "all" }],
  ["no board named", {}],
])("goes on sending to a display that resumes having missed nothing, %s", async (_what, which) => {
  const { server, read } = await startedServer();
  const display = await connect(server.url);
  const { epoch, seq } = snapshotOf(await ask(display, "watch", which));
  display.disconnect();
  const again = await connect(server.url);
  const frames = new Frames(again);
  expect(await ask(again, "watch", { ...which, resume: { epoch, seq } })).toMatchObject({ ok: true, resumed: [] });
  await read({ bay: "1", hr: 70 });
  // Nothing is sent after the answer to this: a frame would have come before it.
  await ask(again, "time");
  expect(frames.all.map((frame) => frame.seq)).toEqual([seq + 1]);
});

it("gives a snapshot to a display that knew another start of the server", async () => {
  const { server, options, clock } = await startedServer();
  await server.close();
  const second = closing(await startServer({ ...options, clock, epoch: "second-start" }));
  const display = await connect(second.url);
  const reply = await ask(display, "watch", { resume: { epoch: "this-start", seq: 0 } });
  expect(snapshotOf(reply)).toMatchObject({ epoch: "second-start" });
});

it("tells, wherever one looks, of a display on which nobody hears the alarms", async () => {
  const { server } = await startedServer();
  const { people, url } = server;
  const key = people.openKey({ kind: "display", name: "East wall", bays: null });
  const wall = await connectAs(url, "/", { auth: { key } });
  const looks = async () => {
    const health: { readonly unheard?: unknown } = JSON.parse(await (await call(`${url}/api/health`)).text());
    return health.unheard;
  };
  expect(await ask(wall, "sound", { sound: "loud" })).toEqual({ ok: false });
  for (const sound of ["blocked", "off", "heard"]) {
    expect(await ask(wall, "sound", { sound })).toEqual({ ok: true });
    const count = (of: string) => (sound === of ? 1 : 0);
    expect(await looks()).toEqual({ off: count("off"), blocked: count("blocked") });
  }
  await ask(wall, "sound", { sound: "blocked" });
  wall.disconnect();
  await expect.poll(looks).toEqual({ off: 0, blocked: 0 });
});

it("sends nothing more to a display that watches no longer", async () => {
  const { server, read } = await startedServer();
  const display = await connect(server.url);
  const frames = new Frames(display);
  await ask(display, "watch", { board: "all" });
  display.emit("unwatch", { board: "all" });
  await ask(display, "time");
  await read({ bay: "1", hr: 70 });
  await ask(display, "time");
  expect(frames.all).toEqual([]);
});

it("sends a board's display what happens in its bays only", async () => {
  const { server, read, putBoard } = await startedServer();
  await putBoard("east", ["3", "1"]);
  const display = await connect(server.url);
  const frames = new Frames(display);
  expect(snapshotOf(await ask(display, "watch", { board: "east" })).rows.map((row) => row.bay)).toEqual(["3", "1"]);
  await read({ bay: "2", hr: 70 });
  await read({ bay: "1", hr: 71 });
  const frame = await frames.until(() => true);
  expect(frame.rows.map((row) => row.bay)).toEqual(["1"]);
  expect(await ask(display, "watch", { board: "west" })).toMatchObject({ ok: false, code: "unknown-board" });
});

it("lets a display notice that its board was changed while it watches", async () => {
  const { server, read, act, putBoard } = await startedServer();
  await putBoard("east", ["1", "2"]);
  await act("1", ...toInfusion("s1"));
  const display = await connect(server.url);
  const frames = new Frames(display);
  await ask(display, "watch", { board: "east" });
  await putBoard("east", ["2", "1"]);
  await read({ bay: "1", sbp: 190 });
  await ask(display, "time");
  expect(frames.all.length).toBeGreaterThan(0);
});

it("tells its clock", async () => {
  const { clock, server } = await startedServer();
  const display = await connect(server.url);
  expect(await ask(display, "time")).toBe(NINE_O_CLOCK);
  clock.advance(1_234);
  expect(await ask(display, "time")).toBe(NINE_O_CLOCK + 1_234);
});

it("rebuilds trends after a restart", async () => {
  const { clock, server, read, act, options } = await startedServer();
  await act("1", ...toInfusion("s1"));
  for (let i = 0; i < 4; i++) {
    await read({ bay: "1", hr: 70 + i, spo2: 98 });
    clock.advance(5_000);
  }
  const before = snapshotOf(await ask(await connect(server.url), "watch", {}));
  await server.close();
  const second = closing(await startServer({ ...options, epoch: "second-start" }));
  const after = snapshotOf(await ask(await connect(second.url), "watch", {}));
  expect(after.trends).toEqual(before.trends);
  expect(after.trends[0]?.buckets.length).toBeGreaterThanOrEqual(4);
});

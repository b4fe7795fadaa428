/** Commands, boards and health over real sockets and HTTP. */
import { expect, it, onTestFinished } from "vitest";
import { startServer } from "./app.ts";
import {
  ask,
  call,
  closing,
  connect,
  durableInputs,
  FakeClock,
  failWrites,
  inJournal,
  openSession,
  postJson,
  recordBaseline,
  serverOptions,
  toInfusion,
} from "./testing/index.ts";

async function startedServer() {
  const clock = new FakeClock();
  const options = serverOptions(clock);
  const server = closing(await startServer(options));
  const get = async (path: string) => JSON.parse(await (await call(`${server.url}${path}`)).text());
  const send = (bay: string, id: string, document: unknown) =>
    postJson(`${server.url}/api/bays/${encodeURIComponent(bay)}/commands`, { id, command: document });
  const putBoard = (id: string, body: unknown) =>
    call(`${server.url}/api/boards/${encodeURIComponent(id)}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return { clock, server, get, send, putBoard, dataDir: options.config.dataDir };
}

it("carries out a command by socket and answers when it is durable", async () => {
  const { server, get, dataDir } = await startedServer();
  const display = await connect(server.url);
  for (const [i, document] of toInfusion("s1").entries()) {
    const request = { id: `c${i}`, bay: "1", command: document };
    expect(await ask(display, "command", request)).toEqual({ ok: true, seq: i + 1 });
    expect(durableInputs(dataDir)).toHaveLength(i + 1);
  }
  expect((await get("/api/bays")).bays[0].row).toMatchObject({ phase: "infusing", sessionId: "s1", initials: "AB" });
});

it("takes no more of a patient to a wall than initials: what is none is refused in words and kept nowhere", async () => {
  const { server, send, dataDir } = await startedServer();
  const socket = await connect(server.url);
  const session = { type: "open-session", sessionId: "s1" };
  for (const initials of ["MariaWeb", "Weber", "<s>", "4711", "M W 1970"]) {
    const command = { ...session, patient: { initials } };
    const refused = await ask(socket, "command", { id: initials, bay: "1", command });
    expect(refused).toMatchObject({
      ok: false,
      refused: "malformed",
      reason: expect.stringMatching(/one to four letters/),
    });
    expect((await send("1", `http ${initials}`, command)).status).toBe(422);
  }
  expect(durableInputs(dataDir)).toEqual([]);
  expect((await send("1", "right", { ...session, patient: { initials: "Ж. П." } })).status).toBe(200);
});

it("opens and shows a session that was kept when initials could be any eight letters", async () => {
  const { server, send, dataDir, clock } = await startedServer();
  expect((await send("1", "c1", openSession("s1"))).status).toBe(200);
  await server.close();
  inJournal(dataDir, "update input set command = replace(command, '\"AB\"', '\"MariaW1\"')");
  const second = closing(await startServer(serverOptions(clock, { dataDir })));
  const bays = JSON.parse(await (await call(`${second.url}/api/bays`)).text());
  expect(bays.bays[0].row).toMatchObject({ sessionId: "s1", initials: "MariaW1" });
});

it("carries a command out once, whether it comes by socket or HTTP", async () => {
  const { server, send, dataDir } = await startedServer();
  const display = await connect(server.url);
  const request = { id: "same", bay: "1", command: openSession("s1") };
  const first = await ask(display, "command", request);
  const again = await send("1", "same", openSession("s1"));
  expect([again.status, await again.json()]).toEqual([200, first]);
  expect(durableInputs(dataDir)).toEqual([1]);
});

it("refuses by socket with a code and a sentence", async () => {
  const { server } = await startedServer();
  const display = await connect(server.url);
  expect(await ask(display, "command", { id: "a", bay: "1", command: { type: "start-infusion" } })).toEqual({
    ok: false,
    refused: "no-session",
    reason: "No session is open at this bay. Open one first.",
  });
  expect(await ask(display, "command", { id: "b", bay: "77", command: { type: "start-infusion" } })).toEqual({
    ok: false,
    refused: "unknown-bay",
    reason: 'There is no bay "77".',
  });
  const malformed = { ok: false, refused: "malformed", reason: expect.stringContaining("seconds") };
  expect(
    await ask(display, "command", { id: "c", bay: "1", command: { type: "pause-audio", seconds: 3_600 } }),
  ).toEqual(malformed);
});

it.each<[string, unknown, number, string]>([
  ["a command that is not legal now", { id: "a", command: { type: "start-infusion" } }, 409, "no-session"],
  ["a command that is not known", { id: "a", command: { type: "dance" } }, 422, "malformed"],
  ["a command without id", { command: { type: "start-infusion" } }, 422, "malformed"],
  ["a list", [1, 2], 422, "malformed"],
  ["an audio pause of an hour", { id: "a", command: { type: "pause-audio", seconds: 3600 } }, 422, "malformed"],
  ["too much", { id: "a", note: "x".repeat(100_000) }, 413, "too-large"],
  ["bad JSON", "{", 400, "malformed"],
])("refuses over HTTP: %s", async (_what, body, status, code) => {
  const { server, dataDir } = await startedServer();
  const response = await postJson(`${server.url}/api/bays/1/commands`, body);
  expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ status, code })]);
  expect(durableInputs(dataDir)).toHaveLength(status === 409 ? 1 : 0);
});

it("takes the bay from the address, not from the body", async () => {
  const { server, get } = await startedServer();
  const body = { bay: "1", id: "a", command: openSession("s1") };
  expect((await postJson(`${server.url}/api/bays/2/commands`, body)).status).toBe(200);
  expect((await get("/api/bays")).bays.map(({ row }: { row: { phase: unknown } }) => row.phase)).toEqual([
    null,
    "preparation",
    null,
  ]);
});

it.each([
  ["/api/bays/77/commands", 404, "unknown-bay"],
  ["/api/bays/%3Cscript%3E/commands", 422, "malformed"],
  ["/api/bays/%E0%A4%A/commands", 400, "malformed"],
  ["/api/nothing", 404, "not-found"],
])("says that there is nothing at %s", async (path, status, code) => {
  const { server } = await startedServer();
  const response = await postJson(`${server.url}${path}`, { id: "a", command: openSession("s1") });
  expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
});

it("says over HTTP, and in its health, that it cannot keep anything, and recovers", async () => {
  const { clock, send, get, server, dataDir } = await startedServer();
  const mend = failWrites(dataDir);
  const refused = await send("1", "a", openSession("s1"));
  expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: "journal-failed" })]);
  expect((await call(`${server.url}/api/health`)).status).toBe(503);
  expect(await get("/api/health")).toMatchObject({ status: "failing", journal: { failing: true, pending: 1 } });
  mend();
  clock.advance(1_000);
  expect(await get("/api/health")).toMatchObject({ status: "ok", journal: { failing: false, pending: 0, lastSeq: 1 } });
  expect((await send("1", "a", openSession("s1"))).status).toBe(200);
});

it("tells its health in figures", async () => {
  const { clock, server, get, send } = await startedServer();
  const display = await connect(server.url);
  await ask(display, "time");
  await send("1", "a", openSession("s1"));
  expect(await get("/api/health")).toEqual({
    status: "ok",
    startedAt: clock.now(),
    bays: 3,
    openSessions: 1,
    displays: 1,
    unheard: { off: 0, blocked: 0 },
    journal: { lastSeq: 1, pending: 0, failing: false },
    readings: { accepted: 0, refused: {} },
    diverged: 0,
  });
});

it("keeps boards, and refuses those that cannot be", async () => {
  const { get, putBoard } = await startedServer();
  expect((await putBoard("east", { name: " East ", bays: ["3", "1"] })).status).toBe(204);
  expect(await get("/api/boards")).toEqual([
    { id: "all", name: "All bays" },
    { id: "east", name: "East" },
  ]);
  const refusals = [
    await putBoard("west", { name: "West", bays: ["77"] }),
    await putBoard("west", { name: "West", bays: ["1", "1"] }),
    await putBoard("west", { name: "", bays: ["1"] }),
    await putBoard("west", { name: "West", bays: [] }),
    await putBoard("<b>", { name: "West", bays: ["1"] }),
    await putBoard("all", { name: "Mine", bays: ["1"] }),
  ];
  expect(refusals.map((response) => response.status)).toEqual([422, 422, 422, 422, 422, 422]);
  expect(await get("/api/boards")).toHaveLength(2);
});

it("says in a problem of its own that a board cannot be kept", async () => {
  const { putBoard, dataDir } = await startedServer();
  onTestFinished(failWrites(dataDir, "board"));
  const response = await putBoard("east", { name: "East", bays: ["1"] });
  expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ code: "journal-failed" })]);
});

it("tells of one bay what its page needs: limits in force, the protocol's, and who switched off what", async () => {
  const { send, get } = await startedServer();
  await send("1", "a", openSession("s1"));
  await send("1", "b", { type: "set-limits", vital: "hr", limits: { high: { warning: { limit: 140 } } } });
  await send("1", "c", { type: "alarm-off", vital: "rr", reason: "no sensor" });
  await send("1", "d", { type: "pause-audio", seconds: 60 });
  expect(await get("/api/bays/1")).toMatchObject({
    id: "1",
    row: { phase: "preparation" },
    limits: { hr: { high: { warning: { limit: 140, priority: "medium" } } } },
    relative: [
      { vital: "sbp", riseOverBaseline: 0.3, limit: null },
      { vital: "dbp", riseOverBaseline: 0.3, limit: null },
    ],
    protocolRelative: [{ vital: "sbp" }, { vital: "dbp" }],
    cautions: [],
    protocolLimits: { hr: { high: { warning: { limit: 120 } } } },
    audioPause: { name: expect.any(String) },
    alarmsOff: [{ vital: "rr", reason: "no sensor" }],
  });
});

it("tells of one bay what a rise over its baseline comes to, and what to mind about its limits", async () => {
  const { send, get } = await startedServer();
  await send("1", "a", openSession("s1"));
  await send("1", "b", recordBaseline);
  const high = { warning: { limit: 110, delay: 60 }, critical: { limit: 130, delay: 5, offDelay: 5 } };
  const relative = [{ riseOverBaseline: 0.5 }];
  await send("1", "c", { type: "set-limits", vital: "hr", limits: { high }, relative });
  await send("1", "d", { type: "set-limits", vital: "dbp", limits: { high } });
  expect(await get("/api/bays/1")).toMatchObject({
    relative: [
      { vital: "sbp", riseOverBaseline: 0.3, limit: 156 },
      { vital: "hr", riseOverBaseline: 0.5, limit: 105 },
    ],
    cautions: [expect.stringMatching(/^HR high: .*10 s at most\.$/), expect.stringMatching(/^DBP high: /)],
  });
});

it("says that there is no such bay", async () => {
  const { get } = await startedServer();
  expect(await get("/api/bays/99")).toMatchObject({ status: 404, code: "unknown-bay" });
});

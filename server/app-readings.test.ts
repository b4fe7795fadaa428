/** Readings over real sockets and HTTP. */
import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  ask,
  call,
  closing,
  connect,
  cookieOf,
  durableInputs,
  FakeClock,
  heard,
  postJson,
  serverOptions,
} from "./testing/index.ts";

async function startedServer() {
  const clock = new FakeClock();
  const options = serverOptions(clock);
  const server = closing(await startServer(options));
  const post = (body: unknown, type?: string) => postJson(`${server.url}/api/readings`, body, type);
  const row = async (bay: string) => {
    const response = await call(`${server.url}/api/bays`);
    const { bays }: { bays: { id: string; row: { vitals: Record<string, { value: number | null }> } }[] } = JSON.parse(
      await response.text(),
    );
    return bays.find(({ id }) => id === bay)?.row;
  };
  return { clock, server, post, row, dataDir: options.config.dataDir };
}

it("takes a reading by socket and says so when asked", async () => {
  const { clock, server, row, dataDir } = await startedServer();
  const monitor = await connect(server.url, "/ingest");
  expect(await ask(monitor, "reading", { bay: "2", hr: 70, spo2: null })).toEqual({ accepted: 1, refused: [] });
  expect(await ask(monitor, "reading", [{ bay: "1", hr: 71 }, { bay: "77" }])).toMatchObject({
    accepted: 1,
    refused: [{ index: 1, code: "unknown-bay", field: "bay" }],
  });
  expect((await row("2"))?.vitals.hr?.value).toBe(70);
  clock.advance(250);
  expect(durableInputs(dataDir)).toEqual([1, 2]);
});

it("takes readings of a source that asks for no answer, and tells it only of what was refused", async () => {
  const { server, row } = await startedServer();
  const monitor = await connect(server.url, "/ingest");
  const refused = heard(monitor, "refused");
  monitor.emit("reading", { bay: "1", hr: 70 });
  monitor.emit("reading", { bay: "1", hr: -100 });
  expect(await refused).toMatchObject([{ index: 0, code: "out-of-range", field: "hr" }]);
  expect((await row("1"))?.vitals.hr?.value).toBe(70);
});

it("takes one reading, a list, and NDJSON over HTTP", async () => {
  const { post, row } = await startedServer();
  const replies = [
    await post({ bay: "1", hr: 70 }),
    await post([
      { bay: "1", spo2: 98 },
      { bay: "2", hr: 71 },
    ]),
    await post('{"bay":"3","hr":72}\n\n{"bay":"3","spo2":97}\n', "application/x-ndjson"),
    await post('{"bay":"3","rr":14}', "application/ndjson"),
    await post([]),
  ];
  expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200, 200]);
  expect(await Promise.all(replies.map((reply) => reply.json()))).toEqual(
    [1, 2, 2, 1, 0].map((accepted) => ({ accepted, refused: [] })),
  );
  expect((await row("3"))?.vitals).toMatchObject({ hr: { value: 72 }, spo2: { value: 97 }, rr: { value: 14 } });
});

it.each<[string, unknown, string, number, string]>([
  ["bad JSON", '{"bay":', "application/json", 400, "malformed"],
  ["JSON that is no object", '"hr=70"', "application/json", 400, "malformed"],
  ["another content type", "hr=70", "text/plain", 415, "malformed"],
  ["a form", "bay=1&hr=70", "application/x-www-form-urlencoded", 415, "malformed"],
  ["another character set", "{}", "application/json; charset=klingon", 415, "malformed"],
  ["a bay that is not there", { bay: "77", hr: 70 }, "application/json", 404, "unknown-bay"],
  ["a sentinel", { bay: "1", hr: 32_767 }, "application/json", 422, "out-of-range"],
  ["a clock far ahead", { bay: "1", measuredAt: "2099-01-01T00:00:00Z" }, "application/json", 422, "clock-ahead"],
  ["a line that is not JSON", '{"bay":"1"}\nhr=70', "application/x-ndjson", 422, "malformed"],
  ["a body of 2 MB", { bay: "1", note: "x".repeat(2_000_000) }, "application/json", 413, "too-large"],
  ["lines of 2 MB", "\n".repeat(2_000_000), "application/x-ndjson", 413, "too-large"],
])("refuses %s in plain words", async (_what, body, type, status, code) => {
  const { post } = await startedServer();
  const response = await post(body, type);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect([response.status, await response.json()]).toEqual([
    status,
    expect.objectContaining({ status, code, detail: expect.stringMatching(/\S+ \S+.*\.?/) }),
  ]);
  expect((await post({ bay: "1", hr: 70 })).status).toBe(200);
});

it("measures what a compressed body becomes, not what it was", async () => {
  const { server } = await startedServer();
  const bomb = gzipSync(JSON.stringify({ bay: "1", note: "x".repeat(5_000_000) }));
  expect(bomb.length).toBeLessThan(10_000);
  const response = await call(`${server.url}/api/readings`, {
    method: "POST",
    headers: { "content-type": "application/json", "content-encoding": "gzip" },
    body: new Uint8Array(bomb),
  });
  expect(response.status).toBe(413);
});

it("says which reading of a list was refused, and that the others were taken", async () => {
  const { post } = await startedServer();
  const response = await post([
    { bay: "1", hr: 70 },
    { bay: "1", spo2: 101 },
  ]);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    accepted: 1,
    detail: "Reading 1, spo2: SpO₂ must be a number from 0 to 100 %, or null for no valid value",
    refused: [{ index: 1, code: "out-of-range", field: "spo2" }],
  });
});

it("bounds who sends too fast, and tells it to wait", async () => {
  const { clock, post, server } = await startedServer();
  const flood = Array.from({ length: 1_000 }, () => ({ bay: "1", hr: 70 }));
  const response = await post(flood);
  expect([response.status, await response.json()]).toEqual([
    429,
    expect.objectContaining({ accepted: 401, code: "too-fast" }),
  ]);
  clock.advance(1_000);
  expect((await post({ bay: "1", hr: 70 })).status).toBe(200);
  const health = await call(`${server.url}/api/health`);
  expect(await health.json()).toMatchObject({ readings: { accepted: 402, refused: { "too-fast": 599 } } });
});

it("counts what it could not even read, and says how large a body may be", async () => {
  const { server, post } = await startedServer();
  await post('{"bay":', "application/json");
  await post("hr=70", "text/plain");
  expect(await (await post({ bay: "1", note: "x".repeat(2_000_000) })).json()).toMatchObject({
    detail: "The body is larger than 1 MB. Send less at once.",
  });
  const health = await call(`${server.url}/api/health`);
  expect(await health.json()).toMatchObject({ readings: { refused: { malformed: 2, "too-large": 1 } } });
});

it("names a refused line by its place among all lines", async () => {
  const { post } = await startedServer();
  const response = await post('{"bay":"1"}\n\n{"bay":"1","hr":-1}\n', "application/x-ndjson");
  expect(await response.json()).toMatchObject({
    detail: expect.stringMatching(/^Reading 2, hr/),
    refused: [{ index: 2 }],
  });
});

it("answers only its own pages and programs on this machine", async () => {
  const { server } = await startedServer();
  const { port } = new URL(server.url);
  const status = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/api/bays", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
  const cookie = await cookieOf(server.url);
  expect(await status({ cookie })).toBe(200);
  expect(await status({ cookie, origin: server.url })).toBe(200);
  expect(await status({ cookie, origin: "https://evil.example" })).toBe(403);
  expect(await status({ cookie, host: `evil.example:${port}` })).toBe(403);
});

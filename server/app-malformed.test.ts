/** What is malformed, hostile or too slow harms neither the connection nor the server. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect as connectTcp, type Socket as TcpSocket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { startServer } from "./app.ts";
import { ask, call, closing, connect, cookieOf, FakeClock, heard, postJson, serverOptions } from "./testing/index.ts";

async function startedServer(bays = 3) {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock, { bays })));
  return { clock, server };
}

let nested: unknown = null;
for (let depth = 0; depth < 5_000; depth++) nested = [nested];

const malformed: readonly [string, readonly unknown[]][] = [
  ["nothing", []],
  ["null", [null]],
  ["a number", [7]],
  ["text", ["bay 1"]],
  ["a list", [[1, [2], null, {}]]],
  ["bytes", [Buffer.from([0, 1, 2, 255])]],
  ["an object with names of the language", [JSON.parse('{"__proto__":{"ok":true},"constructor":1,"toString":null}')]],
  ["something nested 5 000 deep", [nested]],
  ["text of 100 000 letters", [{ board: "x".repeat(100_000), bay: "x".repeat(100_000) }]],
  ["an answer asked of something that is no function", [{}, "ack"]],
  ["much more than one message", [{}, {}, {}, {}]],
];

it.each(malformed)("survives every event with %s", async (_what, body) => {
  const { server } = await startedServer();
  const display = await connect(server.url);
  const monitor = await connect(server.url, "/ingest");
  for (const event of ["watch", "unwatch", "command", "time", "no-such-event"]) display.emit(event, ...body);
  for (const event of ["reading", "no-such-event"]) monitor.emit(event, ...body);
  expect(await ask(display, "time")).toBeTypeOf("number");
  expect(await ask(monitor, "reading", { bay: "1", hr: 70 })).toMatchObject({ accepted: 1 });
  expect(display.connected && monitor.connected).toBe(true);
});

it.each(malformed.slice(0, 9))("answers %s with what is wrong, when asked to", async (_what, body) => {
  const { server } = await startedServer();
  const display = await connect(server.url);
  const monitor = await connect(server.url, "/ingest");
  const message = body.length === 0 ? [undefined] : body;
  expect(await ask(display, "command", ...message)).toMatchObject({
    ok: false,
    refused: "malformed",
    reason: expect.stringMatching(/\w/),
  });
  expect(await ask(monitor, "reading", ...message)).toMatchObject({ accepted: 0 });
});

it.each([
  { board: 7 },
  { board: "<b>" },
  { resume: { epoch: "x" } },
  { resume: { epoch: "x", seq: -1 } },
  { resume: { epoch: "x", seq: 0.5 } },
  { resume: { epoch: "x".repeat(1_000), seq: 1 } },
  "all",
])("refuses to watch %j", async (body) => {
  const { server } = await startedServer();
  const display = await connect(server.url);
  expect(await ask(display, "watch", body)).toMatchObject({ ok: false, code: "malformed" });
});

it("hangs up on who sends more than a megabyte at once, and on nobody else", async () => {
  const { server } = await startedServer();
  const display = await connect(server.url);
  const monitor = await connect(server.url, "/ingest");
  const gone = heard(monitor, "disconnect");
  monitor.emit("reading", { bay: "1", note: "x".repeat(2_000_000) });
  await gone;
  const health = async () => (await call(`${server.url}/api/health`)).json();
  await expect.poll(health).toMatchObject({ readings: { refused: { "too-large": 1 } } });
  expect(await ask(display, "time")).toBeTypeOf("number");
});

it("counts what a monitor that polls sends too large, and hears it when it comes again", async () => {
  const { server } = await startedServer();
  const monitor = await connect(server.url, "/ingest", { transports: ["polling"] });
  monitor.emit("reading", { bay: "1", note: "x".repeat(2_000_000) });
  const health = async () => (await call(`${server.url}/api/health`)).json();
  await expect.poll(health).toMatchObject({ readings: { refused: { "too-large": 1 } } });
  const again = await connect(server.url, "/ingest", { transports: ["polling"] });
  expect(await ask(again, "reading", { bay: "1", hr: 70 })).toMatchObject({ accepted: 1 });
});

it.each([
  ["another site", { origin: "https://evil.example" }],
  ["another program on this machine", { origin: "http://localhost:3000" }],
  ["a name bound to this machine", { host: "evil.example" }],
])("refuses the socket of a page of %s", async (_who, extraHeaders) => {
  const { server } = await startedServer();
  await expect(connect(server.url, "/", { extraHeaders })).rejects.toThrow();
  await expect(connect(server.url, "/ingest", { extraHeaders })).rejects.toThrow();
  await connect(server.url, "/", { extraHeaders: { origin: server.url } });
});

/** A display that speaks the websocket by hand, so that it can stop reading. */
async function rawDisplay(url: string): Promise<{ socket: TcpSocket; send: (packet: string) => void }> {
  const { port, host } = new URL(url);
  const socket = connectTcp(Number(port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: ${host}\r\ncookie: ${await cookieOf(url)}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
      `sec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
  );
  await once(socket, "data");
  const send = (packet: string) => {
    const body = Buffer.from(packet);
    // Text, final, masked with zeros.
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | body.length, 0, 0, 0, 0]), body]));
  };
  return { socket, send };
}

it.each([
  ["an unfinished packet", '42["watch"'],
  ["a packet of no type", "4zzz"],
  ["an event without a name", "42[]"],
  ["a reserved name", '42["disconnect"]'],
  ["an answer to nothing", "4399999[]"],
])("hangs up, at worst, on who speaks the protocol wrongly: %s", async (_what, packet) => {
  const { server } = await startedServer();
  const other = await connect(server.url);
  const { send } = await rawDisplay(server.url);
  send("40");
  send(packet);
  send('42["time"]');
  expect(await ask(other, "time")).toBeTypeOf("number");
  expect((await call(`${server.url}/api/health`)).status).toBe(200);
});

it("cuts off a display that does not take what it is sent, before it fills the memory", async () => {
  const bays = 64;
  const { clock, server } = await startedServer(bays);
  const { socket, send } = await rawDisplay(server.url);
  send("40");
  await once(socket, "data");
  socket.pause();
  send('42["watch",{}]');
  const displays = async () => {
    const health: { displays: number } = JSON.parse(await (await call(`${server.url}/api/health`)).text());
    return health.displays;
  };
  expect(await displays()).toBe(1);
  // Two readings of each bay make a frame of 64 whole rows.
  const busy = Array.from({ length: 2 * bays }, (_, i) => ({ bay: String((i % bays) + 1), hr: 60 + (i % 40) }));
  let frames = 0;
  while (frames < 2_000 && (await displays()) > 0) {
    for (let i = 0; i < 50; i++, frames++) {
      await postJson(`${server.url}/api/readings`, busy);
      clock.advance(100);
    }
  }
  expect(await displays()).toBe(0);
});

/** Starting and stopping: what is kept, what is freed, what is said when it cannot be. */
import { once } from "node:events";
import { connect as connectTcp, createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { ListenError, startServer } from "./app.ts";
import { DataDirectoryError } from "./journal/index.ts";
import {
  ask,
  bayId,
  call,
  closing,
  commandInput,
  connect,
  cookieOf,
  durableInputs,
  FakeClock,
  heard,
  inJournal,
  NINE_O_CLOCK,
  openSession,
  reading,
  serverOptions,
  temporaryDirectory,
  toInfusion,
} from "./testing/index.ts";

it("keeps everything when it stops, says goodbye, and frees port and directory", async () => {
  const clock = new FakeClock();
  const options = serverOptions(clock);
  const server = closing(await startServer(options));
  const display = await connect(server.url);
  const monitor = await connect(server.url, "/ingest");
  await ask(display, "watch", {});
  await ask(display, "command", { id: "c1", bay: "1", command: openSession("s1") });
  await ask(monitor, "reading", { bay: "1", hr: 70 });
  const goodbyes = Promise.all([heard(display, "disconnect"), heard(monitor, "disconnect")]);
  await Promise.all([server.close(), server.close()]);
  await goodbyes;
  expect(durableInputs(options.config.dataDir)).toEqual([1, 2]);
  // What was armed for later finds nothing to do.
  expect(() => clock.advance(3_600_000)).not.toThrow();
  const port = Number(new URL(server.url).port);
  const again = closing(await startServer({ ...options, config: { ...options.config, port } }));
  expect(again.url).toBe(server.url);
  const health: unknown = JSON.parse(await (await call(`${again.url}/api/health`)).text());
  expect(health).toMatchObject({ openSessions: 1, diverged: 0, journal: { lastSeq: 2 } });
});

it("stops in time although somebody sends a request that never ends", async () => {
  const server = closing(await startServer(serverOptions(new FakeClock())));
  const slow = connectTcp(Number(new URL(server.url).port), "127.0.0.1");
  onTestFinished(() => void slow.destroy());
  slow.on("error", () => undefined);
  await once(slow, "connect");
  slow.write(
    "POST /api/readings HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
  );
  // The server has read what there is when it answers somebody who asked later.
  await call(`${server.url}/api/health`);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(() => resolve("it still waits after 20 s"), 20_000);
  });
  const outcome = await Promise.race([server.close().then(() => "stopped"), patience]);
  clearTimeout(timer);
  slow.destroy();
  expect(outcome).toBe("stopped");
});

it("says in a sentence that the port is taken, and holds nothing after it", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const clock = new FakeClock();
  const options = serverOptions(clock, { port });
  const start = startServer(options);
  await expect(start).rejects.toThrow(ListenError);
  await expect(start).rejects.toThrow(
    `Port ${port} is taken: another program, or another Vigil, listens there. Stop it, or choose another with PORT.`,
  );
  expect(clock.waiting).toBe(0);
  closing(await startServer({ ...options, config: { ...options.config, port: 0 } }));
});

it("says in a sentence that it cannot listen at an address that is not this machine's", async () => {
  const options = serverOptions(new FakeClock());
  const elsewhere = { ...options, config: { ...options.config, host: "192.0.2.1" } };
  await expect(startServer(elsewhere)).rejects.toThrow(/^There is nobody yet who could be kept out or let in, /);
  const first = closing(await startServer(options));
  await cookieOf(first.url);
  await first.close();
  const start = startServer(elsewhere);
  await expect(start).rejects.toThrow(/^The server cannot listen on 192\.0\.2\.1:0: .+\.$/);
});

it("does not start on a directory that another server holds", async () => {
  const options = serverOptions(new FakeClock());
  closing(await startServer(options));
  await expect(startServer(options)).rejects.toThrow(DataDirectoryError);
});

it("says in a sentence that the journal holds what it cannot read, and lets the directory go", async () => {
  const options = serverOptions(new FakeClock());
  const first = closing(await startServer(options));
  const display = await connect(first.url);
  await ask(display, "command", { id: "c1", bay: "1", command: openSession("s1") });
  await first.close();
  const { dataDir } = options.config;
  const [sound] = inJournal(dataDir, "select command from input where seq = 1");
  inJournal(dataDir, "update input set command = '{}' where seq = 1");
  const damaged = await startServer(options).then(
    () => null,
    (error: unknown) => error,
  );
  inJournal(dataDir, "update input set command = ? where seq = 1", String(sound?.command));
  // Mended, the directory can be used again: nobody holds it.
  closing(await startServer(options));
  expect(damaged).toBeInstanceOf(DataDirectoryError);
});

it("begins with the bays it is told of, and keeps to those it has", async () => {
  const dataDir = temporaryDirectory();
  const first = await startServer(serverOptions(new FakeClock(), { dataDir, bays: 5 }));
  await first.close();
  const second = closing(await startServer(serverOptions(new FakeClock(), { dataDir, bays: 2 })));
  const { bays }: { bays: unknown[] } = JSON.parse(await (await call(`${second.url}/api/bays`)).text());
  expect(bays).toHaveLength(5);
});

it("is new until something happened, and takes a history", async () => {
  const options = serverOptions(new FakeClock());
  const server = await startServer(options);
  expect(server.isNew).toBe(true);
  const start = NINE_O_CLOCK - 60_000;
  const commands = toInfusion("s1").map((document, i) => commandInput(start + i, `past-${i}`, document));
  server.backfill([{ bay: bayId("2"), inputs: [...commands, reading(start + 5_000, { hr: 70 })] }]);
  expect(durableInputs(options.config.dataDir)).toEqual([1, 2, 3, 4]);
  await server.close();
  const again = closing(await startServer(options));
  expect(again.isNew).toBe(false);
});

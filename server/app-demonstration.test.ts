/** A demonstration lets everybody in: it and a clinic's data never meet. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import { DataDirectoryError } from "./journal/index.ts";
import { closing, FakeClock, inJournal, nurse, postJson, serverOptions, temporaryDirectory } from "./testing/index.ts";

const clock = new FakeClock();

async function start(dataDir: string, demo: boolean) {
  const { config, ...rest } = serverOptions(clock, { dataDir });
  return closing(await startServer({ ...rest, config: { ...config, demo } }));
}

/** What whoever starts it reads. */
async function complaint(dataDir: string, demo: boolean): Promise<string> {
  try {
    await start(dataDir, demo);
  } catch (error) {
    if (error instanceof DataDirectoryError) return error.message;
    throw error;
  }
  throw new Error("it started");
}

const CLINIC =
  /^The data in \S+ are a clinic's\. .*Set VIGIL_DEMO=0, or choose another directory .* with VIGIL_DATA\.$/;
const DEMONSTRATION = /^The data in \S+ are a demonstration's: .*Choose another directory .* with VIGIL_DATA, or set/;

const click = (url: string) =>
  fetch(`${url}/api/sign-in/demonstration`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ role: "supervisor" }),
  });

/** As an earlier version left it. */
function unmark(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, "journal.sqlite"));
  database.exec("delete from purpose");
  database.close();
}

it("does not start over a clinic's data, from the first start on, and leaves them alone", async () => {
  const dataDir = temporaryDirectory();
  await (await start(dataDir, false)).close();
  expect(await complaint(dataDir, true)).toMatch(CLINIC);
  expect(inJournal(dataDir, "select count(*) as n from audit where action = 'server-start'")[0]?.n).toBe(1);
  await (await start(dataDir, false)).close();
});

it("is not taken for a clinic", async () => {
  const dataDir = temporaryDirectory();
  await (await start(dataDir, true)).close();
  expect(await complaint(dataDir, false)).toMatch(DEMONSTRATION);
  await (await start(dataDir, true)).close();
});

it("lets nobody in by a click where it is none", async () => {
  const server = await start(temporaryDirectory(), false);
  const response = await click(server.url);
  expect([response.status, response.headers.getSetCookie()]).toEqual([404, []]);
  expect((await fetch(`${server.url}/api/bays`)).status).toBe(401);
});

it("knows by its people what a directory of an earlier version is", async () => {
  const clinic = temporaryDirectory();
  const first = await start(clinic, false);
  await first.people.openSession(nurse);
  await first.close();
  unmark(clinic);
  // The demonstration was started over it before this was watched.
  writeFileSync(join(clinic, "demonstration.key"), "");
  expect(await complaint(clinic, true)).toMatch(CLINIC);

  const demonstration = temporaryDirectory();
  const second = await start(demonstration, true);
  expect((await click(second.url)).status).toBe(204);
  await second.close();
  unmark(demonstration);
  expect(await complaint(demonstration, false)).toMatch(DEMONSTRATION);
  await (await start(demonstration, true)).close();
});

it("takes a directory of an earlier version in which nobody was for a clinic's, unless the demonstration left its key", async () => {
  const dataDir = temporaryDirectory();
  const first = await start(dataDir, true);
  expect((await postJson(`${first.url}/api/readings`, { bay: "1", hr: 70 })).status).toBe(200);
  await first.close();
  unmark(dataDir);
  writeFileSync(join(dataDir, "demonstration.key"), "");
  expect(await complaint(dataDir, false)).toMatch(DEMONSTRATION);
  rmSync(join(dataDir, "demonstration.key"));
  expect(await complaint(dataDir, true)).toMatch(CLINIC);
});

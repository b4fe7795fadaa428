/** A copy taken while everybody works is whole: every act that was confirmed before it began is in it, and it starts. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkAudit } from "@vigil/server/journal";
import { expect, it, onTestFinished } from "vitest";
import { asBench } from "../badges.ts";
import { chanceFrom } from "./chance.ts";
import { startChild } from "./child-server.ts";
import { readJournal } from "./kept.ts";
import { sendCommand, workUntilDeath } from "./load.ts";

const VIGIL = fileURLToPath(new URL("../../vigil.ts", import.meta.url));

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), "vigil-backup-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function vigil(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [VIGIL, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (err += text));
  const [code] = await once(child, "close");
  return { code, out, err };
}

it("a backup under load restores to a server that has every confirmed act, an alarm log, and a whole audit", async () => {
  const dataDir = folder();
  const away = folder();
  const server = await startChild(dataDir);
  const chance = chanceFrom(20_260_302);
  const working = workUntilDeath(server, "load", chance);
  const count = (sql: string) => Number(readJournal(dataDir, `select count(*) as n from ${sql}`)[0]?.n);
  const RAISED = "event where type = 'alarm' and json_extract(body, '$.change') = 'raised'";
  // The ward is in full swing: people act, and alarms are raised.
  await expect.poll(() => count("input where command_id is not null")).toBeGreaterThan(20);
  await expect.poll(() => count(RAISED)).toBeGreaterThan(0);
  const before = readJournal(dataDir, "select command_id as id from input where command_id is not null");
  const file = join(away, "copy.sqlite");
  const taken = await vigil("backup", file, "--data", dataDir);
  expect([taken.code, taken.err]).toEqual([0, ""]);
  // Nobody had to stop for it.
  const during = count("input");
  await expect.poll(() => count("input")).toBeGreaterThan(during);
  await server.kill();
  const { confirmed } = await working;

  const restored = join(away, "restored");
  expect(await vigil("restore", file, "--data", restored)).toMatchObject({ code: 0, err: "" });
  const verified = await vigil("audit", "verify", restored, "--checkpoint", `${file}.json`);
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining("entries, whole")]);

  const again = await startChild(restored);
  const kept = new Set(before.map(({ id }) => id));
  for (const { status, answer, ...sent } of confirmed.filter(({ body }) => kept.has(body.id))) {
    expect(await sendCommand(again, sent)).toEqual({ status, answer });
  }
  const log = await (await fetch(`${again.url}/api/alerts`, { headers: { cookie: again.badges.supervisor } })).json();
  expect(log).toMatchObject({ total: expect.any(Number) });
  const [{ n } = { n: 0 }] = readJournal(restored, `select count(*) as n from ${RAISED}`);
  expect(readJournal(restored, "select count(*) as n from episode")[0]?.n).toBe(n);
  expect(Number(n)).toBeGreaterThan(0);
  expect(
    (await (await fetch(`${again.url}/api/health`, { headers: asBench(again.badges) })).json()) as unknown,
  ).toMatchObject({ diverged: 0 });
  const inUse = await vigil("people", "reset", "--data", restored);
  expect([inUse.code, inUse.out, inUse.err]).toEqual([
    1,
    "",
    expect.stringContaining("in use by another Vigil server"),
  ]);
  await again.kill();
  expect(await vigil("people", "reset", "--data", restored)).toMatchObject({
    ...{ code: 0, err: "", out: expect.stringContaining("Start the server again") },
  });
  expect(checkAudit(restored).faults).toEqual([]);

  // Somebody meddles with it, and wants a checkpoint that says it is good.
  readJournal(restored, "drop trigger audit_no_update");
  readJournal(restored, "update audit set came_from = 'nowhere' where seq = 2 returning seq");
  const meddled = await vigil("audit", "verify", restored, "--checkpoint", `${file}.json`);
  expect([meddled.code, meddled.out]).toEqual([1, "Entry 2 was changed after it was written.\n"]);
  expect(await vigil("audit", "checkpoint", join(away, "point.json"), "--data", restored)).toMatchObject({ code: 1 });

  // What comes back not whole, or without its manifest, comes back with these words and no other.
  const second = join(away, "second.sqlite");
  await vigil("backup", second, "--data", restored);
  rmSync(`${second}.json`);
  const back = await vigil("restore", second, "--data", join(away, "again"));
  expect(back).toMatchObject({ code: 1, out: expect.stringContaining("Restored") });
  expect(back.err).toContain("Entry 2 was changed");
  expect(back.err).toContain("second.sqlite.json is missing: nobody can tell");
});

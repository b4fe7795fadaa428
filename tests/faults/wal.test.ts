/** A journal whose last bytes never reached the disk: everything before them is there. */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startChild } from "./child-server.ts";
import { readJournal } from "./kept.ts";
import { fetchRows, type Sent, sendCommand } from "./load.ts";

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "vigil-wal-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const sent = (id: string, command: unknown): Sent => ({
  bay: "1",
  body: { id, command },
});

const commands = [
  sent("c1", {
    type: "open-session",
    sessionId: "s1",
    patient: { initials: "AB", weightKg: 70 },
    protocol: { startChecks: [] },
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
  }),
  sent("c2", { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } }),
  sent("c3", { type: "start-infusion" }),
  sent("c4", { type: "pause-infusion", reason: "nausea" }),
];

/** A directory as kill -9 leaves it after four confirmed commands; the last commit is at the end of its -wal. */
async function killedDirectory(): Promise<string> {
  const dataDir = temporaryDirectory();
  const server = await startChild(dataDir);
  for (const command of commands) expect(await sendCommand(server, command)).toMatchObject({ status: 200 });
  await server.kill();
  return dataDir;
}

/** Each takes the last commit, and nothing else. */
const damages: readonly [string, (wal: string) => void][] = [
  ["its last byte is cut off", (wal) => truncateSync(wal, statSync(wal).size - 1)],
  ["half of its last page is cut off", (wal) => truncateSync(wal, statSync(wal).size - 2_000)],
  [
    "its last bytes are garbage",
    (wal) => {
      const bytes = readFileSync(wal);
      bytes.fill(0xa5, bytes.length - 500);
      writeFileSync(wal, bytes);
    },
  ],
];

it("starts without losing an earlier commit, however the tail of the journal was damaged", async () => {
  const dataDir = await killedDirectory();
  for (const [what, damage] of damages) {
    const copy = temporaryDirectory();
    cpSync(dataDir, copy, { recursive: true });
    // What lies beside the -wal is rebuilt from it.
    rmSync(join(copy, "journal.sqlite-shm"), { force: true });
    damage(join(copy, "journal.sqlite-wal"));
    const server = await startChild(copy);
    const [row] = await fetchRows(server);
    expect(row, what).toMatchObject({ sessionId: "s1", phase: "infusing", ranMs: 0 });
    expect(readJournal(copy, "select seq, command_id from input order by seq"), what).toEqual([
      { seq: 1, command_id: "c1" },
      { seq: 2, command_id: "c2" },
      { seq: 3, command_id: "c3" },
    ]);
    // The lost command, sent again, is carried out as if for the first time.
    expect(await sendCommand(server, commands[3]!), what).toEqual({ status: 200, answer: { ok: true, seq: 4 } });
    expect((await fetchRows(server))[0], what).toMatchObject({ phase: "paused" });
    await server.kill();
  }
});

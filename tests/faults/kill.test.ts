/** kill -9 at any moment loses nothing that was confirmed or shown. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { asBench } from "../badges.ts";
import { chanceFrom } from "./chance.ts";
import { type ChildServer, startChild } from "./child-server.ts";
import { keptAlarmEvents, readJournal, standingAfter } from "./kept.ts";
import { type Confirmed, fetchRows, sendCommand, sessionFacts, type Witness, workUntilDeath } from "./load.ts";

const ROUNDS = 6;
const SEED = 20_260_302;

async function expectNothingLost(
  server: ChildServer,
  dataDir: string,
  witness: Witness,
  answered: readonly Confirmed[],
) {
  const rows = await fetchRows(server);
  const health: { diverged: number; journal: { lastSeq: number } } = JSON.parse(
    await (await fetch(`${server.url}/api/health`, { headers: asBench(server.badges) })).text(),
  );
  expect(health.diverged).toBe(0);
  expect(health.journal.lastSeq).toBeGreaterThanOrEqual(Math.max(0, ...answered.map(({ answer }) => answer.seq ?? 0)));

  // Phase, elapsed, countdown: as they were after the last confirmed command of each bay.
  for (const row of rows) {
    if (row.bay !== witness.underWay?.bay) expect(sessionFacts(row)).toEqual(witness.facts.get(row.bay));
  }

  // Every alarm that was shown is kept, and what stands is what the record says, raised when it says.
  const kept = keptAlarmEvents(dataDir);
  // Who acknowledged is kept, and shown on no wall.
  const told = new Set(kept.map(({ bay, event: { by: _by, ...shown } }) => JSON.stringify([bay, shown])));
  expect(witness.alarms.filter(({ bay, event }) => !told.has(JSON.stringify([bay, event])))).toEqual([]);
  const standing = rows.flatMap(({ bay, alarms }) =>
    alarms.filter(({ kind }) => kind === "physiological").map(({ id, raisedAt }) => `${bay} ${id} ${raisedAt}`),
  );
  expect(standing.sort()).toEqual(standingAfter(dataDir));

  // Every confirmed command is known and gets its first answer again; nothing is carried out twice.
  for (const { status, answer, ...sent } of answered)
    expect(await sendCommand(server, sent)).toEqual({ status, answer });
  const after = await fetchRows(server);
  expect(after.map(sessionFacts)).toEqual(rows.map(sessionFacts));
  return standing.length;
}

/** Until alarms were raised, and people have done so much that most bays have their sessions. */
async function isBusy(dataDir: string): Promise<void> {
  await expect.poll(() => keptAlarmEvents(dataDir).length).toBeGreaterThan(5);
  const done = () => readJournal(dataDir, "select id from event where type = 'act'").length;
  await expect.poll(done).toBeGreaterThan(20);
}

it(`loses nothing that was confirmed or shown in ${ROUNDS} kills at random moments under load`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "vigil-kill-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const chance = chanceFrom(SEED);
  const confirmed: Confirmed[] = [];
  const readyMs: number[] = [];
  let seen = 0;
  let stood = 0;
  let server = await startChild(dataDir);
  for (let round = 1; round <= ROUNDS; round++) {
    const working = workUntilDeath(server, `round-${round}`, chance);
    // In the first round people and monitors come to work; then the kill comes at any moment.
    if (round === 1) await isBusy(dataDir);
    await wait(200 + chance.below(700));
    await server.kill();
    const witness = await working;
    confirmed.push(...witness.confirmed);
    seen += witness.alarms.length;
    server = await startChild(dataDir);
    readyMs.push(server.readyMs);
    stood += await expectNothingLost(server, dataDir, witness, round === ROUNDS ? confirmed : witness.confirmed);
  }
  // The rounds have tried what they are for.
  expect(confirmed.length).toBeGreaterThan(50);
  expect([seen > 20, stood > 0]).toEqual([true, true]);
  console.info(
    `kill -9: ${confirmed.length} confirmed commands, ${seen} alarm events; ready after ${readyMs.join(", ")} ms`,
  );
});

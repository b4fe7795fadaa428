/** What a simulated pump is set to is what people entered: over a real server and real sockets. */
import { startServer } from "@vigil/server";
import { closing, FakeClock, postJson, serverOptions } from "@vigil/server/testing";
import { bayIdSchema } from "@vigil/shared/ids";
import { type BayFacts, openLink } from "@vigil/simulators/link";
import { expect, it, onTestFinished } from "vitest";

const BAY = bayIdSchema.parse("1");
const MIN = 60_000;

it("tells the bedside the entered dose, a new rate, a bolus and its undoing, also after the link was lost", async () => {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock, { bays: 1 })));
  const key = server.people.openKey({ kind: "bench", name: "Simulators", bays: null });
  let sent = 0;
  const does = async (command: object): Promise<string> => {
    const id = `act-${++sent}`;
    const response = await postJson(`${server.url}/api/bays/1/commands`, { id, command });
    expect(response.status).toBe(200);
    return id;
  };
  const seen: { row: BayFacts | undefined } = { row: undefined };
  const watch = () => {
    const link = openLink({ url: server.url, key }, { connected: () => {}, lost: () => {} });
    const unwatch = link.watch({
      bays: ({ rows }) => {
        seen.row = rows.get(BAY);
      },
      lost: () => {
        seen.row = undefined;
      },
    });
    const stop = () => {
      unwatch();
      link.close();
    };
    onTestFinished(stop);
    return stop;
  };
  const drug = () => {
    // Frames wait for the server's clock.
    clock.advance(100);
    return seen.row?.drug ?? null;
  };
  const stop = watch();
  await expect.poll(() => seen.row?.phase).toBe(null);
  const plan = { drug: "ketamine", doseMgPerKg: 1, plannedMin: 30, concentrationMgPerMl: 2, bagVolumeMl: 100 };
  await does({
    type: "open-session",
    sessionId: "s1",
    patient: { initials: "AB", weightKg: 80 },
    plan,
    protocol: { startChecks: [] },
  });
  await does({ type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } });
  expect(drug()).toBeNull();
  await does({ type: "start-infusion" });
  await expect.poll(() => drug()?.rateMgPerKgPerMin).toBeCloseTo(1 / 30, 6);
  expect(drug()?.boundMgPerKg).toBeCloseTo(1, 6);
  await does({ type: "change-rate", rateMlPerH: 40 });
  await expect.poll(() => drug()?.rateMgPerKgPerMin).toBeCloseTo((40 * 2) / 60 / 80, 6);
  const slip = await does({ type: "give-medication", medication: { kind: "bolus", mg: 8 } });
  await expect.poll(() => drug()?.given.boluses).toMatchObject([{ mgPerKg: 0.1 }]);
  await does({ type: "undo-act", act: slip });
  await expect.poll(() => drug()?.given.boluses).toEqual([]);
  await does({ type: "pause-infusion", reason: "pressure" });
  stop();
  clock.advance(10 * MIN);
  seen.row = undefined;
  watch();
  await expect.poll(() => seen.row?.phase).toBe("paused");
  // Known at once, with what ran before.
  const { runs = [] } = drug()?.given ?? {};
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.at(-1)?.to).not.toBeNull();
});

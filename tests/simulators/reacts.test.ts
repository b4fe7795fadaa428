/** The simulated patient follows what people do in a browser: a real server, real sockets, a clock that is handed in. */
import { startServer } from "@vigil/server";
import { ask, call, closing, connect, FakeClock, serverOptions } from "@vigil/server/testing";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";
import { liveOn, newBedside, nurseOfPlace } from "@vigil/simulators/bedside";
import { openLink } from "@vigil/simulators/link";
import { parseScenario } from "@vigil/simulators/scenario";
import { expect, it, onTestFinished } from "vitest";

/** The drug alone moves this heart, by more than twenty beats. */
const RESPONDER = parseScenario(
  "responder.yaml",
  "says: a heart that races with the drug\npatient: { heartRate: 0, heartResponse: 2.5, pressorResponse: 0 }\n",
);
const SPEED = 30;

async function ward() {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock, { bays: 2 })));
  const ends = new AbortController();
  const underway = { readings: 0, acts: 0 };
  const said: string[] = [];
  const bedsides = ["1", "2"].map((id, place) => ({
    bedside: newBedside({
      bay: bayIdSchema.parse(id),
      seed: 8,
      protocol: protocolSchema.parse({}),
      pace: { preparationMin: [2, 3], turnoverMin: [0.2, 0.4] },
      scenarioFor: () => RESPONDER,
    }),
    by: nurseOfPlace(place),
  }));
  const key = server.people.openKey({ kind: "bench", name: "Simulators", bays: null });
  const connected = Promise.withResolvers<void>();
  const ended = liveOn({
    link: openLink({ url: server.url, key }, { connected: () => connected.resolve(), lost: () => {} }),
    bedsides,
    clock,
    speed: SPEED,
    signal: ends.signal,
    listener: {
      says: (message) => said.push(message),
      step: (_bay, _at, { messages, act }) => {
        underway.readings += messages.length;
        underway.acts += act === null ? 0 : 1;
      },
      readings: (accepted, refused) => {
        underway.readings -= accepted + refused.length;
        said.push(...refused);
      },
      act: () => {
        underway.acts -= 1;
      },
    },
  });
  onTestFinished(async () => {
    ends.abort();
    await ended;
  });
  await connected.promise;

  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** One second of the server, and everything that was sent in it answered. */
  async function second(): Promise<void> {
    clock.advance(1000);
    do await turn();
    while (underway.readings > 0 || underway.acts > 0);
  }
  async function minutes(simulated: number): Promise<void> {
    for (let i = 0; i < (simulated * 60) / SPEED; i += 1) await second();
  }
  async function row(bay: string): Promise<{ phase: string | null; vitals: { hr: { value: number } } }> {
    const { bays } = JSON.parse(await (await call(`${server.url}/api/bays`)).text());
    return bays.find(({ id }: { id: string }) => id === bay).row;
  }
  /** Over one and a half simulated minutes: a heart wavers. */
  async function heartRate(bay: string): Promise<number> {
    let sum = 0;
    for (let i = 0; i < 6; i += 1) {
      await second();
      sum += (await row(bay)).vitals.hr.value;
    }
    return sum / 6;
  }
  const browser = await connect(server.url);
  let commands = 0;
  async function someoneDoes(bay: string, command: Command): Promise<void> {
    commands += 1;
    expect(await ask(browser, "command", { id: `browser-${commands}`, bay, command })).toMatchObject({ ok: true });
  }
  return { said, minutes, second, row, heartRate, someoneDoes };
}

it("comes down when a nurse pauses the infusion in the browser, and goes up again when she resumes", async () => {
  const { said, minutes, second, row, heartRate, someoneDoes } = await ward();
  while ((await row("1")).phase !== "infusing" || (await row("2")).phase !== "infusing") await second();
  const before = [await heartRate("1"), await heartRate("2")] as const;
  await minutes(16);
  const drugged = [await heartRate("1"), await heartRate("2")] as const;
  expect(drugged[0]).toBeGreaterThan(before[0] + 8);
  expect(drugged[1]).toBeGreaterThan(before[1] + 8);

  await someoneDoes("1", { type: "pause-infusion", reason: "pressure" });
  await minutes(13);
  expect((await row("1")).phase).toBe("paused");
  const paused = [await heartRate("1"), await heartRate("2")] as const;
  expect(paused[0]).toBeLessThan(drugged[0] - 6);
  expect(paused[1]).toBeGreaterThan(drugged[1] - 3);

  await someoneDoes("1", { type: "resume-infusion" });
  await minutes(15);
  expect(await heartRate("1")).toBeGreaterThan(paused[0] + 6);
  expect(said).toEqual([]);
});

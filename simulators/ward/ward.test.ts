import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { advance, type BayEvent, newBay } from "@vigil/shared/bay";
import { bayIdSchema } from "@vigil/shared/ids";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPast, nurseOfPlace } from "../bedside/index.ts";
import { readFeed, writeFeed } from "../feed/index.ts";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import { OfflineWard } from "../offline/index.ts";
import { scenarioNamed } from "../scenario/index.ts";
import { recordWard, SIMULATED_PROTOCOL, simulatedWard, wardHeader, writeWard } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-ward-"));
});
afterAll(() => rm(folder, { recursive: true }));

const bay = bayIdSchema.parse("1");
const MINUTES = 30;

/** What the engine decides of the ward itself, without a file between. */
function decidedLive(name: string): BayEvent[] {
  const [bedside] = simulatedWard([bay], scenarioNamed(name)!, 1);
  const second = newPast(bedside!, bay, SIMULATED_PROTOCOL, nurseOfPlace(0));
  let now = newBay(bay, SIMULATED_PROTOCOL);
  const events: BayEvent[] = [];
  for (let at = 0; at < MINUTES * 60_000; at += MONITOR_STEP_MS) {
    for (const input of second(at)) {
      const after = advance(now, input);
      now = after.bay;
      events.push(...after.events);
    }
  }
  return events;
}

async function decidedOffline(path: string): Promise<BayEvent[]> {
  const { header, lines } = await readFeed(path);
  const ward = new OfflineWard(header, { protocol: SIMULATED_PROTOCOL, phase: null, cuffIntervalMin: 5 });
  const events: BayEvent[] = [];
  for await (const line of lines) events.push(...ward.take(line).map(({ event }) => event));
  return [...events, ...ward.end().map(({ event }) => event)];
}

const skews = (events: readonly BayEvent[]) =>
  events.filter((event) => event.type === "alarm" && event.alarm === "clock-skew").length;

describe("a simulated ward in a file", () => {
  it.each(["clock-step", "late-messages", "slow-gateway"])("decides the same as the ward itself: %s", async (name) => {
    const path = join(folder, `${name}.ndjson`);
    const header = wardHeader([bay], scenarioNamed(name)!, 1);
    const feed = await writeFeed(path, header);
    await writeWard(
      simulatedWard([bay], scenarioNamed(name)!, 1),
      MINUTES * 60_000,
      feed,
      header,
      () => undefined,
      new AbortController().signal,
    );
    await feed.close();
    const offline = await decidedOffline(path);
    expect(offline).toEqual(decidedLive(name));
    expect(skews(offline) > 0).toBe(name !== "slow-gateway");
  });

  it("keeps who did what, and each device's time, of a live ward too", async () => {
    const path = join(folder, "live.ndjson");
    const header = wardHeader([bay], scenarioNamed("calm")!, 1, "2026-03-02T09:00:00.000Z");
    const startedAt = Date.UTC(2026, 2, 2, 9);
    const feed = await writeFeed(path, header);
    const [bedside] = simulatedWard([bay], scenarioNamed("calm")!, 1);
    const second = newPast(bedside!, bay, SIMULATED_PROTOCOL, nurseOfPlace(0));
    const kept = recordWard(feed, header, startedAt, (error) => expect(error).toBeUndefined());
    const inputs = [];
    for (let at = startedAt; at < startedAt + 5 * 60_000; at += MONITOR_STEP_MS) {
      kept.step(bay, at, { messages: [], act: null });
      for (const input of second(at)) {
        inputs.push(input);
        if (input.kind === "command") kept.act(bay, { id: input.id, command: input.command }, { ok: true }, input.by);
        if (input.kind !== "reading") continue;
        const { measuredAt, cadenceS, values } = input;
        kept.step(bay, at, { messages: [{ measuredAt: measuredAt ?? 0, cadenceS: cadenceS ?? 0, values }], act: null });
      }
    }
    await feed.close();
    const events: BayEvent[] = [];
    let now = newBay(bay, SIMULATED_PROTOCOL);
    for (const input of inputs) {
      const after = advance(now, input);
      now = after.bay;
      events.push(...after.events);
    }
    expect(await decidedOffline(path)).toEqual(events);
  });
});

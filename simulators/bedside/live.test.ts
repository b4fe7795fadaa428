import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock/index.ts";
import { scenarioNamed } from "../scenario/index.ts";
import { engineWard } from "../testing/engine-ward.ts";
import { liveOn, newBedside, nurseOfPlace } from "./index.ts";

const MIN = 60_000;
const START = Date.UTC(2026, 2, 10, 9);
const protocol = protocolSchema.parse({});

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

function begin(options: { ward?: ReturnType<typeof engineWard>; speed?: number } = {}) {
  const ward = options.ward ?? engineWard(["1", "2"], systemClock);
  const ends = new AbortController();
  const said: string[] = [];
  const bedsides = ["1", "2"].map((id, place) => ({
    bedside: newBedside({
      bay: bayIdSchema.parse(id),
      seed: 5,
      protocol,
      pace: { preparationMin: [2, 3], turnoverMin: [0.2, 0.4] },
      scenarioFor: () => scenarioNamed("calm")!,
    }),
    by: nurseOfPlace(place),
  }));
  const listener = { says: (message: string) => said.push(message) };
  const ended = liveOn({
    link: ward,
    bedsides,
    clock: systemClock,
    speed: options.speed ?? 1,
    signal: ends.signal,
    listener,
  });
  const end = () => {
    ends.abort();
    return ended;
  };
  return { ward, said, ends: end };
}

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * MIN);

describe("bedsides at a running server", () => {
  it("open sessions, start infusions and send a reading a second", async () => {
    const { ward, ends } = begin();
    await minutes(6);
    for (const id of ["1", "2"]) expect(ward.bay(id).session?.phase).toBe("infusing");
    const before = ward.received.length;
    await minutes(1);
    expect(ward.received.length - before).toBe(120);
    expect(ward.received[0]).toMatchObject({ cadence: 1 });
    expect(ward.events.filter(({ type }) => type === "refused")).toEqual([]);
    await ends();
  });

  it("let a pause in the browser stand: the nurse resumes nothing, and the drug's time stands still", async () => {
    const { ward, ends } = begin();
    await minutes(10);
    expect(ward.someoneDoes("1", { type: "pause-infusion", reason: "pressure" })).toEqual({ ok: true });
    await minutes(60);
    expect(ward.bay("1").session?.phase).toBe("paused");
    expect(ward.bay("2").session?.phase).toBe("recovery");
    expect(ward.someoneDoes("1", { type: "resume-infusion" })).toEqual({ ok: true });
    await minutes(20);
    expect(ward.bay("1").session?.phase).toBe("infusing");
    await minutes(20);
    expect(ward.bay("1").session?.phase).toBe("recovery");
    await ends();
  });

  it("wait for a server that is away, send nothing old, and go on", async () => {
    const { ward, said, ends } = begin();
    await minutes(10);
    ward.setAway(true);
    await minutes(5);
    const before = ward.received.length;
    ward.setAway(false);
    await minutes(1);
    expect(ward.received.length - before).toBeGreaterThan(110);
    expect(ward.received.length - before).toBeLessThanOrEqual(122);
    expect(said).toEqual(["the server does not tell how its bays stand: nobody there; trying again"]);
    await ends();
  });

  it("begun anew, take over the sessions that are open", async () => {
    const first = begin();
    await minutes(12);
    await first.ends();
    await minutes(1);
    const second = begin({ ward: first.ward });
    await minutes(40);
    for (const id of ["1", "2"]) expect(first.ward.bay(id).session?.phase).toBe("recovery");
    expect(first.ward.events.filter(({ type }) => type === "refused")).toEqual([]);
    await second.ends();
  });

  it("hurry at a higher speed", async () => {
    const { ward, ends } = begin({ speed: 20 });
    await minutes(1);
    expect(ward.received.length).toBeGreaterThan(1500);
    await minutes(3);
    expect(ward.bay("1").session?.phase).toBe("recovery");
    await ends();
  });
});

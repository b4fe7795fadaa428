import { bayIdSchema } from "@vigil/shared/ids";
import { commandSchema } from "@vigil/shared/session";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock/index.ts";
import type { FeedHeader, FeedLine, OpenFeed } from "../feed/index.ts";
import { type EngineWard, engineWard } from "../testing/engine-ward.ts";
import { Hold, playFeed, targetsOf } from "./index.ts";

const bay = (id: string) => bayIdSchema.parse(id);
const header: FeedHeader = { bays: [bay("1")], cadence: 2, other: {} };

function feedOf(lines: readonly Partial<FeedLine>[]): OpenFeed {
  async function* numbered() {
    for (const [i, line] of lines.entries()) {
      yield { at: 0, bay: bay("1"), values: null, command: null, other: {}, ...line, number: i + 2 };
    }
  }
  return { header, lines: numbered(), share: () => 0 };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function play(ward: EngineWard, lines: readonly Partial<FeedLine>[], options: { to?: string[]; speed?: number } = {}) {
  const targets = targetsOf([bay("1")], (options.to ?? []).map(bay));
  if (typeof targets === "string") throw new Error(targets);
  const refusals: string[] = [];
  const slept: number[] = [];
  const hold = new Hold();
  const settings = {
    hold,
    slept: (ms: number) => slept.push(ms),
    link: ward,
    targets,
    speed: options.speed ?? 1,
    clock: systemClock,
    signal: new AbortController().signal,
    refused: (line: number, what: string, reason: string) => refusals.push(`${line}: ${what}: ${reason}`),
    progress: () => {},
  };
  return { refusals, slept, hold, done: playFeed(feedOf(lines), settings) };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);
const readings = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ at: i * 2000, values: { hr: 60.5 + i } }));

describe("playing a feed", () => {
  it("sends values exactly as recorded, with the declared cadence, at the recorded pace", async () => {
    const ward = engineWard(["1"], systemClock);
    const { done } = play(ward, readings(4));
    await seconds(3);
    expect(ward.received).toEqual([
      { bay: "1", cadence: 2, hr: 60.5 },
      { bay: "1", cadence: 2, hr: 61.5 },
    ]);
    await seconds(4);
    expect(await done).toEqual({ readings: 4, commands: 0, refused: 0 });
  });

  it("is faster at a higher speed and may begin before zero", async () => {
    const ward = engineWard(["1"], systemClock);
    const { done } = play(ward, [{ at: -1000, values: { hr: 1 } }, ...readings(11)], { speed: 10 });
    await seconds(2.2);
    expect(await done).toMatchObject({ readings: 12 });
  });

  it("goes to many bays, each with a session of its own, and tells what was refused with its line", async () => {
    const ward = engineWard(["1", "2"], systemClock);
    const lines = [
      ...readings(1),
      { at: 0, command: commandSchema.parse({ type: "start-infusion" }) },
      { at: 0, command: commandSchema.parse({ type: "open-session", sessionId: "s", patient: { initials: "A" } }) },
    ];
    const { done, refusals } = play(ward, lines, { to: ["1", "2"] });
    await seconds(1);
    expect(await done).toEqual({ readings: 2, commands: 2, refused: 2 });
    expect(refusals[0]).toMatch(/^3: start-infusion for bay 1: No session is open/);
    const ids = ["1", "2"].map((id) => ward.bay(id).session?.id);
    expect(new Set(ids).size).toBe(2);
  });

  it("tells of a reading that is refused and goes on", async () => {
    const ward = engineWard(["1"], systemClock);
    const { done, refusals } = play(ward, readings(2), { to: ["1", "9"] });
    await seconds(3);
    expect(await done).toEqual({ readings: 2, commands: 0, refused: 2 });
    expect(refusals[0]).toBe('2: reading for bay 9: There is no bay "9".');
  });

  it("stands still while it is held, in a wait too, and goes on where it was", async () => {
    const ward = engineWard(["1"], systemClock);
    const { done, hold, slept } = play(ward, readings(5));
    await seconds(3);
    hold.toggle();
    await seconds(60);
    expect(ward.received).toHaveLength(2);
    hold.toggle();
    await seconds(0.9);
    expect(ward.received).toHaveLength(2);
    await seconds(0.2);
    expect(ward.received).toHaveLength(3);
    hold.toggle();
    await seconds(1);
    hold.toggle();
    await seconds(10);
    expect(await done).toEqual({ readings: 5, commands: 0, refused: 0 });
    expect(slept).toEqual([]);
  });

  it("leaves out the time for which the machine slept, and says so", async () => {
    const ward = engineWard(["1"], systemClock);
    const { done, slept } = play(ward, readings(5));
    await seconds(3);
    vi.setSystemTime(Date.now() + 600_000);
    await seconds(1.1);
    expect(ward.received).toHaveLength(3);
    expect(slept).toEqual([600_000]);
    await seconds(2.1);
    expect(ward.received).toHaveLength(4);
    await seconds(10);
    expect((await done).readings).toBe(5);
  });

  it("stands still while the server is away and leaves nothing out", async () => {
    const ward = engineWard(["1"], systemClock);
    const { done } = play(ward, readings(5));
    await seconds(3);
    ward.setAway(true);
    await seconds(30);
    expect(ward.received).toHaveLength(2);
    ward.setAway(false);
    await seconds(0.6);
    expect(ward.received).toHaveLength(3);
    await seconds(10);
    expect((await done).readings).toBe(5);
    expect(ward.received.map(({ hr }) => hr)).toEqual([60.5, 61.5, 62.5, 63.5, 64.5]);
  });
});

describe("the bays played to", () => {
  it("are the feed's own, or the named ones in order", () => {
    expect(targetsOf([bay("1"), bay("2")], [])).toEqual(
      new Map([
        ["1", ["1"]],
        ["2", ["2"]],
      ]),
    );
    expect(targetsOf([bay("1"), bay("2")], [bay("7"), bay("8")])).toEqual(
      new Map([
        ["1", ["7"]],
        ["2", ["8"]],
      ]),
    );
    expect(targetsOf([bay("1")], [bay("7"), bay("8")])).toEqual(new Map([["1", ["7", "8"]]]));
    expect(targetsOf([bay("1"), bay("2")], [bay("7")])).toBe("the feed has 2 bays (1, 2); name as many, or none");
  });
});

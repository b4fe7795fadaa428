import { departure } from "@vigil/shared/bay";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../clock/index.ts";
import type { FeedHeader, FeedLine, OpenFeed } from "../feed/index.ts";
import { type EngineWard, engineWard } from "../testing/engine-ward.ts";
import { Hold, playFeed, targetsOf } from "./index.ts";

const bay = (id: string) => bayIdSchema.parse(id);
const header: FeedHeader = { bays: [bay("1")], cadence: 2, other: {} };

function feedOf(lines: readonly Partial<FeedLine>[], about: FeedHeader = header): OpenFeed {
  async function* numbered() {
    for (const [i, line] of lines.entries()) {
      yield { at: 0, bay: bay("1"), values: null, command: null, other: {}, ...line, number: i + 2 };
    }
  }
  return { header: about, lines: numbered(), share: () => 0 };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

interface PlayOptions {
  readonly to?: string[];
  readonly speed?: number;
  readonly header?: FeedHeader;
}

function play(ward: EngineWard, lines: readonly Partial<FeedLine>[], options: PlayOptions = {}) {
  const about = options.header ?? header;
  const targets = targetsOf(about.bays ?? [], (options.to ?? []).map(bay));
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
    serverAheadMs: 0,
    signal: new AbortController().signal,
    refused: (line: number, what: string, reason: string) => refusals.push(`${line}: ${what}: ${reason}`),
    progress: () => {},
  };
  return { refusals, slept, hold, done: playFeed(feedOf(lines, about), settings) };
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

const START = Date.UTC(2026, 2, 2, 9);
const recordedDay: FeedHeader = {
  bays: [bay("1"), bay("2")],
  startedAt: new Date(START).toISOString(),
  cadence: 1,
  other: {},
};
const nora = actorSchema.parse({ id: "nora", name: "Nora", role: "nurse" });

/** What was done at second `at` of the recorded day. */
const did = (at: number, id: string, command: object, where = "1"): Partial<FeedLine> => ({
  at: at * 1000,
  bay: bay(where),
  command: commandSchema.parse(command),
  recorded: { id: commandIdSchema.parse(id), by: nora },
});
const opened = [
  did(0, "a1", {
    type: "open-session",
    sessionId: "day",
    patient: { initials: "AB", weightKg: 70 },
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
    protocol: { startChecks: [] },
  }),
  did(1, "a2", { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } }),
  did(2, "a3", { type: "start-infusion" }),
];

describe("a session played to other bays than its own", () => {
  it("moves to where its next bay is played to, and to no bay that nobody named", async () => {
    const ward = engineWard(["1", "2", "5", "6"], systemClock);
    const lines = [
      ...opened,
      did(3, "a4", { type: "transfer-session", to: "2" }),
      did(4, "a5", { type: "pause-infusion", reason: "x" }, "2"),
    ];
    const { done, refusals } = play(ward, lines, { to: ["5", "6"], header: recordedDay });
    await seconds(5);
    expect([await done, refusals]).toEqual([{ readings: 0, commands: 5, refused: 0 }, []]);
    expect(["1", "2", "5"].map((id) => ward.bay(id).session)).toEqual([null, null, null]);
    expect(ward.bay("6").session).toMatchObject({ phase: "paused", acts: { length: 5 } });
    expect(ward.bay("6").session?.acts[3]?.by).toEqual(nora);
  });

  it("stays where it is when the bay it moved to is not in the feed", async () => {
    const ward = engineWard(["1", "2"], systemClock);
    const lines = [...opened, did(3, "a4", { type: "transfer-session", to: "2" })];
    const { done, refusals } = play(ward, lines, { header: { ...recordedDay, bays: [bay("1")] } });
    await seconds(5);
    expect((await done).refused).toBe(1);
    expect(refusals[0]).toMatch(/^5: transfer-session from bay 1: bay 2 is not in this feed/);
    expect([ward.bay("1").session?.phase, ward.bay("2").session]).toEqual(["infusing", null]);
  });

  it("whose arrival alone was recorded is told of", async () => {
    const ward = engineWard(["1", "2"], systemClock);
    const { done: origin } = play(ward, [...opened, did(3, "a4", { type: "pause-infusion", reason: "x" })]);
    await seconds(5);
    await origin;
    const carried = departure(ward.bay("1"), {
      kind: "command",
      at: Date.now(),
      id: commandIdSchema.parse("go"),
      by: nora,
      command: commandSchema.parse({ type: "transfer-session", to: "2" }),
      target: "free",
    })!;
    const arrival = { at: 0, bay: bay("2"), recorded: { arrival: { by: nora, from: bay("9"), carried } } };
    const { done, refusals } = play(ward, [arrival], { header: recordedDay });
    await seconds(1);
    expect((await done).refused).toBe(1);
    expect(refusals[0]).toMatch(/^2: arrival at bay 2: the session came from bay 9 and its move is not in this feed/);
  });

  it("undoes the act it undid, by whatever name that act goes now", async () => {
    const ward = engineWard(["5", "6"], systemClock);
    const lines = [
      ...opened,
      did(3, "a4", { type: "pause-infusion", reason: "x" }),
      did(4, "a5", { type: "transfer-session", to: "2" }),
      did(5, "a6", { type: "undo-act", act: "a4" }, "2"),
      { ...did(6, "x", { type: "pause-infusion", reason: "y" }, "2"), recorded: {} },
      { ...did(7, "x", { type: "undo-act", act: "line-8" }, "2"), recorded: {} },
    ];
    // The transfer rests on nothing of the pause.
    const { done, refusals } = play(ward, lines, { to: ["5", "6"], header: recordedDay });
    await seconds(8);
    expect([(await done).refused, refusals]).toEqual([0, []]);
    expect(ward.bay("6").session?.phase).toBe("infusing");
  });

  it("dates a late entry between the acts between which it was, however fast the feed goes and whatever held it", async () => {
    const ward = engineWard(["1", "2"], systemClock);
    const lines = [
      ...opened,
      did(60, "a4", { type: "pause-infusion", reason: "x" }),
      did(80, "a5", { type: "resume-infusion" }),
      did(100, "a6", { type: "record-observation", observation: { note: "late" }, effectiveAt: START + 90_000 }),
      did(101, "a7", {
        type: "record-observation",
        observation: { note: "in the pause" },
        effectiveAt: START + 60_000,
      }),
    ];
    const { done, refusals, hold } = play(ward, lines, { speed: 10, header: recordedDay });
    await seconds(7);
    hold.toggle();
    await seconds(600);
    hold.toggle();
    await seconds(5);
    expect([(await done).refused, refusals]).toEqual([0, []]);
    const { acts = [], openedAt = 0 } = ward.bay("1").session ?? {};
    const when = acts.map(({ effectiveAt }) => (effectiveAt - openedAt) / 1000);
    // Held after second 70 of the feed, for ten minutes.
    expect(when.map((s) => Math.round(s * 10) / 10)).toEqual([0, 0.1, 0.2, 6, 608, 609, 6]);
  });

  it("keeps a device's clock as wrong as it was, and each message's own cadence", async () => {
    const ward = engineWard(["1", "2"], systemClock);
    const lines = [0, 1].map((t) => ({
      at: t * 1000,
      values: { hr: 70 },
      recorded: { measuredAt: START + t * 1000 - 20_000, cadence: 5 },
    }));
    const { done } = play(ward, lines, { header: { ...recordedDay, bays: [bay("1")] } });
    await seconds(2);
    await done;
    expect(ward.received).toEqual([
      { bay: "1", cadence: 5, hr: 70, measuredAt: 1_000_000 - 20_000 },
      { bay: "1", cadence: 5, hr: 70, measuredAt: 1_001_000 - 20_000 },
    ]);
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

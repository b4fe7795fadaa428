import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FloodWatch, floodAt, floodOnRaise, NO_FLOOD } from "../board/index.ts";
import { bayIdSchema } from "../ids/index.ts";
import type { MeasuredEpisode } from "./episode.ts";
import { MeasuresOf } from "./measures.ts";
import type { PlaceOf } from "./place.ts";

const HOUR = 3_600_000;
/** Monday 5 January 1970, midnight. */
const MONDAY = 4 * 24 * HOUR;
const placeOf: PlaceOf = (at) => ({
  date: new Date(at).toISOString().slice(0, 10),
  hour: new Date(at).getUTCHours(),
  weekday: (new Date(at).getUTCDay() + 6) % 7,
});
const period = { from: MONDAY, to: MONDAY + 7 * 24 * HOUR, now: MONDAY + 7 * 24 * HOUR, placeOf };
const bay = (name: string) => bayIdSchema.parse(name);

const episode = (at: number, more: Partial<MeasuredEpisode> = {}): MeasuredEpisode => ({
  raisedAt: MONDAY + at,
  clearedAt: MONDAY + at + 20_000,
  bay: bay("1"),
  nurse: "Nora",
  protocol: "P",
  alarm: "spo2.low",
  kind: "physiological",
  priority: "high",
  acknowledgedAfterMs: null,
  unansweredMs: 20_000,
  selfCleared: false,
  mark: null,
  ...more,
});

function measured(episodes: readonly MeasuredEpisode[]) {
  const measures = new MeasuresOf(period);
  for (const one of [...episodes].sort((a, b) => a.raisedAt - b.raisedAt)) measures.episode(one);
  return measures.result();
}

const anyEpisode = fc
  .record({
    at: fc.integer({ min: 0, max: 7 * 24 * HOUR - 1 }),
    bay: fc.constantFrom("1", "2", "3").map(bay),
    nurse: fc.constantFrom("Nora", "Otto"),
    protocol: fc.constantFrom("P", "Q"),
    alarm: fc.constantFrom("spo2.low", "hr.high", "monitor-silent"),
    priority: fc.constantFrom("high", "medium", "low"),
    acknowledgedAfterMs: fc.option(fc.integer({ min: 0, max: 900_000 })),
    selfCleared: fc.boolean(),
    mark: fc.option(fc.constantFrom("yes", "no")),
    lasts: fc.option(fc.integer({ min: 0, max: 2 * HOUR })),
  })
  .map(({ at, lasts, ...more }) =>
    episode(at, { ...more, clearedAt: lasts === null ? null : MONDAY + at + lasts } as Partial<MeasuredEpisode>),
  );

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe("a burden", () => {
  it("adds up, however it is divided", () => {
    void fc.assert(
      fc.property(fc.array(anyEpisode, { maxLength: 80 }), (episodes) => {
        const { count, ...m } = measured(episodes);
        expect(count).toBe(episodes.length);
        for (const groups of [m.bays, m.nurses, m.protocols, m.hours, m.breakdown]) {
          expect(sum(groups.map((group) => group.count))).toBe(count);
        }
        expect(sum(m.days.map(({ high, medium, low }) => high + medium + low))).toBe(count);
        expect(sum(m.week)).toBe(count);
        expect(sum(m.acknowledgeSteps.map(({ high, medium, low }) => high + medium + low))).toBe(m.acknowledged.count);
        expect(sum(m.top.map(({ count: n }) => n))).toBe(count);
        expect(m.top.at(-1)?.upTo ?? 1).toBeCloseTo(1);
        expect(m.selfCleared).toBe(episodes.filter(({ selfCleared }) => selfCleared).length);
      }),
    );
  });

  it("is divided by the hours of care within the period, and by days of each bay", () => {
    const measures = new MeasuresOf(period);
    const care = { bay: bay("1"), nurse: "Nora", protocol: "P" };
    measures.care({ ...care, from: MONDAY - HOUR, to: MONDAY + 2 * HOUR });
    measures.care({ ...care, bay: bay("2"), from: MONDAY + 23 * HOUR, to: MONDAY + 25 * HOUR });
    for (const at of [0, 1, 2, 3, 4, 5]) measures.episode(episode(at * 60_000));
    const m = measures.result();
    expect(m).toMatchObject({ sessionHours: 4, bayDays: 3, perBayDay: 2, perSessionHour: 1.5 });
    expect(sum(m.hours.map(({ sessionHours }) => sessionHours))).toBeCloseTo(4);
    expect(sum(m.days.map(({ sessionHours }) => sessionHours))).toBeCloseTo(4);
  });

  it("of certain hours is made of the alarms and the care within them, over midnight too", () => {
    const night = { from: 22, to: 6 };
    const measures = new MeasuresOf({ ...period, hours: night });
    measures.care({ bay: bay("1"), nurse: "Nora", protocol: "P", from: MONDAY + 5 * HOUR, to: MONDAY + 23 * HOUR });
    for (const hour of [5.5, 6, 12, 21.9, 22]) measures.episode(episode(hour * HOUR));
    measures.note({ what: "limits", at: MONDAY + 12 * HOUR, until: MONDAY + 12 * HOUR });
    const m = measures.result();
    expect(m).toMatchObject({ count: 2, sessionHours: 2, perSessionHour: 1, limitEdits: 0 });
    expect(m.hours.map(({ key }) => key)).toEqual(["05", "22"]);
  });

  it("has no rate where there was no session", () => {
    expect(measured([])).toMatchObject({ perBayDay: null, perSessionHour: null, overTarget: null, floods: [] });
  });
});

describe("floods of a nurse", () => {
  it("are those that the board counts", () => {
    void fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: (2 * HOUR) / 1000 }), { maxLength: 120 }), (seconds) => {
        const raises = seconds.map((s) => s * 1000).sort((a, b) => a - b);
        const { floods } = measured(raises.map((at) => episode(at)));
        // The board's own watch, looked at once a second.
        let watch: FloodWatch = NO_FLOOD;
        let next = 0;
        const differs: number[] = [];
        for (let at = 0; at <= 3 * HOUR; at += 1000) {
          watch = floodAt(watch, MONDAY + at);
          while ((raises[next] ?? Number.POSITIVE_INFINITY) <= at) {
            watch = floodOnRaise(watch, MONDAY + (raises[next] ?? 0));
            next += 1;
          }
          const lasts = floods.some(({ from, to }) => from <= MONDAY + at && MONDAY + at < to);
          if (lasts !== (watch.since !== null)) differs.push(at);
        }
        expect(differs).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("belong to one nurse alone", () => {
    const both = Array.from({ length: 12 }, (_, i) => episode(i * 1000, { nurse: i % 2 === 0 ? "Nora" : "Otto" }));
    expect(measured(both).floods).toEqual([]);
    expect(measured(both.map((one) => ({ ...one, nurse: "Nora" }))).floods).toMatchObject([
      { nurse: "Nora", raises: 12 },
    ]);
  });
});

describe("what chatters and what stands", () => {
  it("counts one burst for raisings that follow each other within the minute", () => {
    expect(measured([0, 20, 40, 60, 80].map((s) => episode(s * 1000))).chattering).toBe(1);
    expect(measured([0, 31, 62].map((s) => episode(s * 1000))).chattering).toBe(0);
    const twice = [0, 20, 40, 600, 620, 640].map((s) => episode(s * 1000));
    expect(measured(twice).chattering).toBe(2);
  });

  it("counts as standing what held for more than half an hour or still holds", () => {
    const minutes = (min: number) => MONDAY + min * 60_000;
    expect(measured([episode(0, { clearedAt: minutes(30) })]).standing).toBe(0);
    expect(measured([episode(0, { clearedAt: minutes(31) }), episode(1, { clearedAt: null })]).standing).toBe(2);
  });
});

it("takes the median and the 90th of a hundred by their rank, and the share over the target", () => {
  const m = measured(
    Array.from({ length: 100 }, (_, i) => episode(i * 60_000, { acknowledgedAfterMs: (i + 1) * 1000 })),
  );
  expect(m.acknowledgedHigh).toEqual({ count: 100, medianMs: 50_000, p90Ms: 90_000 });
  expect(m.overTarget).toBeCloseTo(0.4);
});

it("counts as late the high alarms that nobody acknowledged, and not those that ended before it was late", () => {
  const never = { acknowledgedAfterMs: null };
  const m = measured([
    episode(0, { acknowledgedAfterMs: 10_000 }),
    episode(60_000, { ...never, unansweredMs: 3_600_000 }),
    episode(120_000, { ...never, unansweredMs: 60_000 }),
    episode(180_000, { ...never, unansweredMs: 3_600_000, priority: "medium" }),
  ]);
  expect(m).toMatchObject({ overTarget: 0.5, neverAnswered: 1 });
  expect(measured([episode(0, { ...never, unansweredMs: 61_000 })]).overTarget).toBe(1);
});

it("a silence and a pause count as far as they fall into the period and its hours", () => {
  const measures = new MeasuresOf(period);
  measures.silence(MONDAY - HOUR, MONDAY + 10_000);
  measures.silence(period.to - 5_000, period.to + HOUR);
  expect(measures.result().monitorSilentMs).toBe(15_000);
  const morning = new MeasuresOf({ ...period, hours: { from: 6, to: 7 } });
  morning.silence(MONDAY, MONDAY + 24 * HOUR);
  morning.note({ what: "pause", at: MONDAY + 7 * HOUR - 60_000, until: MONDAY + 7 * HOUR + 60_000 });
  expect(morning.result()).toMatchObject({ monitorSilentMs: HOUR, pausedMs: 60_000 });
});

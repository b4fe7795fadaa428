/**
 * Short feeds and protocols, in the shapes of the feed format, in which alarms do happen: values lie on, beside and
 * between the limits and deadbands, and delays, gaps and staleness often end at the same instant.
 */
import fc from "fast-check";
import {
  type Course,
  DIRECTIONS,
  type Direction,
  type Limits,
  type Line,
  type Priority,
  type TierLimits,
  VITALS,
  type Vital,
} from "./limit-alarms.ts";

export interface FeedAndProtocol {
  header: { feed: "vigil/1"; title: string; bays: string[]; cadence: number };
  lines: Line[];
  protocol: { name: string; limits: Limits; staleAfter?: Partial<Record<Vital, number>> };
  /** Minutes of a cuff cycle. */
  cuffIntervalMin: number;
}

/** The question to put to the oracle about a generated feed. */
export function courseOf({ header, lines, protocol, cuffIntervalMin }: FeedAndProtocol): Course {
  const { limits, staleAfter } = protocol;
  const endT = lines.at(-1)?.t ?? 0;
  return { lines, cadenceS: header.cadence, cuffIntervalMin, limits, endT, ...(staleAfter && { staleAfter }) };
}

/** The feed as the text of a feed file. */
export function feedText({ header, lines }: FeedAndProtocol): string {
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** Where the warning limits lie, and what a value may be; critical limits lie 1–10 further out. */
const RANGES: Record<Vital, { low: [number, number]; high: [number, number]; least: number; most: number }> = {
  hr: { low: [45, 60], high: [110, 130], least: 25, most: 200 },
  spo2: { low: [88, 95], high: [97, 98], least: 70, most: 100 },
  rr: { low: [8, 12], high: [25, 35], least: 1, most: 60 },
  sbp: { low: [85, 100], high: [150, 170], least: 60, most: 220 },
  dbp: { low: [45, 55], high: [90, 105], least: 25, most: 140 },
  map: { low: [60, 70], high: [105, 120], least: 40, most: 170 },
};

const sometimes = <T>(arb: fc.Arbitrary<T>, freq: number) => fc.option(arb, { nil: undefined, freq });

/** Whole seconds mostly, so that they meet readings and staleness; now and then to the millisecond. */
const waitS: fc.Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 3, arbitrary: fc.integer({ min: 7, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20_000 }).map((ms) => ms / 1000) },
);
const deadband = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0, 1, 2.5));

/** From the least to the most urgent: the critical tier is never less urgent than the warning. */
const priorities = fc.constantFrom<[Priority, Priority]>(
  ["medium", "high"],
  ["low", "medium"],
  ["low", "high"],
  ["medium", "medium"],
  ["high", "high"],
);

function tiersOf(vital: Vital, direction: Direction): fc.Arbitrary<TierLimits> {
  const [min, max] = RANGES[vital][direction];
  const furthest = vital === "spo2" && direction === "high" ? 1 : vital === "rr" && direction === "low" ? 6 : 10;
  const waits = fc.record({ delay: waitS, offDelay: waitS, deadband });
  return fc
    .record({
      limit: fc.integer({ min, max }),
      further: fc.oneof(fc.integer({ min: 1, max: furthest }), fc.constant(1)),
      priorities,
      warning: sometimes(waits, 4),
      critical: sometimes(waits, 4),
    })
    .map(({ limit, further, priorities: [mild, severe], warning, critical }) => ({
      ...(warning && { warning: { limit, priority: mild, ...warning } }),
      ...(critical && {
        critical: { limit: direction === "high" ? limit + further : limit - further, priority: severe, ...critical },
      }),
    }));
}

/** Keys whose value comes out `undefined` are left out. */
function recordOf<K extends string, T>(
  keys: readonly K[],
  arb: (key: K) => fc.Arbitrary<T | undefined>,
): fc.Arbitrary<Partial<Record<K, T>>> {
  return fc.tuple(...keys.map((key) => arb(key).map((value) => ({ key, value })))).map((entries) => {
    const record: Partial<Record<K, T>> = {};
    for (const { key, value } of entries) if (value !== undefined) record[key] = value;
    return record;
  });
}

const limits: fc.Arbitrary<Limits> = recordOf(VITALS, (vital) =>
  sometimes(
    recordOf(DIRECTIONS, (direction) => sometimes(tiersOf(vital, direction), 3)),
    3,
  ),
);

const staleAfterS = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 2, max: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 20_000 }).map((ms) => ms / 1000) },
);

const protocol: fc.Arbitrary<FeedAndProtocol["protocol"]> = fc
  .record({
    limits,
    staleAfter: sometimes(
      recordOf(VITALS, () => sometimes(staleAfterS, 1)),
      1,
    ),
  })
  .map(({ limits, staleAfter }) => ({ name: "generated", limits, ...(staleAfter && { staleAfter }) }));

/** A value by its distance from one of the vital's own limits, deadband ends or plain normal. */
interface Aim {
  mark: number;
  offset: number;
}
const aim: fc.Arbitrary<Aim> = fc.record({
  mark: fc.nat(20),
  offset: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, -1, 1) },
    { weight: 2, arbitrary: fc.constantFrom(-0.5, 0.5, -0.1, 0.1, -2, 2) },
    { weight: 1, arbitrary: fc.constantFrom(-6, 6, -12, 12) },
  ),
});
/** What a vital does in a line: a value, `null` (no valid value) or `undefined` (absent). */
const doing: fc.Arbitrary<Aim | null | undefined> = fc.oneof(
  { weight: 10, arbitrary: aim },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** A while in which every continuous vital keeps doing one thing, but for single lines; a cuff measures at its start. */
const stretch = fc.record({
  vitals: recordOf(VITALS, () => doing),
  cuffMeasures: fc.boolean(),
  gapsMs: fc.oneof(
    { weight: 6, arbitrary: fc.array(fc.constant<number>(1000), { minLength: 1, maxLength: 22 }) },
    { weight: 3, arbitrary: fc.array(gapMs(), { minLength: 1, maxLength: 12 }) },
  ),
  lapses: fc.array(fc.record({ line: fc.nat(21), vital: fc.constantFrom(...VITALS), doing }), { maxLength: 3 }),
});

function gapMs(): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(1000) },
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constantFrom(999, 1001, 500, 250, 1) },
    { weight: 4, arbitrary: fc.integer({ min: 2, max: 20 }).map((s) => s * 1000) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(60_000, 119_999, 120_000, 300_000, 600_000) },
  );
}

/** A feed together with a protocol whose limits its values play around. */
export const feedAndProtocol: fc.Arbitrary<FeedAndProtocol> = fc
  .record({
    protocol,
    cadence: fc.oneof(
      { weight: 5, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.constantFrom(0.5, 2, 2.5, 4) },
    ),
    cuffIntervalMin: fc.constantFrom(1, 2, 5),
    startMs: fc.oneof(fc.constant(0), fc.integer({ min: -20_000, max: 20_000 })),
    stretches: fc.array(stretch, { minLength: 1, maxLength: 8 }),
  })
  .map(({ protocol, cadence, cuffIntervalMin, startMs, stretches }) => {
    let now = startMs;
    const lines = stretches.flatMap(({ vitals, cuffMeasures, gapsMs, lapses }) =>
      gapsMs.map((gap, i): Line => {
        const line: Line = { t: now / 1000 };
        now += gap;
        for (const vital of VITALS) {
          const isCuff = vital === "sbp" || vital === "dbp" || vital === "map";
          const lapse = lapses.find((lapse) => lapse.line === i && lapse.vital === vital);
          const usual = isCuff && !(cuffMeasures && i === 0) ? undefined : vitals[vital];
          const does = lapse ? lapse.doing : usual;
          if (does !== undefined) line[vital] = does && valueAt(does, vital, protocol.limits);
        }
        return line;
      }),
    );
    const header = { feed: "vigil/1" as const, title: "generated", bays: ["1"], cadence };
    return { header, lines, protocol, cuffIntervalMin };
  });

function valueAt({ mark, offset }: Aim, vital: Vital, limits: Limits): number {
  const { low, high, least, most } = RANGES[vital];
  const marks = [(low[1] + high[0]) / 2];
  for (const direction of DIRECTIONS) {
    const { warning, critical } = limits[vital]?.[direction] ?? {};
    for (const tier of [warning, critical])
      if (tier) marks.push(tier.limit, tier.limit + (direction === "high" ? -tier.deadband : tier.deadband));
    // Beyond the furthest limit, so that a stretch violates both tiers as often as it plays at their edges.
    const furthest = critical ?? warning;
    if (furthest) marks.push(furthest.limit + (direction === "high" ? 3 : -3));
  }
  const value = (marks[mark % marks.length] ?? least) + offset;
  return Math.min(most, Math.max(least, Math.round(value * 10) / 10));
}

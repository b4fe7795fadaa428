/**
 * `vigil alarms` against a program written from alarms.md and feeds.md alone: whole feeds with sessions, edited limits, rises
 * over the baseline, several bays, gaps. Files in, lines out, as anybody's comparing program would have it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tellAlarms } from "@vigil/simulators/commands";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { type Direction, type Limits, type TierLimits, VITALS, type Vital } from "./limit-alarms.ts";
import { type FeedProtocol, predictSessions, type SessionEvent, type SessionLine } from "./sessions.ts";

const folder = mkdtempSync(join(tmpdir(), "vigil-oracle-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TOLD: readonly string[] = ["raised", "escalated", "deescalated", "cleared", "unknown", "present"];

async function commandSays(lines: readonly object[], header: object, protocol: object): Promise<SessionEvent[]> {
  const feed = join(folder, "feed.ndjson");
  const rules = join(folder, "protocol.json");
  writeFileSync(feed, [{ feed: "vigil/1", ...header }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(""));
  writeFileSync(rules, JSON.stringify(protocol));
  const printed: string[] = [];
  const terminal = {
    print: async (line: string) => void printed.push(line),
    say: () => {},
    advise: () => {},
    progress: () => () => {},
    onSpace: () => null,
  };
  await tellAlarms([feed], { protocol: rules, kind: "physiological" }, terminal);
  return printed
    .flatMap((text) => text.split("\n"))
    .map((text) => {
      const { latched: _, ...event } = JSON.parse(text);
      return event;
    })
    .filter(({ event }) => TOLD.includes(event));
}

const waitS = fc.constantFrom(0, 0, 1, 2, 3, 5, 10, 15);
const deadband = fc.constantFrom(0, 1, 2, 3);
/** Around the middle of each vital, so that every direction's tiers are met. */
const MIDDLE: Record<Vital, number> = { hr: 80, spo2: 94, rr: 15, sbp: 140, dbp: 85, map: 100 };
/** How far the tiers lie from it. */
const NEAR = 4;
const FAR = 6;
const MOST: Partial<Record<Vital, number>> = { spo2: 100 };

const rule = fc.record({ delay: waitS, offDelay: waitS, deadband });
const tiersOf = (vital: Vital, direction: Direction): fc.Arbitrary<TierLimits> =>
  fc
    .record({ warning: fc.option(rule, { nil: undefined }), critical: fc.option(rule, { nil: undefined }) })
    .map(({ warning, critical }) => {
      const sign = direction === "high" ? 1 : -1;
      return {
        ...(warning && { warning: { ...warning, priority: "medium", limit: MIDDLE[vital] + sign * NEAR } as const }),
        ...(critical && { critical: { ...critical, priority: "high", limit: MIDDLE[vital] + sign * FAR } as const }),
      };
    });
const vitalLimits = (vital: Vital): fc.Arbitrary<NonNullable<Limits[Vital]>> =>
  fc.record({ low: tiersOf(vital, "low"), high: tiersOf(vital, "high") });

const rise = rule.chain((given) =>
  fc
    .constantFrom(0.05, 0.1, 0.25, 0.3)
    .map((riseOverBaseline) => ({ ...given, riseOverBaseline, priority: "medium" as const })),
);
/** A vital with a rise has no warning of its own beside it: which of two limits of one tier is told is not written. */
const withRise = (limits: NonNullable<Limits[Vital]>): NonNullable<Limits[Vital]> => {
  const { critical } = limits.high ?? {};
  return { ...limits, high: critical === undefined ? {} : { critical } };
};

const hasAny = (rules: object | undefined) => rules !== undefined && Object.keys(rules).length > 0;

const protocol: fc.Arbitrary<FeedProtocol> = fc
  .record({
    limits: fc.record(
      Object.fromEntries(VITALS.map((vital) => [vital, vitalLimits(vital)])) as Record<
        Vital,
        ReturnType<typeof vitalLimits>
      >,
    ),
    sbpRise: fc.option(rise),
    staleAfter: fc.dictionary(fc.constantFrom(...VITALS), fc.constantFrom(2, 4, 7, 20), { maxKeys: 2 }),
    cuffMin: fc.constantFrom(1, 2, 5),
  })
  .map(({ limits, sbpRise, staleAfter, cuffMin }) => ({
    limits: sbpRise === null ? limits : { ...limits, sbp: withRise(limits.sbp) },
    relative: sbpRise === null ? [] : [{ vital: "sbp", ...sbpRise }],
    staleAfter,
    cuffIntervalMin: { infusing: cuffMin, recovery: cuffMin },
  }));

const value = (vital: Vital) =>
  fc
    .constantFrom(0, 3, NEAR, NEAR + 1, FAR, FAR + 1, -3, -NEAR, -NEAR - 1, -FAR, -FAR - 1, 0.5, 35, 40)
    .map((off) => Math.min(MOST[vital] ?? 300, MIDDLE[vital] + (vital === "sbp" ? off : Math.min(off, 9))));

const values = fc.record(
  Object.fromEntries(
    VITALS.map((vital) => [
      vital,
      fc.oneof({ weight: 6, arbitrary: value(vital) }, { weight: 1, arbitrary: fc.constant(null) }),
    ]),
  ) as Record<Vital, fc.Arbitrary<number | null>>,
  { requiredKeys: [] },
);

const command: fc.Arbitrary<NonNullable<SessionLine["command"]>> = fc.oneof(
  fc.constant({ type: "open-session" as const }),
  fc
    .record({ type: fc.constant("record-baseline" as const), sbp: fc.integer({ min: 100, max: 150 }) })
    .map(({ type, sbp }) => ({
      type,
      values: { hr: 80, spo2: 97, sbp, dbp: 80 },
    })),
  fc.constantFrom(...VITALS).chain((vital) =>
    fc
      .record({
        limits: vitalLimits(vital),
        rises: fc.array(rise, { maxLength: vital === "dbp" ? 1 : 0 }),
      })
      .map(({ limits, rises }) => ({ limits: rises.length === 0 ? limits : withRise(limits), relative: rises }))
      // Nothing at all would be switching off, which has a command of its own and wants a reason.
      .filter(({ limits: { low, high }, relative }) => [low, high, ...relative].some((tiers) => hasAny(tiers)))
      .map((edited) => ({ type: "set-limits" as const, vital, ...edited })),
  ),
  fc.record({ type: fc.constantFrom("alarm-off" as const, "alarm-on" as const), vital: fc.constantFrom(...VITALS) }),
  fc.constant({ type: "abandon-session" as const }),
);

const gapMs = fc.oneof(
  { weight: 10, arbitrary: fc.constant(1_000) },
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(250, 999, 1_001, 2_500, 5_000, 10_000) },
  { weight: 1, arbitrary: fc.constantFrom(30_000, 120_000, 600_000) },
);

const feed = fc
  .record({
    bays: fc.constantFrom(["1"], ["1", "2"], ["b", "a", "c"]),
    cadence: fc.constantFrom(1, 1, 1, 2, 4, 10),
    steps: fc.array(
      fc.record({
        gapMs,
        bay: fc.nat(2),
        values,
        /** How often the same is said again, a second apart: delays have to run out. */
        again: fc.constantFrom(0, 0, 1, 4, 16),
        command: fc.option(command, { freq: 3 }),
      }),
      { minLength: 3, maxLength: 40 },
    ),
  })
  .map(({ bays, cadence, steps }) => {
    let at = 0;
    const bayOf = (n: number) => bays[n % bays.length] ?? "1";
    const lines: SessionLine[] = bays.map((bay) => ({ t: 0, bay, command: { type: "open-session" } }));
    for (const step of steps) {
      at += step.gapMs;
      const bay = bayOf(step.bay);
      lines.push({ t: at / 1000, bay, ...step.values, ...(step.command === null ? {} : { command: step.command }) });
      for (let n = 0; n < step.again; n++) {
        at += 1_000;
        lines.push({ t: at / 1000, bay, ...step.values });
      }
    }
    return { header: { bays, cadence }, lines };
  });

/** What a person does, as the wire has it. */
function asWritten(line: SessionLine, n: number): object {
  const { command: given } = line;
  if (given === undefined) return line;
  if (given.type === "open-session") {
    return { ...line, command: { ...given, sessionId: `s${n}`, patient: { initials: "AB" } } };
  }
  return given.type === "alarm-off" || given.type === "abandon-session"
    ? { ...line, command: { ...given, reason: "because" } }
    : { ...line, command: given };
}

/** As a reader of numbers compares them. */
const plain = (event: SessionEvent) => ({ ...event, limit: Math.round(event.limit * 1e6) / 1e6 });

it("tells of every limit alarm what the documents foretell: time, bay, alarm, tier, priority, value, limit", async () => {
  await fc.assert(
    fc.asyncProperty(feed, protocol, async ({ header, lines }, rules) => {
      const said = await commandSays(lines.map(asWritten), header, { name: "generated", startChecks: [], ...rules });
      expect(said.map(plain)).toEqual(predictSessions(lines, header, rules).map(plain));
    }),
    { numRuns: 300 },
  );
});

it("plays feeds in which every kind of event comes up", () => {
  const seen = new Map<string, number>();
  for (const [{ header, lines }, rules] of fc.sample(fc.tuple(feed, protocol), { numRuns: 300, seed: 1 })) {
    for (const { event } of predictSessions(lines, header, rules)) seen.set(event, (seen.get(event) ?? 0) + 1);
  }
  for (const event of TOLD) expect(seen.get(event) ?? 0).toBeGreaterThan(50);
});

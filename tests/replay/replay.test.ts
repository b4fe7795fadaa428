/** What was recorded, decided again: any instant reached directly is the one reached by playing, and what-if tells the truth. */
import { settle } from "@vigil/shared/bay";
import { FeedLines, feedLineOf, headerText, inputsOfLine, lineText } from "@vigil/shared/feed";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import {
  alarmRulesOf,
  compare,
  comparisonCsv,
  editedRules,
  episodesOf,
  inspect,
  Replay,
  type ReplayInput,
  stepEvent,
  stepInput,
} from "@vigil/shared/replay";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import fc from "fast-check";
import { expect, it } from "vitest";
import { script } from "../engine/generators.ts";
import { freshBay, run, stepsOf } from "../engine/run.ts";
import { courseOf, feedAndProtocol } from "../oracle/generators.ts";
import { predictLimitAlarms } from "../oracle/limit-alarms.ts";
import { expectForetold, slower, spansOf, standing, standingOf } from "./foretold.ts";

const ONE = bayIdSchema.parse("1");
const inBay = (inputs: readonly ReplayInput["input"][]): ReplayInput[] => inputs.map((input) => ({ bay: ONE, input }));
const usual = protocolSchema.parse({});

it("decides what was decided, each event with its instant", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      const replay = new Replay(inBay(inputs), { protocol, bays: [ONE] });
      const told = replay.log.map(({ event }) => event);
      expect(told).toEqual(run(freshBay(protocol), inputs, replay.to).events);
      expect(replay.log.every(({ at, event }) => at === event.at)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it("reaches any instant as playing to it does, and steps through every input and event there and back", () => {
  fc.assert(
    fc.property(script, fc.double({ min: 0, max: 1, noNaN: true }), ({ protocol, inputs }, share) => {
      const replay = new Replay(inBay(inputs), { protocol, bays: [ONE] });
      const at = Math.round(replay.from + share * (replay.to - replay.from));
      const played = inputs.filter((input) => input.at <= at);
      const bay = stepsOf(freshBay(protocol), played).at(-1)?.after ?? freshBay(protocol);
      expect(replay.at(replay.positionAt(at))).toEqual([settle(bay, at).bay]);

      let position = { at: replay.from, taken: 0 };
      for (const _ of inputs) position = stepInput(replay, position, 1);
      expect(position.taken).toBe(inputs.length);
      for (let taken = inputs.length - 1; taken > 0; taken -= 1) {
        position = stepInput(replay, position, -1);
        expect(position.taken).toBe(taken);
      }
      const instants: number[] = [];
      let next = stepEvent(replay, { at: Number.NEGATIVE_INFINITY, taken: 0 }, 1);
      while (next !== null) {
        instants.push(next.at);
        next = stepEvent(replay, next, 1);
      }
      expect([...new Set(instants)]).toEqual([...new Set(replay.log.map((entry) => entry.at))]);
    }),
    { numRuns: 60 },
  );
});

it("shows every decision, with its reason, where one steps to it", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      const replay = new Replay(inBay(inputs), { protocol, bays: [ONE] });
      // Hundreds of them take too long: every so many, others in each run.
      const every = Math.ceil(replay.log.length / 25);
      for (const entry of replay.log.filter((_, n) => (n + inputs.length) % every === 0)) {
        const seen = inspect(replay, entry, entry.bay);
        const decision = seen?.decisions.find(({ event }) => JSON.stringify(event) === JSON.stringify(entry.event));
        expect(decision).toBeDefined();
        if (entry.event.type !== "act") expect(decision?.reason).toMatch(/^[A-Z].*\.$/);
        expect(seen?.after).toEqual(replay.at(entry)[0]);
      }
    }),
    { numRuns: 60 },
  );
});

it("shows an alarm whose delay ends between two readings as decided by time, and the bay as it stands with it", () => {
  const inputs = Array.from({ length: 40 }, (_, n): ReplayInput["input"] => {
    // A live monitor is some milliseconds early or late each time.
    const at = 1_000_000 + n * 1000 + ((n * 37) % 90);
    return { kind: "reading", at, measuredAt: null, cadenceS: 1, values: { hr: 70, spo2: n < 10 ? 98 : 92 } };
  });
  const replay = new Replay(inBay(inputs), { protocol: usual, phase: { name: "infusing", cuffIntervalMin: 5 } });
  const alarm = stepEvent(replay, { at: replay.from, taken: 0 }, 1, ({ event }) => event.type === "alarm");
  expect(alarm?.at).toBe((inputs[10]?.at ?? 0) + 15_000);
  const seen = alarm === null ? null : inspect(replay, alarm, ONE);
  expect(seen?.last?.input.at).toBeLessThan(alarm?.at ?? 0);
  expect(seen?.decisions).toMatchObject([
    {
      cause: "time",
      event: { alarm: "spo2.low", change: "raised" },
      reason: "SpO₂ was below the warning limit of 94 % for 15 s without a break: medium priority.",
    },
  ]);
  expect(seen?.before.alarms).toEqual([]);
  expect(seen?.after.alarms).toMatchObject([{ id: "spo2.low" }]);
  // One input further it is not told again.
  expect(inspect(replay, stepInput(replay, alarm ?? { at: 0, taken: 0 }, 1), ONE)?.decisions).toEqual([]);
});

it("steps to each bay's alarm of one instant, and by one bay's inputs", () => {
  const bays = ["1", "2", "3"].map((id) => bayIdSchema.parse(id));
  const inputs = Array.from({ length: 90 }, (_, n): ReplayInput => {
    const at = Math.floor(n / 3) * 1000;
    const values = { hr: 70, spo2: n < 9 ? 98 : 92 };
    return { bay: bays[n % 3]!, input: { kind: "reading", at, measuredAt: null, cadenceS: 1, values } };
  });
  const replay = new Replay(inputs, { protocol: usual, phase: { name: "infusing", cuffIntervalMin: 5 } });
  const there: string[] = [];
  let place = stepEvent(replay, { at: 0, taken: 0 }, 1);
  for (; place !== null; place = stepEvent(replay, place, 1)) there.push(`${place.at} ${place.bay}`);
  expect(there).toEqual(["18000 1", "18000 2", "18000 3"]);
  const last = replay.log.at(-1);
  expect(last === undefined ? null : stepEvent(replay, last, -1)?.bay).toBe("2");

  const own = stepInput(replay, { at: 0, taken: 0 }, 1, bays[1]);
  expect(own).toEqual({ at: 0, taken: 2 });
  expect(stepInput(replay, stepInput(replay, own, 1, bays[1]), -1, bays[1])).toEqual(own);
});

it("reaches any instant of a long recording of several bays, whatever is kept on the way", () => {
  const bays = ["1", "2", "3"].map((id) => bayIdSchema.parse(id));
  const inputs = Array.from({ length: 9_000 }, (_, n): ReplayInput => {
    const at = Math.floor(n / 3) * 1000;
    const values = { hr: 70 + ((n * 7) % 60), spo2: 88 + (n % 11) };
    return { bay: bays[n % 3]!, input: { kind: "reading", at, measuredAt: null, cadenceS: 1, values } };
  });
  const settings = { protocol: usual, phase: { name: "infusing", cuffIntervalMin: 5 } } as const;
  const whole = new Replay(inputs, settings);
  for (const second of [0, 1, 666, 667, 1333, 2000, 2999]) {
    const at = second * 1000;
    const upTo = new Replay(
      inputs.filter(({ input }) => input.at <= at),
      settings,
    );
    expect(whole.at(whole.positionAt(at))).toEqual(upTo.at(upTo.positionAt(at)));
  }
});

it("a feed keeps every input whole", () => {
  fc.assert(
    fc.property(script, ({ inputs }) => {
      const startedAt = inputs[0]?.at ?? 0;
      const header = { startedAt: new Date(startedAt).toISOString(), bays: [ONE], cadence: null, other: {} };
      const lines = new FeedLines();
      expect(lines.take(headerText(header))).toBeNull();
      const again = inputs.flatMap((input) => {
        const line = lines.take(lineText(feedLineOf(ONE, input, startedAt)));
        if (line === null || "reason" in line) throw new Error(line?.reason);
        return inputsOfLine(line, header);
      });
      expect(again).toEqual(JSON.parse(JSON.stringify(inputs)));
    }),
    { numRuns: 60 },
  );
});

it("what-if against itself shows no difference", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      const recorded = new Replay(inBay(inputs), { protocol });
      const again = new Replay(inBay(inputs), { protocol, rules: (same) => same, asRecorded: () => recorded });
      expect(again.log).toEqual(recorded.log);
      const { differences, sources } = compare(recorded, again);
      expect(differences).toEqual([]);
      for (const { before, after } of sources) expect(after).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

it("what-if with other delays is what the oracle finds in the readings, and the comparison adds up", () => {
  fc.assert(
    fc.property(feedAndProtocol, fc.integer({ min: 1, max: 20 }), (sample, byS) => {
      const course = courseOf(sample);
      const protocol = protocolSchema.parse(sample.protocol);
      const inputs = course.lines.map(({ t, ...values }): ReplayInput => {
        const at = Math.round(t * 1000);
        return { bay: ONE, input: { kind: "reading", at, measuredAt: null, cadenceS: course.cadenceS, values } };
      });
      const phase = { name: "infusing", cuffIntervalMin: course.cuffIntervalMin } as const;
      const recorded = new Replay(inputs, { protocol, phase });
      const changed = slower(protocol, byS);
      const rules = alarmRulesOf(changed);
      const whatIf = new Replay(inputs, { protocol, phase, rules, asRecorded: () => recorded });
      const decided = (replay: Replay) =>
        replay.log.flatMap(({ event }) =>
          event.type === "alarm" && event.kind === "physiological" && LIMIT_CHANGES.has(event.change)
            ? [`${event.at} ${event.change} ${event.alarm} ${event.priority}`]
            : [],
        );
      const predicted = (limits: typeof course.limits) => predictLimitAlarms({ ...course, limits });
      const [before, after] = [predicted(course.limits), predicted(changed.limits as typeof course.limits)];
      const told = (events: typeof before) =>
        events.map(({ t, event, alarm, priority }) => `${Math.round(t * 1000)} ${event} ${alarm} ${priority}`);
      expect(decided(recorded)).toEqual(told(before));
      expect(decided(whatIf)).toEqual(told(after));

      const { sources, differences } = compare(recorded, whatIf);
      const count = (kind: string) => differences.filter((each) => each.kind === kind).length;
      const sum = (of: (each: (typeof sources)[number]) => number) => sources.reduce((n, each) => n + of(each), 0);
      expect(sum(({ before }) => before.alarms)).toBe(episodesOf(recorded.log).length);
      expect(sum(({ after }) => after.alarms) - sum(({ before }) => before.alarms)).toBe(
        count("gained") - count("lost"),
      );
      expect(sum(({ moved }) => moved)).toBe(count("moved"));

      // The same from the oracle's events alone: minutes by vital and priority, and what became of each alarm.
      const foretold = { before: spansOf(before), after: spansOf(after), until: recorded.to };
      expect(standingOf(sources, "before")).toEqual(standing(foretold.before, recorded.to));
      expect(standingOf(sources, "after")).toEqual(standing(foretold.after, recorded.to));
      expectForetold(differences, foretold);
    }),
    { numRuns: 150 },
  );
});

const LIMIT_CHANGES: ReadonlySet<string> = new Set([
  "raised",
  "escalated",
  "deescalated",
  "cleared",
  "unknown",
  "present",
]);

it("an edit of one vital leaves every other alarm where it was", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      const settings = { protocol, phase: { name: "infusing", cuffIntervalMin: 5 } } as const;
      const readings = inBay(inputs.filter(({ kind }) => kind === "reading"));
      const recorded = new Replay(readings, settings);
      const rules = editedRules([{ vital: "spo2", limits: {} }]);
      const whatIf = new Replay(readings, { ...settings, rules, asRecorded: () => recorded });
      const others = (replay: Replay) =>
        replay.log.filter(({ event }) => !("alarm" in event) || event.alarm !== "spo2.low");
      const withoutSpo2 = (replay: Replay) =>
        others(replay).filter(({ event }) => !("alarm" in event) || event.alarm !== "spo2.high");
      expect(withoutSpo2(whatIf)).toEqual(withoutSpo2(recorded));
      expect(compare(recorded, whatIf).differences.every(({ kind }) => kind === "lost")).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it("a patient who went home goes home under other rules too, and the next session is another", () => {
  const own = { limits: { spo2: { low: { warning: { limit: 80 } } } }, recoveryMinimumMin: 1 };
  const rules = { ...own, startChecks: [], dischargeChecks: [], reasonForEarlyStop: false };
  const protocol = protocolSchema.parse(rules);
  const by = actorSchema.parse({ id: "n1", name: "Nora Nurse", role: "nurse" });
  let at = 0;
  const inputs: ReplayInput["input"][] = [];
  const act = (document: object) => {
    const id = commandIdSchema.parse(`c${inputs.length}`);
    inputs.push({ kind: "command", at, id, by, command: commandSchema.parse(document) });
  };
  for (const session of ["first", "second"]) {
    act({
      type: "open-session",
      sessionId: session,
      patient: { initials: "AB", weightKg: 70 },
      protocol,
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
    });
    act({ type: "record-baseline", values: { hr: 70, spo2: 95, sbp: 120, dbp: 80 } });
    act({ type: "start-infusion" });
    for (let second = 0; second < 120; second += 1) {
      at += 1000;
      if (second === 20) act({ type: "end-infusion" });
      const values = { hr: 70, spo2: 95, sbp: 120, dbp: 80 };
      inputs.push({ kind: "reading", at, measuredAt: null, cadenceS: 1, values });
    }
    act({ type: "discharge" });
  }
  const refused = (replay: Replay) => replay.log.filter(({ event }) => event.type === "refused");
  const recorded = new Replay(inBay(inputs), { protocol: usual });
  expect(refused(recorded)).toEqual([]);
  const edit = {
    vital: "spo2",
    limits: { low: { warning: { limit: 99, priority: "medium", delay: 5, offDelay: 0, deadband: 0 } } },
  } as const;
  const whatIf = new Replay(inBay(inputs), { protocol: usual, rules: editedRules([edit]), asRecorded: () => recorded });
  expect(refused(whatIf)).toEqual([]);
  expect(whatIf.at(whatIf.positionAt(whatIf.to))[0]?.session).toBeNull();
  const { differences } = compare(recorded, whatIf);
  const gained = differences.filter(({ kind, after }) => kind === "gained" && after?.alarm === "spo2.low");
  expect(gained.map(({ after }) => after?.session)).toEqual(["first", "second"]);
  expect(comparisonCsv({ sources: [], differences: gained }).split("\r\n")[1]).toBe(
    "gained,1,first,spo2.low,,,,medium,1970-01-01T00:00:06.000Z,1970-01-01T00:02:00.000Z",
  );
});

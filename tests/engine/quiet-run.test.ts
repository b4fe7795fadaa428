/** Quiet readings taken many at once are the same readings taken one after the other. */
import { advance, advanceQuietly, type Bay, type BayInput, type ReadingInput } from "@vigil/shared/bay";
import { commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sessionsUnderWay } from "../bench/sessions.ts";
import { script } from "./generators.ts";
import { freshBay, stepsOf } from "./run.ts";

/** Each reading said again so often, a second apart: stretches long enough to be quiet in. */
const drawnOut = (inputs: readonly BayInput[], times: number): BayInput[] => {
  let late = 0;
  return inputs.flatMap((input): BayInput[] => {
    const first = { ...input, at: input.at + late };
    if (input.kind !== "reading") return [first];
    late += times * 1000;
    return Array.from({ length: times + 1 }, (_, n) => ({ ...first, at: first.at + n * 1000 }));
  });
};

it("from any bay, whatever comes", () => {
  let quiet = 0;
  fc.assert(
    fc.property(script, fc.nat(8), ({ protocol, inputs: few }, times) => {
      const inputs = drawnOut(few, times);
      const steps = stepsOf(freshBay(protocol), inputs);
      for (const [i, { before }] of steps.entries()) {
        const { bay, taken } = advanceQuietly(before, inputs, i);
        quiet += taken;
        if (taken === 0) {
          expect(bay).toBe(before);
          continue;
        }
        expect(bay).toEqual(steps[i + taken - 1]?.after);
        expect(steps.slice(i, i + taken).flatMap(({ events }) => events)).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
  // By chance some 8,000 to 11,000: with far fewer the property would have looked at nothing.
  expect(quiet).toBeGreaterThan(3_000);
});

/** Both ways at once: the whole of it must agree, and most of it must have been quiet. */
function compared(start: Bay, inputs: readonly BayInput[]): number {
  let slow = start;
  let fast = start;
  let one = 0;
  for (let next = 0; next < inputs.length; ) {
    const { bay, taken } = advanceQuietly(fast, inputs, next);
    fast = bay;
    const until = next + taken;
    for (; next < until; next += 1) {
      const { bay: after, events } = advance(slow, inputs[next]!);
      expect(events).toEqual([]);
      slow = after;
    }
    expect(fast).toEqual(slow);
    const input = inputs[next];
    if (input === undefined) break;
    slow = advance(slow, input).bay;
    fast = advance(fast, input).bay;
    one += 1;
    next += 1;
  }
  return 1 - one / inputs.length;
}

it.each([
  ["a calm infusion", 97, null, 0.98],
  ["an alarm that stands", 85, null, 0.95],
  ["a monitor that tells its time", 97, 1_500, 0.98],
])("%s is quiet but for its cuff", (_, spo2, skewMs, share) => {
  const inputs = sessionsUnderWay(1, 0, 0).flatMap((each) => each.inputs);
  const readings = Array.from({ length: 1800 }, (_, n): BayInput => {
    const at = 1000 + n * 1000;
    const cuff = n % 300 === 10 ? { sbp: 120, dbp: 80, map: 93 } : {};
    const values = { hr: 70 + (n % 7), spo2: spo2 + (n % 2), rr: 14, ...cuff };
    return { kind: "reading", at, measuredAt: skewMs === null ? null : at + skewMs, cadenceS: null, values };
  });
  expect(compared(freshBay(protocolSchema.parse({})), [...inputs, ...readings])).toBeGreaterThan(share);
});

const said = (at: number, values: ReadingInput["values"]): BayInput => ({
  kind: "reading",
  at,
  measuredAt: null,
  cadenceS: null,
  values,
});
const opened = sessionsUnderWay(1, 0, 0).flatMap((each) => each.inputs);

it("an alarm that grows worse is kept with its worst value", () => {
  const spo2 = [...Array.from({ length: 20 }, () => 88), 88, 87, 88, 88, 86, 87, 87, 87, 88, 88];
  const readings = spo2.map((value, n) => said(1000 + n * 1000, { spo2: value }));
  expect(compared(freshBay(protocolSchema.parse({})), [...opened, ...readings])).toBeGreaterThan(0.3);
});

it("messages in which nothing is measured end when they end", () => {
  const ats = [1, 2, 3, 4, 14, 15, 16, 29, 30, 31].map((second) => said(second * 1000, {}));
  compared(freshBay(protocolSchema.parse({})), [...opened, ...ats]);
});

it("the way home opens and closes with the value that it hangs on", () => {
  const rules = { startChecks: [], dischargeChecks: [], dischargeFacts: [], reasonForEarlyStop: false };
  const protocol = protocolSchema.parse({ ...rules, limits: {}, recoveryMinimumMin: 1, dischargeCuffs: 1 });
  const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
  const acts = [
    { type: "open-session", sessionId: "s", patient: { initials: "AB", weightKg: 70 }, plan, protocol },
    { type: "record-baseline", values: { hr: 70, spo2: 95, sbp: 120, dbp: 80 } },
    { type: "start-infusion" },
    { type: "end-infusion" },
  ].map(
    (document, n): BayInput => ({
      kind: "command",
      at: 0,
      id: commandIdSchema.parse(`c${n}`),
      by: actorSchema.parse({ id: "n", name: "Nora Nurse", role: "nurse" }),
      command: commandSchema.parse(document),
    }),
  );
  // Within a fifth of the baseline one is ready (56 to 84, 76 and more), and stays so within three tenths (49 to 91, 67).
  const wavering = fc.record({
    hr: fc.constantFrom(48, 49, 50, 55, 56, 57, 70, 70, 70, 70, 83, 84, 85, 90, 91, 92),
    spo2: fc.constantFrom(66, 67, 75, 76, 95, 95, 95, 95, 99),
    times: fc.integer({ min: 1, max: 12 }),
  });
  let quiet = 0;
  fc.assert(
    fc.property(fc.array(wavering, { minLength: 5, maxLength: 30 }), (parts) => {
      const values = parts.flatMap(({ times, ...each }) => Array.from({ length: times }, () => each));
      const calm = Array.from({ length: 65 }, () => ({ hr: 70, spo2: 95 }));
      const readings = [...calm, ...values].map((each, n) =>
        said(1000 + n * 1000, { ...each, ...(n === 50 ? { sbp: 120, dbp: 80 } : {}) }),
      );
      quiet += compared(freshBay(protocol), [...acts, ...readings]);
    }),
    { numRuns: 100 },
  );
  expect(quiet / 100).toBeGreaterThan(0.5);
});

/** Time: it does not matter how often anyone looks, nothing comes before its cause, and waiting comes to an end. */
import { advance, type BayInput, nextDeadline, quietUntil, settle } from "@vigil/shared/bay";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Script, script } from "./generators.ts";
import { freshBay, run, stepsOf } from "./run.ts";

const RUNS = { numRuns: 100 };

/** Ticks anywhere: between two inputs, at the very instant of one, before or after it, and after the last. */
const looks = fc.array(fc.record({ before: fc.nat(201), share: fc.constantFrom(0, 0.3, 0.999, 1) }), { maxLength: 60 });

function withTicks({ inputs, endAt }: Script, ticks: readonly { before: number; share: number }[]): BayInput[] {
  const told = [...inputs.keys(), inputs.length].flatMap((i) => {
    const from = inputs[i - 1]?.at ?? inputs[0]?.at ?? endAt;
    const to = inputs[i]?.at ?? endAt;
    const here = ticks.filter(({ before }) => before === i).map(({ share }) => Math.floor(from + (to - from) * share));
    const input = inputs[i];
    return [
      ...here.sort((a, b) => a - b).map((at): BayInput => ({ kind: "tick", at })),
      ...(input === undefined ? [] : [input]),
    ];
  });
  return told;
}

it("ticks, inserted anywhere or taken away, change neither the events nor the bay", () => {
  fc.assert(
    fc.property(script, looks, (sample, ticks) => {
      const { protocol, inputs, endAt } = sample;
      const looked = run(freshBay(protocol), withTicks(sample, ticks), endAt);
      expect(looked).toEqual(run(freshBay(protocol), inputs, endAt));
    }),
    RUNS,
  );
});

it("waking at every deadline, as the server does, changes nothing either", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs, endAt }) => {
      const woken = inputs.flatMap((input, i): BayInput[] => {
        const { bay } = run(freshBay(protocol), inputs.slice(0, i), Number.NEGATIVE_INFINITY);
        const deadline = nextDeadline(bay);
        return deadline !== null && deadline <= input.at ? [{ kind: "tick", at: deadline }, input] : [input];
      });
      expect(run(freshBay(protocol), woken, endAt)).toEqual(run(freshBay(protocol), inputs, endAt));
    }),
    { numRuns: 20 },
  );
});

it("each event lies between the last step and its input, none before the one it follows", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      let last = Number.NEGATIVE_INFINITY;
      for (const { before, input, after, events } of stepsOf(freshBay(protocol), inputs)) {
        for (const event of events) {
          expect(event.at).toBeGreaterThanOrEqual(Math.max(before.at, last));
          expect(event.at).toBeLessThanOrEqual(input.at);
          if (event.type === "act" || event.type === "refused") expect(event.at).toBe(input.at);
          last = event.at;
        }
        expect(after.at).toBeGreaterThanOrEqual(before.at);
        expect(after.at).toBeLessThanOrEqual(input.at);
        if (input.kind === "reading") expect(after.at).toBe(input.at);
      }
    }),
    RUNS,
  );
});

it("the next deadline is never in the past, is one step with at most one event an alarm, and leads to a later one", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { after } of stepsOf(freshBay(protocol), inputs)) {
        let bay = after;
        for (let steps = 0; ; steps++) {
          expect(steps).toBeLessThan(60);
          const deadline = nextDeadline(bay);
          if (deadline === null) break;
          expect(deadline).toBeGreaterThanOrEqual(bay.at);
          expect(settle(bay, deadline - 1)).toEqual({ bay, events: [] });
          const { bay: next, events } = settle(bay, deadline);
          for (const event of events) expect(event.at).toBe(deadline);
          const alarms = events.flatMap((event) => (event.type === "alarm" ? [event.alarm] : []));
          expect(new Set(alarms).size).toBe(alarms.length);
          expect(next.at).toBe(deadline);
          expect(nextDeadline(next) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(deadline);
          bay = next;
        }
        expect(settle(after, Number.POSITIVE_INFINITY).bay).toEqual(bay);
      }
    }),
    { numRuns: 25 },
  );
});

it("an input dated before what is settled counts as of now", () => {
  fc.assert(
    fc.property(script, fc.nat(100_000), ({ protocol, inputs }, backMs) => {
      const { bay } = run(freshBay(protocol), inputs, Number.NEGATIVE_INFINITY);
      fc.pre(Number.isFinite(bay.at));
      for (const input of inputs.slice(-5)) {
        expect(advance(bay, { ...input, at: bay.at - backMs })).toEqual(advance(bay, { ...input, at: bay.at }));
      }
    }),
    RUNS,
  );
});

it("no deadline falls into the time a bay says is quiet", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { after } of stepsOf(freshBay(protocol), inputs)) {
        expect(nextDeadline(after) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(quietUntil(after));
      }
    }),
    { numRuns: 200 },
  );
});

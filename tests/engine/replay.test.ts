/** Inputs are the truth: the same inputs give the same bay and events, whatever became of the first run. */
import { advance } from "@vigil/shared/bay";
import fc from "fast-check";
import { expect, it } from "vitest";
import { script } from "./generators.ts";
import { freshBay, frozen, run, stepsOf } from "./run.ts";

const RUNS = { numRuns: 100 };

it("a replay gives the same bay and events", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs, endAt }) => {
      expect(run(freshBay(protocol), structuredClone(inputs), endAt)).toEqual(run(freshBay(protocol), inputs, endAt));
    }),
    RUNS,
  );
});

it("nothing that was handed in or given back is ever changed", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs, endAt }) => {
      let bay = frozen(freshBay(frozen(protocol)));
      for (const input of inputs) bay = frozen(advance(bay, frozen(input))).bay;
      expect(bay).toEqual(run(freshBay(protocol), inputs, Number.NEGATIVE_INFINITY).bay);
      frozen(run(bay, [], endAt));
    }),
    RUNS,
  );
});

it("a session rebuilt from its own inputs, as a journal keeps them, in a fresh bay, is the session that was", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs, endAt }) => {
      const steps = stepsOf(freshBay(protocol), inputs);
      for (const [i, opening] of steps.entries()) {
        if (!opening.events.some((event) => event.type === "act" && event.command === "open-session")) continue;
        const kept: typeof inputs = JSON.parse(JSON.stringify(inputs.slice(i)));
        const again = stepsOf(freshBay(protocol), kept);
        expect(again.map(({ events }) => events)).toEqual(steps.slice(i).map(({ events }) => events));
        expect(again.map(({ after }) => after)).toEqual(steps.slice(i).map(({ after }) => after));
        expect(run(freshBay(protocol), kept, endAt).bay).toEqual(run(freshBay(protocol), inputs, endAt).bay);
      }
    }),
    { numRuns: 60 },
  );
});

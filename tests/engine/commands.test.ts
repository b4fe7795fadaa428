/** Commands: refused ones change nothing, the clocks add up, and no input whatever makes the engine fail. */
import { advance, settle } from "@vigil/shared/bay";
import { infusionElapsedMs, infusionPausedMs } from "@vigil/shared/session";
import fc from "fast-check";
import { expect, it } from "vitest";
import { script } from "./generators.ts";
import { freshBay, stepsOf } from "./run.ts";

it("a refused command changes nothing, and is one event", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { before, input, after, events } of stepsOf(freshBay(protocol), inputs)) {
        if (!events.some(({ type }) => type === "refused")) continue;
        const settled = settle(before, input.at);
        expect(after).toEqual(settled.bay);
        expect(events.slice(0, -1)).toEqual(settled.events);
        expect(events.at(-1)).toMatchObject({
          type: "refused",
          at: input.at,
          ...(input.kind === "command" ? { command: input.command.type, by: input.by } : {}),
        });
      }
    }),
    { numRuns: 100 },
  );
});

it("every command is either carried out or refused, once, by the person who gave it", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { input, after, events } of stepsOf(freshBay(protocol), inputs)) {
        const answers = events.filter(({ type }) => type === "act" || type === "refused");
        if (input.kind !== "command") expect(answers).toEqual([]);
        else {
          expect(answers).toMatchObject([{ command: input.command.type, by: input.by, at: input.at }]);
          if (answers[0]?.type === "act") expect(answers[0].phase).toBe(after.session?.phase ?? null);
        }
      }
    }),
    { numRuns: 100 },
  );
});

it("elapsed and paused are what the acts tell, and add up to the time since the start", () => {
  fc.assert(
    fc.property(script, fc.nat(100_000), ({ protocol, inputs }, laterMs) => {
      let told = { elapsed: 0, paused: 0, phase: "preparation" as string | null, at: 0, inTime: true };
      for (const { input, events, after } of stepsOf(freshBay(protocol), inputs)) {
        for (const event of events) {
          if (event.type !== "act") continue;
          if (event.command === "open-session")
            told = { elapsed: 0, paused: 0, phase: event.phase, at: event.at, inTime: true };
          // What was entered late or taken back, the order of the acts does not tell; it is a property of its own.
          if (input.kind === "command" && ("effectiveAt" in input.command || input.command.type === "undo-act"))
            told.inTime = false;
          if (told.phase === "infusing") told.elapsed += event.at - told.at;
          if (told.phase === "paused") told.paused += event.at - told.at;
          told = { ...told, phase: event.phase, at: event.at };
        }
        const infusion = after.session?.infusion ?? null;
        if (infusion === null) continue;
        const now = after.at + laterMs;
        const elapsed = infusionElapsedMs(infusion, now);
        const paused = infusionPausedMs(infusion, now);
        expect(elapsed + paused).toBe((infusion.endedAt ?? now) - infusion.startedAt);
        if (!told.inTime) continue;
        expect(elapsed).toBe(told.elapsed + (told.phase === "infusing" ? now - told.at : 0));
        expect(paused).toBe(told.paused + (told.phase === "paused" ? now - told.at : 0));
      }
    }),
    { numRuns: 100 },
  );
});

it("new rules for one vital leave the others’ alarms and running delays as they were", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { before, input, after, events } of stepsOf(freshBay(protocol), inputs)) {
        if (input.kind !== "command" || events.at(-1)?.type === "refused") continue;
        const { command } = input;
        if (command.type !== "set-limits" && command.type !== "alarm-off" && command.type !== "alarm-on") continue;
        const { bay: settled } = settle(before, input.at);
        const others = ({ watches }: typeof after) => watches.filter(({ vital }) => vital !== command.vital);
        expect(others(after)).toEqual(others(settled));
        // Of procedural alarms some follow from there being a physiological one.
        const standing = ({ alarms }: typeof after) =>
          alarms.filter(({ id, kind }) => kind === "physiological" && !id.startsWith(`${command.vital}.`));
        expect(standing(after)).toEqual(standing(settled));
      }
    }),
    { numRuns: 100 },
  );
});

it("no pause of the sound reaches further than two minutes ahead", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { input, after } of stepsOf(freshBay(protocol), inputs)) {
        if (after.audioPause === null) continue;
        expect(after.audioPause.until).toBeGreaterThan(input.at);
        expect(after.audioPause.until).toBeLessThanOrEqual(input.at + 120_000);
      }
    }),
    { numRuns: 100 },
  );
});

it("a bay in any state takes any reading, however odd its times and values", () => {
  const odd = fc.option(fc.constantFrom(0, 1, 99.5, 100), { nil: null });
  const reading = fc.record({
    kind: fc.constant("reading" as const),
    at: fc.constantFrom(-1, 0, 0.5, 1e12, 8.64e15),
    measuredAt: fc.option(fc.constantFrom(-1e15, 0, 8.64e15), { nil: null }),
    cadenceS: fc.option(fc.constantFrom(Number.MIN_VALUE, 1e-9, 3600), { nil: null }),
    values: fc.record({ hr: odd, spo2: odd, rr: odd, sbp: odd, dbp: odd, map: odd }, { requiredKeys: [] }),
  });
  fc.assert(
    fc.property(script, fc.array(reading, { maxLength: 5 }), ({ protocol, inputs }, readings) => {
      let bay = stepsOf(freshBay(protocol), inputs).at(-1)?.after ?? freshBay(protocol);
      for (const each of readings) bay = advance(bay, each).bay;
      const { bay: end } = settle(bay, Math.max(bay.at, 0) + 86_400_000);
      expect(Number.isNaN(end.at)).toBe(false);
      expect(JSON.stringify(end)).not.toContain("NaN");
    }),
    { numRuns: 100 },
  );
});

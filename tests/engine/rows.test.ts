/** Missing is never 0: a row and a trend hold only numbers that were sent, and only this patient's. */
import { addToTrend, boardRow, emptyTrend } from "@vigil/shared/board";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import fc from "fast-check";
import { expect, it } from "vitest";
import { script } from "./generators.ts";
import { freshBay, stepsOf } from "./run.ts";

it("a row holds of each vital the last value sent in this session, or since the last one, with its time, or null", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      let sent = new Map<Vital, { value: number; at: number }>();
      for (const { input, before, after } of stepsOf(freshBay(protocol), inputs)) {
        // Nobody's values but of whoever is there: a session that is opened, ends or goes elsewhere leaves none behind.
        if (before.session?.id !== after.session?.id) sent = new Map();
        if (input.kind === "reading") {
          for (const vital of VITALS) {
            const value = input.values[vital];
            if (typeof value === "number") sent.set(vital, { value, at: input.at });
          }
        }
        const row = boardRow(after);
        for (const vital of VITALS) {
          expect(row.vitals[vital]).toMatchObject(sent.get(vital) ?? { value: null, at: null });
        }
        for (const alarm of row.alarms) {
          if (alarm.kind === "physiological") expect([...sent.values()].length).toBeGreaterThan(0);
          else expect([alarm.value, alarm.extreme, alarm.limit]).toEqual([null, null, null]);
        }
      }
    }),
    { numRuns: 100 },
  );
});

it("a row of any bay is plain data that survives the wire", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { after } of stepsOf(freshBay(protocol), inputs).slice(-3)) {
        const row = boardRow(after);
        expect(JSON.parse(JSON.stringify(row))).toEqual(row);
      }
    }),
    { numRuns: 100 },
  );
});

it("a trend holds only numbers that were sent", () => {
  fc.assert(
    fc.property(script, ({ inputs }) => {
      const trend = emptyTrend();
      const hr = new Set<number>();
      const spo2 = new Set<number>();
      for (const input of inputs) {
        if (input.kind !== "reading") continue;
        addToTrend(trend, input.at, input.values);
        if (typeof input.values.hr === "number") hr.add(input.values.hr);
        if (typeof input.values.spo2 === "number") spo2.add(input.values.spo2);
      }
      for (const [, ...extremes] of trend.buckets) {
        for (const [i, value] of extremes.entries()) {
          if (value !== null) expect((i < 2 ? hr : spo2).has(value)).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  );
});

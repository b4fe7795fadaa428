import { VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MINUTE_MS, type TimedValues, thinMinutes } from "./thin-minutes.ts";

const value = fc.option(fc.integer({ min: 0, max: 300 }));
const readings = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 5 * MINUTE_MS }),
      ...{ hr: value, spo2: value, rr: value, sbp: value, dbp: value, map: value },
    }),
    { maxLength: 200 },
  )
  .map((all): TimedValues[] => all.sort((a, b) => a.at - b.at));

it("every extreme of every minute survives, and no minute is made up", () => {
  fc.assert(
    fc.property(readings, (all) => {
      const thinned = thinMinutes(all);
      for (const vital of VITALS) {
        for (let at = 0; at <= 5 * MINUTE_MS; at += MINUTE_MS) {
          const values = all.flatMap((each) => {
            const here = each[vital];
            return here !== null && each.at >= at && each.at < at + MINUTE_MS ? [here] : [];
          });
          const found = thinned.filter((minute) => minute.at === at && minute.vital === vital);
          expect(found.map(({ count, low, high }) => [count, low, high])).toEqual(
            values.length === 0 ? [] : [[values.length, Math.min(...values), Math.max(...values)]],
          );
        }
      }
    }),
  );
});

it("half of the values lie on either side of the median", () => {
  fc.assert(
    fc.property(readings, (all) => {
      for (const { vital, at, count, median, low, high } of thinMinutes(all)) {
        const values = all.flatMap((each) => {
          const here = each[vital];
          return here !== null && Math.floor(each.at / MINUTE_MS) * MINUTE_MS === at ? [here] : [];
        });
        expect(values.filter((each) => each < median).length).toBeLessThanOrEqual(count / 2);
        expect(values.filter((each) => each > median).length).toBeLessThanOrEqual(count / 2);
        expect(low <= median && median <= high).toBe(true);
      }
    }),
  );
});

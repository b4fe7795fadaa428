import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomFrom } from "./index.ts";

describe("chance from a seed", () => {
  it("gives the same numbers on every machine", () => {
    const random = randomFrom(1, "known");
    const drawn = [random.within([0, 1]), random.normal(), random.within([10, 20])];
    expect(drawn).toMatchInlineSnapshot(`
      [
        0.745840102794911,
        1.3699523851610196,
        19.516355230752197,
      ]
    `);
  });

  it("repeats itself for the same seed and name", () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (s, name) => {
        const draw = () => {
          const random = randomFrom(s, name);
          return [random.within([0, 1]), random.normal(), random.chance(0.5), random.pick(["a", "b", "c"])];
        };
        expect(draw()).toEqual(draw());
      }),
    );
  });

  it("is even, normal, and different for names that differ in one letter", () => {
    const firsts = Array.from({ length: 4000 }, (_, i) => randomFrom(9, `name/${i}`).within([0, 1]));
    expect(new Set(firsts).size).toBe(4000);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = firsts.filter((value) => Math.floor(value * 10) === tenth).length / firsts.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.02);
    }
    const random = randomFrom(9, "normal");
    const normal = Array.from({ length: 4000 }, () => random.normal());
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
    const sd = Math.sqrt(normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length);
    expect(Math.abs(mean)).toBeLessThan(0.06);
    expect(Math.abs(sd - 1)).toBeLessThan(0.05);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tilesLayout, topBarLayout, wallLayout } from "./layout.ts";

const bays = fc.integer({ min: 1, max: 64 });
const screen = fc.record({ width: fc.integer({ min: 1280, max: 3840 }), height: fc.integer({ min: 720, max: 2160 }) });

describe("wallLayout", () => {
  it("gives every bay a place on the screen", () => {
    fc.assert(
      fc.property(bays, screen, (n, size) => {
        const { columns, rows, tile, gap, pad, header, footer } = wallLayout(n, size);
        expect(columns * rows).toBeGreaterThanOrEqual(n);
        expect(columns * tile.width + (columns - 1) * gap + 2 * pad).toBeLessThanOrEqual(size.width);
        expect(rows * tile.height + (rows - 1) * gap + header + footer).toBeLessThanOrEqual(size.height);
      }),
    );
  });

  it("gives the tiles of a box on another page all of its height but what is left over between them", () => {
    fc.assert(
      fc.property(bays, screen, (n, box) => {
        const { rows, tile, gap, pad, header, footer } = tilesLayout(n, box);
        expect([pad, header, footer]).toEqual([0, 0, 0]);
        const used = rows * tile.height + (rows - 1) * gap;
        expect(used).toBeLessThanOrEqual(box.height);
        expect(box.height - used).toBeLessThan(rows);
      }),
    );
  });

  it("fits a tile's parts into the tile, figures into their body", () => {
    fc.assert(
      fc.property(bays, screen, (n, size) => {
        const { tile, head, body, trend, unit, grow, density } = wallLayout(n, size);
        expect(head + body + trend).toBeLessThanOrEqual(tile.height);
        expect(200 * unit).toBeLessThanOrEqual(tile.width + 0.001);
        expect(body).toBeGreaterThanOrEqual(62 * unit - 1);
        expect(grow).toBeGreaterThanOrEqual(1);
        // Where print needs more room than there is, the trend gives it.
        expect(trend).toBeGreaterThanOrEqual(Math.floor((density === "sparse" ? 9 : 16) * unit));
      }),
    );
  });

  it("prints nothing too small to read, on any usual screen", () => {
    const wide = fc
      .record({ height: fc.integer({ min: 720, max: 2160 }), ratio: fc.double({ min: 1.6, max: 1.78, noNaN: true }) })
      .map(({ height, ratio }) => ({ height, width: Math.max(1280, Math.round(height * ratio)) }));
    fc.assert(
      fc.property(bays, wide, (n, size) => {
        expect(wallLayout(n, size).smallPrint / size.height).toBeGreaterThanOrEqual(0.0104);
      }),
    );
  });

  it("prints nothing below 10 px, with the band that says SOUND OFF too", () => {
    fc.assert(
      fc.property(bays, screen, fc.constantFrom(0, 0.09), (n, size, band) => {
        const { smallPrint, head, body, unit } = wallLayout(n, size, Math.round(size.height * band));
        expect(smallPrint).toBeGreaterThanOrEqual(9.99);
        // A line of print, and one over each of the two rows of figures.
        expect(head).toBeGreaterThanOrEqual(Math.floor(1.06 * smallPrint));
        expect(body).toBeGreaterThanOrEqual(2 * (1.06 * smallPrint + 18.9 * unit) - 2);
      }),
    );
  });

  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [8, 3, 3],
    [16, 4, 4],
    [64, 8, 8],
  ])("%i bays: %i × %i", (n, columns, rows) => {
    expect(wallLayout(n, { width: 1920, height: 1080 })).toMatchObject({ columns, rows });
  });

  it("lets no bay change place when a band takes the bottom of the screen", () => {
    fc.assert(
      fc.property(bays, screen, (n, size) => {
        const whole = wallLayout(n, size);
        const left = wallLayout(n, size, Math.round(size.height * 0.09));
        expect([left.columns, left.rows]).toEqual([whole.columns, whole.rows]);
        expect(left.rows * (left.tile.height + left.gap)).toBeLessThanOrEqual(size.height * 0.91);
      }),
    );
  });

  it("keeps 16 bays readable from 4 m on a 55-inch screen: figures of at least 16 minutes of arc", () => {
    const { unit } = wallLayout(16, { width: 1920, height: 1080 });
    const mmPerPixel = 1218 / 1920;
    // Figures are 25.5 units (tile.css), Inter's digits 0.727 of that.
    const digitMm = 25.5 * unit * 0.727 * mmPerPixel;
    expect((Math.atan(digitMm / 4000) * 180 * 60) / Math.PI).toBeGreaterThan(16);
  });
});

it("leaves room for alarms on the smallest screen", () => {
  expect(topBarLayout({ width: 1280, height: 720 }).alarms).toBeGreaterThan(800);
});

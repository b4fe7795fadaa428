import * as fc from "fast-check";
import { expect, it } from "vitest";
import { BEGINNING, elementPx, goTo, type Place, scrolled } from "./long-scroll.ts";

const MILLION = { wholePx: 48_000_000, viewPx: 700 };
const anExtent = fc.record({
  wholePx: fc.integer({ min: 0, max: 100_000_000 }),
  viewPx: fc.integer({ min: 1, max: 2_000 }),
});

it("reaches any row of a million, and shows it where it was asked for", () => {
  void fc.assert(
    fc.property(fc.nat(999_999), fc.nat(999_999), (first, second) => {
      let place: Place = BEGINNING;
      for (const row of [first, second]) {
        const { scrollTop, ...went } = goTo(place, row * 48, MILLION);
        expect(went.top).toBe(Math.min(row * 48, MILLION.wholePx - MILLION.viewPx));
        expect(scrollTop).toBeGreaterThanOrEqual(0);
        expect(scrollTop).toBeLessThanOrEqual(elementPx(MILLION) - MILLION.viewPx);
        // The browser tells of its own scrolling: nothing moves by that.
        place = scrolled(went, scrollTop, MILLION);
        expect(place.top).toBeCloseTo(went.top);
      }
    }),
  );
});

it("moves by as much as the wheel does, wherever it is", () => {
  for (const row of [0, 10, 500_000, 900_000]) {
    const { scrollTop, ...place } = goTo(BEGINNING, row * 48, MILLION);
    expect(scrolled(place, scrollTop + 120, MILLION).top - place.top).toBeCloseTo(120);
  }
});

it("goes from end to end with the scroll bar, and never beyond", () => {
  void fc.assert(
    fc.property(anExtent, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (extent, shares) => {
      const room = Math.max(0, elementPx(extent) - extent.viewPx);
      const end = Math.max(0, extent.wholePx - extent.viewPx);
      let place: Place = BEGINNING;
      for (const share of shares) {
        place = scrolled(place, share * room, extent);
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.top).toBeLessThanOrEqual(end);
      }
      expect(scrolled(place, room, extent).top).toBeCloseTo(room === 0 ? 0 : end);
      expect(scrolled(place, 0, extent).top).toBe(0);
    }),
  );
});

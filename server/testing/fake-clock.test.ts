import { expect, it } from "vitest";
import { FakeClock } from "./fake-clock.ts";

it("fires each timer at its own instant, in order, those armed on the way included", () => {
  const clock = new FakeClock(0);
  const fired: [string, number][] = [];
  clock.at(20, () => fired.push(["second", clock.now()]));
  clock.at(10, () => {
    fired.push(["first", clock.now()]);
    clock.at(15, () => fired.push(["between", clock.now()]));
  });
  const cancel = clock.at(12, () => fired.push(["cancelled", clock.now()]));
  cancel();
  clock.advance(100);
  expect(fired).toEqual([
    ["first", 10],
    ["between", 15],
    ["second", 20],
  ]);
  expect(clock.now()).toBe(100);
});

it("fires late after a jump, and never goes back", () => {
  const clock = new FakeClock(0);
  const fired: number[] = [];
  clock.at(10, () => fired.push(clock.now()));
  clock.jump(50);
  expect(fired).toEqual([50]);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});

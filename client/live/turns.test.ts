import { expect, it } from "vitest";
import { FakeTime } from "./testing/fake-time.ts";
import { Turns } from "./turns.ts";

const told = (turns: Turns<number>, index: number): number[] => {
  const values: number[] = [];
  turns.of(index).subscribe((value) => values.push(value));
  return values;
};

it("tells the first bays at once and the others in turns, the last of 64 within a third of a second", () => {
  const time = new FakeTime();
  const turns = new Turns(0, time.scheduler);
  const [first, second, last] = [told(turns, 0), told(turns, 16), told(turns, 63)];
  turns.next(1);
  expect([first, second, last]).toEqual([[0, 1], [0], [0]]);
  time.advance(100);
  expect([second, last]).toEqual([[0, 1], [0]]);
  time.advance(200);
  expect(last).toEqual([0, 1]);
});

it("takes a turn along with every picture that is made anyway", () => {
  const time = new FakeTime();
  const turns = new Turns(0, time.scheduler);
  const last = told(turns, 63);
  turns.next(1);
  for (let picture = 0; picture < 3; picture++) turns.takeTurn();
  expect(last).toEqual([0, 1]);
  turns.takeTurn();
  time.advance(1_000);
  expect(last).toEqual([0, 1]);
});

it("leaves out what is not news any more, and goes on with the newest", () => {
  const time = new FakeTime();
  const turns = new Turns(0, time.scheduler);
  const last = told(turns, 63);
  turns.next(1);
  turns.next(2);
  time.advance(1_000);
  expect(last).toEqual([0, 2]);
});

it("tells who comes later what is shown now", () => {
  const time = new FakeTime();
  const turns = new Turns(0, time.scheduler);
  turns.next(1);
  expect(told(turns, 63)).toEqual([1]);
});

it("is silent after it was closed", () => {
  const time = new FakeTime();
  const turns = new Turns(0, time.scheduler);
  const last = told(turns, 63);
  turns.next(1);
  turns.close();
  time.advance(1_000);
  expect(last).toEqual([0]);
});

import { BehaviorSubject, defer, NEVER, of, throwError } from "rxjs";
import { expect, it } from "vitest";
import { FakeTime } from "../live/testing/fake-time.ts";
import { infusing } from "../live/testing/rows.ts";
import { type BayDetail, openDetails } from "./bay-detail.ts";

const facts = infusing("1", 0);
const bayOf = () => ({
  id: facts.bay,
  name: "1",
  facts: new BehaviorSubject(facts),
  row: new BehaviorSubject(facts),
  trend: { buckets: [], cuffs: [] },
});

it("takes from the answer what it understands, and nothing else", () => {
  const body = {
    audioPause: { since: 1, until: 2, name: "Ada", reason: "suctioning" },
    alarmsOff: [
      { vital: "hr", name: "Bo", reason: "pacemaker" },
      { vital: "mood", name: "Bo", reason: "x" },
    ],
    acknowledgements: [{ alarm: "spo2.low", name: "Ada", at: 5 }, { alarm: "hr.high", name: "Ada" }, null],
    deliveries: [
      { alarm: "spo2.low", rung: 0, target: "second nurse", state: "failed", at: 6 },
      { alarm: "spo2.low", target: "supervisor", state: "flown" },
    ],
  };
  const given: BayDetail[] = [];
  openDetails(() => of(body), new FakeTime())(bayOf()).subscribe((detail) => given.push(detail));
  expect(given).toEqual([
    {
      audioPause: { since: 1, until: 2, name: "Ada", reason: "suctioning" },
      alarmsOff: [{ vital: "hr", name: "Bo", reason: "pacemaker" }],
      acknowledgements: [{ alarm: "spo2.low", name: "Ada", at: 5 }],
      deliveries: [{ alarm: "spo2.low", target: "second nurse", state: "failed" }],
      body,
    },
  ]);
  openDetails(() => of("nonsense"), new FakeTime())(bayOf()).subscribe((detail) => given.push(detail));
  expect(given.at(-1)).toEqual({
    audioPause: null,
    alarmsOff: [],
    acknowledgements: [],
    deliveries: [],
    body: "nonsense",
  });
});

it("asks once for all who look, and anew with every whole row, the newest answer only", () => {
  const bay = bayOf();
  const answers = [of("first"), NEVER, of("third")];
  let asked = 0;
  const detailOf = openDetails(() => answers[asked++] ?? NEVER, new FakeTime());
  const seen: unknown[] = [];
  const looking = [1, 2].map(() => detailOf(bay).subscribe(({ body }) => seen.push(body)));
  expect([asked, seen]).toEqual([1, ["first", "first"]]);
  bay.facts.next(facts);
  bay.facts.next(facts);
  expect([asked, seen]).toEqual([3, ["first", "first", "third", "third"]]);
  for (const one of looking) one.unsubscribe();
  expect(bay.facts.observed).toBe(false);
});

it("asks again after two seconds when there was no answer, until there is one", () => {
  const time = new FakeTime();
  const failing = throwError(() => new Error("503"));
  const answers = [failing, failing, of("there")];
  let asked = 0;
  const seen: unknown[] = [];
  openDetails(() => defer(() => answers[asked++] ?? NEVER), time)(bayOf()).subscribe(({ body }) => seen.push(body));
  time.advance(1_999);
  expect(asked).toBe(1);
  time.advance(2_001);
  expect([asked, seen]).toEqual([3, ["there"]]);
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { BayId } from "@vigil/shared/ids";
import type { ReadingReply } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { bayId, FakeClock, NINE_O_CLOCK } from "../testing/index.ts";
import { Gate, type Refused } from "./gate.ts";

function openGate(bays: readonly string[] = ["1", "2"]) {
  const clock = new FakeClock();
  const received: { bay: BayId; values: unknown; measuredAt: unknown; cadenceS: unknown }[] = [];
  const asked = new Set<string>();
  const told: { source: string; refused: Refused; count: number }[] = [];
  const foreign: string[] = [];
  const gate = new Gate({
    clock,
    receive: (bay, reading) => {
      asked.add(bay);
      if (!bays.includes(bay)) return false;
      received.push({ bay, ...reading });
      return true;
    },
    onRefused: (source, refused, count) => told.push({ source: source.name, refused, count }),
    onForeign: (source, bay) => foreign.push(`${source.from}: ${bay}`),
  });
  return { clock, gate, received, asked, told, foreign };
}

const sends = (name: string) => ({ name, from: `address of ${name}` });

it("takes one reading or a list, with exactly what the monitor said", () => {
  const { gate, received } = openGate();
  const source = gate.source(sends("s"));
  expect(source.take({ bay: "1", hr: 70, spo2: null, device: "unknown keys are ignored" })).toEqual({
    accepted: 1,
    refused: [],
  });
  source.take([
    { bay: "2", measuredAt: "2026-03-02T09:00:00+01:00", cadence: 60, sbp: 0 },
    { bay: "1", measuredAt: NINE_O_CLOCK },
  ]);
  expect(source.take([])).toEqual({ accepted: 0, refused: [] });
  source.take({ bay: "1", spo2: 98, map: null, device: "unknown keys are ignored" });
  expect(received).toEqual([
    { bay: "1", values: { hr: 70, spo2: null }, measuredAt: null, cadenceS: null },
    { bay: "2", values: { sbp: 0 }, measuredAt: Date.UTC(2026, 2, 2, 8), cadenceS: 60 },
    { bay: "1", values: {}, measuredAt: NINE_O_CLOCK, cadenceS: null },
    { bay: "1", values: { spo2: 98, map: null }, measuredAt: null, cadenceS: null },
  ]);
  expect(gate.counts).toEqual({ accepted: 4, refused: {} });
});

it.each<[string, unknown, Partial<Refused>]>([
  ["a wrong unit", { bay: "1", spo2: 970 }, { code: "out-of-range", field: "spo2" }],
  ["a sentinel below", { bay: "1", hr: -1 }, { code: "out-of-range", field: "hr" }],
  ["a sentinel above", { bay: "1", map: 32_767 }, { code: "out-of-range", field: "map" }],
  ["text for a number", { bay: "1", hr: "70" }, { code: "malformed", field: "hr" }],
  ["not a number", { bay: "1", rr: Number.NaN }, { code: "malformed", field: "rr" }],
  ["infinity", { bay: "1", rr: Number.POSITIVE_INFINITY }, { code: "malformed", field: "rr" }],
  ["no bay", { hr: 70 }, { code: "malformed", field: "bay" }],
  ["an empty bay", { bay: "", hr: 70 }, { code: "malformed", field: "bay" }],
  ["a bay that is a number", { bay: 1, hr: 70 }, { code: "malformed", field: "bay" }],
  ["a bay of 100 letters", { bay: "b".repeat(100), hr: 70 }, { code: "malformed", field: "bay" }],
  ["a bay that is markup", { bay: "<script>", hr: 70 }, { code: "malformed", field: "bay" }],
  ["a cadence of nothing", { bay: "1", cadence: 0 }, { code: "malformed", field: "cadence" }],
  ["a cadence of a day", { bay: "1", cadence: 86_400 }, { code: "malformed", field: "cadence" }],
  ["a time without zone", { bay: "1", measuredAt: "2026-03-02T09:00:00" }, { code: "malformed", field: "measuredAt" }],
  ["half a millisecond", { bay: "1", measuredAt: 1.5 }, { code: "malformed", field: "measuredAt" }],
  ["text", "hr=70", { code: "malformed", field: null }],
  ["null", null, { code: "malformed", field: null }],
  ["nothing", undefined, { code: "malformed", field: null }],
  ["a number", 7, { code: "malformed", field: null }],
  ["a list in a list", [[{ bay: "1", hr: 70 }]], { code: "malformed", field: null }],
  ["bytes", Buffer.from("hr=70"), { code: "malformed", field: "bay" }],
  ["a bay that is not there", { bay: "77", hr: 70 }, { code: "unknown-bay", field: "bay" }],
  [
    "a clock far ahead",
    { bay: "1", hr: 70, measuredAt: NINE_O_CLOCK + 300_001 },
    { code: "clock-ahead", field: "measuredAt" },
  ],
])("refuses %s with a code, the field and a sentence", (_what, body, refused) => {
  // From a sender that has spoken for the bay before, too.
  for (const before of [[], [{ bay: "1", hr: 70 }]]) {
    const { gate, received } = openGate();
    const source = gate.source(sends("s"));
    source.take(before);
    const reply = source.take(body);
    expect(reply).toMatchObject({ accepted: 0, refused: [{ index: 0, ...refused }] });
    expect(reply.refused[0]?.reason).toMatch(/\S+ \S+/);
    expect(received).toHaveLength(before.length);
    expect(gate.counts.refused).toEqual({ [String(refused.code)]: 1 });
  }
});

it("names what would have been right", () => {
  const { gate } = openGate();
  const source = gate.source(sends("s"));
  expect(source.take({ bay: "1", spo2: 970 }).refused[0]?.reason).toBe(
    "SpO₂ must be a number from 0 to 100 %, or null for no valid value",
  );
  expect(source.take({ bay: "77" }).refused[0]?.reason).toBe('There is no bay "77".');
  expect(source.take({ bay: "1", measuredAt: NINE_O_CLOCK + 600_000 }).refused[0]?.reason).toBe(
    "The device's clock is 10 minutes ahead of the server's. Set the clock of the monitor.",
  );
  expect(source.take({ bay: "1", measuredAt: NINE_O_CLOCK + 3_600_000 * 24 * 365 }).refused[0]?.reason).toBe(
    "The device's clock is 365 days ahead of the server's. Set the clock of the monitor.",
  );
});

it.each<[string, unknown, string]>([
  ["no bay", { hr: 70 }, 'The bay must be named, as text: "bay": "1".'],
  ["a bay that is a number", { bay: 1 }, 'The bay must be named, as text: "bay": "1".'],
  ["a time without zone", { bay: "1", measuredAt: "2026-03-02T09:00:00" }, "ISO 8601 with its zone"],
  ["a cadence of nothing", { bay: "1", cadence: 0 }, "seconds between readings, more than 0 and at most 3600"],
  ["a cadence as text", { bay: "1", cadence: "1" }, "seconds between readings, more than 0 and at most 3600"],
  ["a number", 7, "A reading must be a JSON object with a bay and values."],
  ["a line with NaN", '{"bay":"1","hr":NaN}', "null for no valid value (NaN is not JSON)"],
])("says of %s what would have been right, in words for whoever builds the sender", (_what, body, sentence) => {
  const { gate } = openGate();
  expect(gate.source(sends("s")).take(body).refused[0]?.reason).toContain(sentence);
});

it("takes a device's clock that is behind, or a little ahead", () => {
  const { gate } = openGate();
  const source = gate.source(sends("s"));
  expect(source.take({ bay: "1", measuredAt: 0 }).accepted).toBe(1);
  expect(source.take({ bay: "1", measuredAt: NINE_O_CLOCK + 300_000 }).accepted).toBe(1);
});

it("does not let one bad reading of a list harm the others, and names it by its place", () => {
  const { gate, received } = openGate();
  const list = [{ bay: "1", hr: 70 }, { bay: "1", hr: 999 }, "x", { bay: "2", hr: 71 }];
  expect(gate.source(sends("s")).take(list)).toMatchObject({
    accepted: 2,
    refused: [
      { index: 1, code: "out-of-range" },
      { index: 2, code: "malformed" },
    ],
  });
  expect(received.map((one) => one.bay)).toEqual(["1", "2"]);
});

it("names the first refused ones only, and counts them all", () => {
  const { gate } = openGate();
  const reply = gate.source(sends("s")).take(Array.from({ length: 500 }, () => ({ bay: "77" })));
  expect(reply.refused).toHaveLength(20);
  expect(gate.counts).toEqual({ accepted: 0, refused: { "unknown-bay": 500 } });
});

it("bounds a flood of 10 000 messages in one second, counts what it drops, and recovers", () => {
  const { clock, gate, received, told } = openGate();
  const flood = gate.source(sends("flood"));
  const refusals: ReadingReply["refused"][number][] = [];
  for (let i = 0; i < 10_000; i++) {
    const { refused } = flood.take({ bay: "1", hr: 70 });
    refusals.push(...refused);
    clock.advance(i % 10 === 9 ? 1 : 0);
  }
  // At most 200 a second and twice that at once for the bay.
  expect(received.length).toBeGreaterThanOrEqual(400);
  expect(received.length).toBeLessThanOrEqual(601);
  expect(gate.counts).toEqual({ accepted: received.length, refused: { "too-fast": 10_000 - received.length } });
  expect(refusals.at(-1)?.reason).toMatch(/more than \d+ readings a second\. It was dropped and counted/);
  expect(told.length).toBeLessThanOrEqual(2);
  clock.advance(1_000);
  expect(flood.take({ bay: "1", hr: 70 }).accepted).toBe(1);
});

it("lets other sources' bays through while one source floods", () => {
  const { clock, gate, received } = openGate();
  const flood = gate.source(sends("flood"));
  const monitor = gate.source(sends("monitor"));
  for (let i = 0; i < 10_000; i++) {
    flood.take({ bay: "1", hr: 70 });
    if (i % 1_000 === 0) monitor.take({ bay: "2", hr: 71 });
    clock.advance(i % 10 === 9 ? 1 : 0);
  }
  expect(received.filter((one) => one.bay === "2")).toHaveLength(10);
});

it("lets a bay's own monitor through while another source floods that very bay", () => {
  const { clock, gate, received } = openGate();
  const flood = gate.source(sends("flood"));
  const monitor = gate.source(sends("monitor"));
  for (let i = 0; i < 10_000; i++) {
    flood.take({ bay: "1", hr: 70 });
    if (i % 1_000 === 0) monitor.take({ bay: "1", hr: 99 });
    clock.advance(i % 10 === 9 ? 1 : 0);
  }
  expect(received.filter(({ values }) => JSON.stringify(values) === '{"hr":99}')).toHaveLength(10);
});

it("gives a sender with several connections no more than one with one", () => {
  const { gate } = openGate();
  const connections = Array.from({ length: 10 }, () => gate.source(sends("greedy")));
  const taken = connections.map((source) => source.take(Array.from({ length: 100 }, () => ({ bay: "1" }))).accepted);
  expect(taken.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(401);
});

it("counts and tells what could not be read at all", () => {
  const { gate, told } = openGate();
  gate.source(sends("s")).refuse("too-large", "The body is larger than 1 MB.");
  expect(gate.counts).toEqual({ accepted: 0, refused: { "too-large": 1 } });
  expect(told).toMatchObject([
    { source: "s", refused: { code: "too-large", reason: "The body is larger than 1 MB." } },
  ]);
});

it("spends nothing on parsing what comes too fast", () => {
  const { gate, asked } = openGate();
  const source = gate.source(sends("flood"));
  source.take(Array.from({ length: 3_000 }, (_, i) => ({ bay: `made-up ${i}` })));
  expect(asked.size).toBe(2_000);
});

it("remembers nothing of bays that a source made up", () => {
  const clock = new FakeClock();
  const gate = new Gate({ clock, receive: () => false, onRefused: () => undefined, onForeign: () => undefined });
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const heap = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const source = gate.source(sends("liar"));
  const take = (from: number) => {
    for (let i = 0; i < 100; i++) source.take({ bay: `made-up ${from + i}` });
    clock.advance(1_000);
  };
  for (let i = 0; i < 100; i++) take(i * 100);
  const before = heap();
  for (let i = 100; i < 400; i++) take(i * 100);
  expect(Object.keys(gate.counts.refused)).toEqual(["unknown-bay"]);
  expect(heap() - before).toBeLessThan(1_000_000);
});

it("tells of a source's refusals at most once in ten seconds, with their number", () => {
  const { clock, gate, told } = openGate();
  const source = gate.source(sends("bad monitor"));
  for (let second = 0; second < 25; second++) {
    source.take({ bay: "1", hr: -1 });
    clock.advance(1_000);
  }
  expect(told.map(({ source: name, count, refused }) => [name, count, refused.code])).toEqual([
    ["bad monitor", 1, "out-of-range"],
    ["bad monitor", 10, "out-of-range"],
    ["bad monitor", 10, "out-of-range"],
  ]);
});

it("tells of every reading of a bay for which its sender does not speak", () => {
  const { gate, foreign, received } = openGate();
  const source = gate.source(sends("m1"), new Set([bayId("1")]));
  source.take([{ bay: "1" }, { bay: "2" }, { bay: "2" }, { bay: "made-up" }]);
  expect(received).toHaveLength(1);
  expect(foreign).toEqual(["address of m1: 2", "address of m1: 2", "address of m1: made-up"]);
});

// @vitest-environment node
/** Whatever is dropped on the page: it opens and can be looked at anywhere, or it is refused in a sentence. */
import { advance, type BayInput, departure, newBay } from "@vigil/shared/bay";
import { type FeedLine, feedLineOf, headerText, lineText } from "@vigil/shared/feed";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Opened } from "./asking.ts";
import { ReplayDesk } from "./desk.ts";
import { fileLines, NotReadable } from "./read-lines.ts";

const ONE = bayIdSchema.parse("1");
const TWO = bayIdSchema.parse("2");

/** A visit that begins at one bay and goes on at another. */
function visit(): string[] {
  let at = 1_772_442_000_000;
  const from = at;
  let bay = newBay(ONE, protocolSchema.parse({}));
  const by = actorSchema.parse({ id: "n1", name: "Nora Nurse", role: "nurse" });
  const lines: FeedLine[] = [];
  const told = (id: typeof ONE, input: BayInput) => {
    lines.push(feedLineOf(id, input, from));
    bay = advance(bay, input).bay;
  };
  const act = (document: object, target?: "free"): BayInput => ({
    kind: "command",
    at,
    id: commandIdSchema.parse(`c${lines.length}`),
    by,
    command: commandSchema.parse(document),
    target,
  });
  const readings = (id: typeof ONE, spo2: number, seconds: number) => {
    for (let n = 0; n < seconds; n += 1) {
      at += 1000;
      const values = { hr: 70, spo2, rr: 14, ...(n === 3 ? { sbp: 120, dbp: 80, map: 93 } : {}) };
      told(id, { kind: "reading", at, measuredAt: at + 20, cadenceS: 1, values });
    }
  };
  const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
  told(
    ONE,
    act({
      type: "open-session",
      sessionId: "s",
      patient: { initials: "AB", weightKg: 70 },
      plan,
      protocol: protocolSchema.parse({}),
    }),
  );
  told(ONE, act({ type: "record-baseline", values: { hr: 70, spo2: 97, sbp: 120, dbp: 80 } }));
  for (const check of protocolSchema.parse({}).startChecks) told(ONE, act({ type: "confirm-check", check }));
  told(ONE, act({ type: "start-infusion" }));
  readings(ONE, 97, 10);
  readings(ONE, 85, 15);
  told(ONE, { kind: "delivery", at, alarm: "spo2.low", rung: 0, state: "confirmed", reason: null });
  const leaving = act({ type: "transfer-session", to: "2" }, "free");
  const carried = leaving.kind === "command" ? departure(bay, leaving) : null;
  told(ONE, leaving);
  if (carried === null) throw new Error("nobody left");
  bay = newBay(TWO, protocolSchema.parse({}));
  told(TWO, { kind: "arrival", at, by, from: ONE, carried });
  readings(TWO, 98, 10);
  const header = { bays: [ONE, TWO], startedAt: new Date(from).toISOString(), cadence: null, other: {} };
  return [headerText(header), ...lines.map(lineText)];
}

const WHOLE = visit();
const file = (name: string, bytes: Uint8Array<ArrayBuffer>) => new File([bytes], name);
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const packed = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** Opens it as the worker does; where it opened, or a part of it is good, looks at it everywhere. */
async function dropped(given: File): Promise<"opened" | string> {
  const desk = new ReplayDesk(() => 0);
  const answer = await desk.open(given.name, fileLines(given));
  if (answer.ok) {
    lookAtAll(desk, answer);
    return "opened";
  }
  if (answer.goodLines !== undefined) {
    const part = await desk.open(given.name, fileLines(given), answer.goodLines);
    if (part.ok) lookAtAll(desk, part);
    else expect(part).toMatchObject({ reason: expect.stringMatching(/^A session that comes from another bay/) });
  }
  return answer.reason;
}

function lookAtAll(desk: ReplayDesk, { bays, from, to, log }: Opened): void {
  const bay = bays[0]!;
  for (const which of ["recorded", "what-if"] as const) {
    for (const at of [from, (from + to) / 2, to]) {
      desk.view({ from: null, moves: [{ kind: "at", at: Math.round(at) }], which, bay });
    }
    for (const each of bays.slice(0, 3)) desk.charts({ bay: each, which });
    const limits = { low: { warning: { limit: 90, delay: 5, offDelay: 0, deadband: 0, priority: "medium" as const } } };
    desk.whatIf({ edits: [{ vital: "spo2", limits }] });
  }
  for (const { at, taken } of log.slice(0, 3)) {
    desk.view({ from: null, moves: [{ kind: "at", at, taken }], which: "recorded", bay });
  }
}

/** A sentence for people: nothing of the program's own insides. */
const isSentence = (text: string) =>
  /^[A-Z].*\.$/s.test(text) && !/is not a function|is not iterable|Cannot read|is not defined/.test(text);

describe("a dropped file", () => {
  it("opens when it is whole, packed or not", async () => {
    const text = bytesOf(`${WHOLE.join("\n")}\n`);
    expect(await dropped(file("a.ndjson", text))).toBe("opened");
    expect(await dropped(file("a.ndjson.gz", await packed(text)))).toBe("opened");
  });

  it("opens or is refused in a sentence, wherever it is cut off and whatever is changed in it", async () => {
    const damage = fc.record({
      isPacked: fc.boolean(),
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
      changes: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }), {
        maxLength: 4,
      }),
    });
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(damage, async ({ isPacked, keep, changes }) => {
        const text = bytesOf(`${WHOLE.join("\n")}\n`);
        const whole = isPacked ? await packed(text) : text;
        const bytes = new Uint8Array(whole.slice(0, Math.ceil(keep * whole.length)));
        for (const { at, byte } of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte;
        const outcome = await dropped(file(isPacked ? "a.ndjson.gz" : "a.ndjson", bytes));
        outcomes.add(outcome === "opened");
        expect(outcome === "opened" || isSentence(outcome) ? "" : outcome).toBe("");
      }),
      { numRuns: 250 },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it("opens or is refused in a sentence, whatever stands in place of one of its values, and in whichever order", async () => {
    const strange = fc.constantFrom<unknown>(null, -1, 0, 1e308, "", "x", [], {}, true, [[]], { type: "open-session" });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(WHOLE.length - 1),
        fc.nat(400),
        strange,
        fc.nat(WHOLE.length - 1),
        async (n, key, value, to) => {
          const lines = [...WHOLE];
          const [line = "{}"] = lines.splice(n, 1);
          lines.splice(to === 0 ? n : to, 0, replaced(line, key, value));
          const outcome = await dropped(file("a.ndjson", bytesOf(lines.join("\n"))));
          expect(outcome === "opened" || isSentence(outcome) ? "" : outcome).toBe("");
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ["a line without end", `${WHOLE[0]}\n{"t":${"1".repeat(9_000_000)}`, /^Line 2: it is longer than 8 MB/],
    ["a century and a day", '{"feed":"vigil/1"}\n{"t":1e300,"hr":70}\n', /^Line 2: t 1e\+300 lies more than a century/],
    ["a bay for every line", many(2_001), /^Line 2002: there are more than 2000 bays/],
  ])("with %s is refused", async (_, text, said) => {
    expect(await dropped(file("a.ndjson", bytesOf(text)))).toMatch(said);
  });
});

describe("a file that breaks off", () => {
  it("is refused with its line, and its good part opens by itself", async () => {
    const text = WHOLE.join("\n");
    const cut = file("cut.ndjson", bytesOf(text.slice(0, text.length - 30)));
    const desk = new ReplayDesk(() => 0);
    const refused = await desk.open(cut.name, fileLines(cut));
    expect(refused).toEqual({
      ok: false,
      reason: `Line ${WHOLE.length}: not JSON, or cut off.`,
      goodLines: WHOLE.length - 1,
    });
    const part = await desk.open(cut.name, fileLines(cut), WHOLE.length - 1);
    expect(part).toMatchObject({ ok: true, lines: WHOLE.length - 1, bays: ["1", "2"] });
  });

  it("opens the good part of what breaks right behind it, or a little earlier the second time", async () => {
    const breakingAfter = async function* (count: number) {
      yield* WHOLE.slice(0, count);
      throw new NotReadable("The file is not gzip, or it is cut off.");
    };
    const desk = new ReplayDesk(() => 0);
    const refused = await desk.open("cut.ndjson.gz", breakingAfter(20));
    expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(/^After line 20: /), goodLines: 20 });
    expect(await desk.open("cut.ndjson.gz", breakingAfter(20), 20)).toMatchObject({ ok: true, lines: 20 });
    expect(await desk.open("cut.ndjson.gz", breakingAfter(18), 20)).toMatchObject({ ok: true, lines: 18 });
  });

  it("says after which line when it was packed", async () => {
    const whole = await packed(bytesOf(`${WHOLE.join("\n")}\n`.repeat(1)));
    const cut = file("cut.ndjson.gz", whole.slice(0, whole.length - 200));
    const refused = await new ReplayDesk(() => 0).open(cut.name, fileLines(cut));
    expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(/not gzip, or it is cut off\.$/) });
  });
});

describe("a file that is no feed", () => {
  it.each([
    [
      "chair 3.csv",
      "It is no feed yet. Run: npm run -s vigil -- import 'chair 3.csv' --out 'chair 3.ndjson' and open chair 3.ndjson here.",
    ],
    [
      "a01.dat",
      "It is no feed yet. Run: npm run -s vigil -- import a01.hea --out a01.ndjson and open a01.ndjson here.",
    ],
  ])("%s is refused with the command that makes it one", async (name, said) => {
    expect(await dropped(file(name, bytesOf("x")))).toBe(said);
  });
});

describe("the chart", () => {
  it("is the session's, through its move to another bay, as that page has it", async () => {
    const desk = new ReplayDesk(() => 0);
    const whole = file("a.ndjson", bytesOf(WHOLE.join("\n")));
    const opened = await desk.open(whole.name, fileLines(whole));
    const [before] = desk.charts({ bay: ONE, which: "recorded" });
    const [after] = desk.charts({ bay: TWO, which: "recorded" });
    expect(before).toEqual(after);
    expect(before?.stays.map(({ bay }) => bay)).toEqual(["1", "2"]);
    expect(before?.vitals.spo2?.value).toHaveLength(35);
    expect(before?.cuffs.map(({ manual }) => manual)).toEqual([true, false, false, false]);
    expect(before?.dose).not.toBeNull();
    expect(before?.alarms.map(({ id }) => id)).toContain("spo2.low");

    desk.whatIf({ edits: [{ vital: "spo2", limits: {} }] });
    const [without] = desk.charts({ bay: TWO, which: "what-if" });
    expect(without?.alarms.map(({ id }) => id)).not.toContain("spo2.low");
    expect(without?.limits.some(({ vital }) => vital === "spo2")).toBe(false);
    if (!opened.ok) throw new Error(opened.reason);
    const closely = desk.detail({
      bay: TWO,
      which: "recorded",
      place: 0,
      window: { from: opened.from, to: opened.from + 5_000 },
    });
    expect(closely?.to).toBe(opened.from + 5_000);
  });

  it("breaks where values stayed away, by the vital's own time of staleness", async () => {
    const lines = Array.from({ length: 60 }, (_, t) =>
      JSON.stringify({ t, hr: 70, spo2: t >= 20 && t < 40 ? null : 97 }),
    );
    const desk = new ReplayDesk(() => 0);
    const feed = file("a.ndjson", bytesOf(['{"feed":"vigil/1"}', ...lines].join("\n")));
    await desk.open(feed.name, fileLines(feed));
    const [chart] = desk.charts({ bay: ONE, which: "recorded" });
    const { at = [], value = [] } = chart?.vitals.spo2 ?? {};
    const gap = value.indexOf(null);
    expect([at[gap - 1], at[gap], at[gap + 1]]).toEqual([19_000, 24_000, 40_000]);
    expect(chart?.vitals.hr?.value).not.toContain(null);
  });

  it("shows each of the sessions of a bay", async () => {
    const open = (id: string) => ({
      type: "open-session",
      sessionId: id,
      patient: { initials: id, weightKg: 70 },
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
    });
    const lines = [
      { t: 0, command: open("AB") },
      { t: 1, hr: 70 },
      { t: 2, command: { type: "abandon-session", reason: "changed their mind" } },
      { t: 3, hr: 0 },
      { t: 10, command: open("CD") },
      { t: 11, hr: 80 },
    ].map((line) => JSON.stringify(line));
    const desk = new ReplayDesk(() => 0);
    const feed = file("a.ndjson", bytesOf(['{"feed":"vigil/1"}', ...lines].join("\n")));
    await desk.open(feed.name, fileLines(feed));
    const charts = desk.charts({ bay: ONE, which: "recorded" });
    expect(charts.map(({ patient, vitals }) => [patient.initials, vitals.hr?.value])).toEqual([
      ["AB", [70]],
      ["CD", [80]],
    ]);
  });
});

describe("a step", () => {
  const readings = Array.from({ length: 120 }, (_, n) => {
    const t = Math.floor(n / 2) + ((n * 37) % 90) / 1000;
    return { t, bay: n % 2 === 0 ? "1" : "2", hr: 70, spo2: n % 2 === 1 && n > 20 ? 85 : 98 };
  }).sort((a, b) => a.t - b.t);
  const two = ['{"feed":"vigil/1","bays":["1","2"]}', ...readings.map((line) => JSON.stringify(line))].join("\n");

  it("to an alarm shows its bay, and the alarm as what the engine decided", async () => {
    const desk = new ReplayDesk(() => 0);
    const feed = file("two.ndjson", bytesOf(two));
    await desk.open(feed.name, fileLines(feed));
    const view = desk.view({ from: null, moves: [{ kind: "alarm", by: 1 }], which: "recorded", bay: ONE });
    expect(view.bay).toBe("2");
    expect(view.inspection?.decisions).toMatchObject([
      { cause: "time", event: { alarm: "spo2.low", change: "raised" } },
    ]);
    expect(view.inspection?.after.alarms).toHaveLength(1);
  });

  it("goes on from the one before it that is asked for with it", async () => {
    const desk = new ReplayDesk(() => 0);
    const feed = file("two.ndjson", bytesOf(two));
    await desk.open(feed.name, fileLines(feed));
    const once = { kind: "second", by: 1 } as const;
    const ask = { from: null, which: "recorded", bay: ONE } as const;
    const together = desk.view({ ...ask, moves: [once, once, once] });
    let { position } = desk.view({ ...ask, moves: [once] });
    for (let n = 0; n < 2; n += 1) ({ position } = desk.view({ ...ask, from: position, moves: [once] }));
    expect(together.position).toEqual(position);
  });

  it("to an event passes over what the log does not list", async () => {
    const desk = new ReplayDesk(() => 0);
    const long = Array.from({ length: 120 }, (_, t) => JSON.stringify({ t, hr: 70, spo2: 85 }));
    const feed = file("long.ndjson", bytesOf(['{"feed":"vigil/1"}', ...long].join("\n")));
    const opened = await desk.open(feed.name, fileLines(feed));
    expect(opened.ok && opened.log.some(({ event }) => event.type === "delivery")).toBe(true);
    const there = desk.view({
      from: null,
      moves: Array.from({ length: 9 }, () => ({ kind: "event", by: 1 }) as const),
      which: "recorded",
      bay: ONE,
    });
    const last = opened.ok ? opened.log.findLast(({ event }) => event.type !== "delivery") : undefined;
    expect(there.position.at).toBe(last?.at);
  });
});

function many(bays: number): string {
  const lines = Array.from({ length: bays }, (_, n) => `{"t":${n},"bay":"b${n}","hr":70}`);
  return ['{"feed":"vigil/1"}', ...lines].join("\n");
}

/** The document with the value at its n-th place, counted through, replaced. */
function replaced(line: string, n: number, value: unknown): string {
  let count = 0;
  const places = countOf(JSON.parse(line));
  return JSON.stringify(JSON.parse(line), (_key, each: unknown) => {
    count += 1;
    return count === 1 + (n % places) ? value : each;
  });
}

const countOf = (document: unknown): number =>
  typeof document === "object" && document !== null
    ? Object.values(document).reduce((sum: number, each) => sum + countOf(each), 1)
    : 1;

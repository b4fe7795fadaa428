// @vitest-environment node
/** Whatever is dropped on the page: it opens and can be looked at anywhere, or it is refused in a sentence. */
import { advance, type BayInput, departure, newBay } from "@vigil/shared/bay";
import { type FeedLine, feedLineOf, headerText, lineText } from "@vigil/shared/feed";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, commandSchema } from "@vigil/shared/session";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
      patient: { initials: "AB" },
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

/** Opens it as the worker does; where it opened, looks at it everywhere. */
async function dropped(given: File): Promise<"opened" | string> {
  const desk = new ReplayDesk(() => 0);
  const answer = await desk.open(given.name, fileLines(given)).catch((error: unknown) => {
    if (error instanceof NotReadable) return { ok: false as const, reason: error.message };
    throw error;
  });
  if (!answer.ok) return answer.reason;
  const bay = answer.bays[0]!;
  for (const which of ["recorded", "what-if"] as const) {
    for (const at of [answer.from, (answer.from + answer.to) / 2, answer.to]) {
      desk.view({ go: { kind: "at", at: Math.round(at) }, which, bay });
    }
    desk.lanes({ bay, which, buckets: 200 });
    const limits = { low: { warning: { limit: 90, delay: 5, offDelay: 0, deadband: 0, priority: "medium" as const } } };
    desk.whatIf({ edits: [{ vital: "spo2", limits }] });
  }
  return "opened";
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

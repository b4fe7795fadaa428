/** Files that were cut off or changed: the good part or a clear error, within moments, and never anything else. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answered, Asked, Kind } from "./damaged.worker.ts";
import { bay, csvOf, encode, header, pcdOf } from "./test-files.ts";

/** Thousands of times what one takes, the start of the thread included, on a busy machine too. */
const HANGS_AFTER_MS = 60_000;

let worker: Worker;
beforeAll(() => {
  worker = new Worker(new URL("./damaged.worker.ts", import.meta.url));
});
afterAll(() => worker.terminate());

async function imported(asked: Asked): Promise<Answered> {
  const answered = once(worker, "message", { signal: AbortSignal.timeout(HANGS_AFTER_MS) });
  worker.postMessage(asked);
  const [answer]: Answered[] = await answered;
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

const COUNT = 12;
const LINES = Array.from({ length: COUNT }, (_, i) => ({
  at: i * 1000,
  bay,
  values: { hr: 70 + i / 4, spo2: i % 5 === 0 ? null : 98, ...(i % 4 === 3 && { sbp: 120.5, dbp: 80 }) },
  command: null,
  other: {},
}));
const HEAD = Buffer.from(header(212, ["1/bpm", "1/%"], COUNT, Date.UTC(2026, 2, 2, 9)));
const SAMPLES = encode[212]!(LINES.flatMap((_, i) => [70 + i, 98]));
const WHOLE: { readonly [K in Kind]: Omit<Asked, "kind"> } = {
  csv: { bytes: Buffer.from(csvOf(LINES)), other: SAMPLES },
  header: { bytes: HEAD, other: SAMPLES },
  samples: { bytes: SAMPLES, other: HEAD },
  pcd01: { bytes: Buffer.from(pcdOf(LINES, Date.UTC(2026, 2, 2, 9))), other: SAMPLES },
};
const KINDS = ["csv", "header", "samples", "pcd01"] as const;

/** How many measurements stand whole before byte `end`. */
const wholeBefore: { readonly [K in Kind]: (end: number) => number } = {
  csv: (end) => Math.max(0, textUntil("csv", end).split("\n").length - 2),
  // Whoever has no header has nothing.
  header: () => 0,
  samples: (end) => Math.floor(end / 3),
  pcd01: (end) => Math.max(0, textUntil("pcd01", end).split("\rMSH").length - 1),
};
const textUntil = (kind: Kind, end: number): string => Buffer.from(WHOLE[kind].bytes.subarray(0, end)).toString();

const shown = (answer: Answered) =>
  "lines" in answer ? answer.lines.map(({ at, values }) => ({ at, values })) : answer.message;

async function isGoodPartOrClear(kind: Kind, bytes: Uint8Array): Promise<Answered> {
  const answer = await imported({ kind, bytes, other: WHOLE[kind].other });
  if ("lines" in answer) {
    for (const { at, values } of answer.lines) {
      expect(Number.isFinite(at)).toBe(true);
      for (const value of Object.values(values ?? {})) expect(value === null || Number.isFinite(value)).toBe(true);
    }
  } else {
    expect(answer.message).toMatch(/^ImportError: [^\n]+: ./);
    expect(answer.isClear).toBe(true);
  }
  return answer;
}

describe.each(KINDS)("%s", (kind) => {
  const { bytes: whole } = WHOLE[kind];
  const place = fc.nat({ max: whole.length });
  const piece = fc.uint8Array({ maxLength: 20 });

  it("keeps every measurement that stands whole before the cut, wherever that is", async () => {
    const all = await isGoodPartOrClear(kind, whole);
    expect(shown(all)).toHaveLength(COUNT);
    for (let end = 0; end < whole.length; end += 1) {
      const cut = await isGoodPartOrClear(kind, whole.subarray(0, end));
      const good = wholeBefore[kind](end);
      if (good > 0) expect(shown(cut).slice(0, good)).toEqual(shown(all).slice(0, good));
      // Nothing is made up of half a value.
      const less = kind === "pcd01" ? good + 1 : good;
      if (kind !== "header" && "lines" in cut) expect(cut.lines.length).toBeLessThanOrEqual(less);
    }
  });

  it("gives the good part or a clear error, whatever is changed, put in, taken out, doubled or moved", async () => {
    const damage = fc.oneof(
      fc.record({ how: fc.constant("changed"), at: place, by: piece, length: fc.nat({ max: 20 }) }),
      fc.record({ how: fc.constant("put in"), at: place, by: piece, length: fc.constant(0) }),
      fc.record({ how: fc.constant("taken out"), at: place, by: fc.constant(new Uint8Array()), length: place }),
      fc.record({ how: fc.constant("doubled"), at: place, by: fc.constant(new Uint8Array()), length: place }),
      fc.record({ how: fc.constant("moved"), at: place, by: fc.constant(new Uint8Array()), length: place }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        let bytes = Buffer.from(whole);
        for (const { how, at, by, length } of damages) {
          const [before, span, after] = [
            bytes.subarray(0, at),
            bytes.subarray(at, at + length),
            bytes.subarray(at + length),
          ];
          if (how === "doubled") bytes = Buffer.concat([before, span, span, after]);
          else if (how === "moved") bytes = Buffer.concat([span, before, after]);
          else bytes = Buffer.concat([before, by, after]);
        }
        await isGoodPartOrClear(kind, bytes);
      }),
      { numRuns: 150 },
    );
  });
});

it("a number of a row that is damaged changes no row before it", async () => {
  const { bytes, other } = WHOLE.csv;
  const all = shown(await imported({ kind: "csv", bytes, other }));
  const rows = Buffer.from(bytes).toString().split("\n");
  for (let row = 1; row <= COUNT; row += 1) {
    const damaged = rows.with(row, rows[row]?.replace(/\d\./, "9.") ?? "").join("\n");
    const answer = shown(await isGoodPartOrClear("csv", Buffer.from(damaged)));
    if (typeof answer === "string") expect(answer).toMatch(new RegExp(`^ImportError: a\\.csv:${row + 1}: `));
    else expect(answer.slice(0, row - 1)).toEqual(all.slice(0, row - 1));
  }
});

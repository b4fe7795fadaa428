/** Whatever is imported, written as a feed, read, written as what it was and imported again: the same, header included. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bayIdSchema } from "@vigil/shared/ids";
import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FeedHeader, type FeedLine, readFeed, writeFeed } from "../feed/index.ts";
import { type Imported, importCsv, importPcd01, importWfdb } from "./index.ts";
import { anyBed, bay, csvOf, encode, header, pcdOf } from "./test-files.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-round-trip-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function throughFeed(name: string, imported: Imported): Promise<{ header: FeedHeader; lines: FeedLine[] }> {
  const path = join(folder, name);
  const feed = await writeFeed(path, imported.header);
  for (const line of imported.lines) await feed.write(line);
  await feed.close();
  const back = await readFeed(path);
  const lines: FeedLine[] = [];
  for await (const { number: _, ...line } of back.lines) lines.push(line);
  return { header: back.header, lines };
}

/** What a monitor can report, to three decimals, or no valid value. */
const reported = (vital: Vital) => {
  const { min, max } = VITAL_FACTS[vital].plausible;
  return fc.option(fc.integer({ min: min * 1000, max: max * 1000 }).map((value) => value / 1000));
};
const anyRow = fc.record(Object.fromEntries(VITALS.map((vital) => [vital, reported(vital)])), { requiredKeys: [] });
const anyRows = fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), anyRow), { minLength: 1, maxLength: 20 });
const start = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2060, 0, 1) });

function linesOf(rows: readonly (readonly [number, FeedLine["values"]])[], where = "1"): FeedLine[] {
  const first = Math.min(...rows.map(([at]) => at));
  return rows
    .map(([at, values]) => ({ at: at - first, bay: bayIdSchema.parse(where), values, command: null, other: {} }))
    .sort((a, b) => a.at - b.at);
}

it("CSV, in seconds and in instants", async () => {
  const csv = (text: string) => importCsv("a.csv", text, bay, { time: null, columns: [] });
  await fc.assert(
    fc.asyncProperty(anyRows, fc.option(start), async (rows, startedAt) => {
      const lines = linesOf(rows);
      const first = csv(csvOf(lines, startedAt));
      expect(first).toMatchObject({ lines, remarks: [] });
      const { header: about, lines: back } = await throughFeed("round.ndjson", first);
      expect(csv(csvOf(back, about.startedAt === undefined ? null : Date.parse(about.startedAt)))).toEqual(first);
      expect(about).toEqual({ ...first.header, startedAt: startedAt === null ? undefined : first.header.startedAt });
    }),
    { numRuns: 40 },
  );
});

it("PCD-01, of two beds", async () => {
  const pcd = (text: string) => importPcd01("a.hl7", text, anyBed);
  await fc.assert(
    fc.asyncProperty(anyRows, anyRows, start, async (one, two, startedAt) => {
      const lines = [...linesOf(one, "A"), ...linesOf(two, "B")].sort((a, b) => a.at - b.at);
      const first = pcd(pcdOf(lines, startedAt));
      expect(first.lines.map(({ recorded: _, ...line }) => line)).toEqual(lines);
      expect(first.header).toMatchObject({ bays: ["A", "B"], startedAt: new Date(startedAt).toISOString() });
      const { header: about, lines: back } = await throughFeed("round.ndjson.gz", first);
      expect(pcd(pcdOf(back, Date.parse(about.startedAt ?? "")))).toEqual(first);
      expect(about).toEqual(first.header);
    }),
    { numRuns: 40 },
  );
});

it.each([16, 80, 212])("WFDB, format %i", async (format) => {
  const none = { 16: -32_768, 80: -128, 212: -2048 }[format]!;
  const most = { 16: 2500, 80: 127, 212: 2040 }[format]!;
  const sample = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: most }) }, fc.constant(none));
  const gain = format === 80 ? 1 : 10;
  const gains = [`${gain}/bpm`, `${format === 80 ? 2 : 25}/%`, `${gain}(0)/mmHg`];
  const scales = { hr: gain, spo2: format === 80 ? 2 : 25, sbp: gain };
  const imported = (samples: readonly number[], startedAt: number) =>
    importWfdb("rec.hea", header(format, gains, samples.length / 3, startedAt), bay, () => encode[format]!(samples));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(sample, sample, sample), { minLength: 1, maxLength: 20 }),
      start,
      async (frames, startedAt) => {
        const first = imported(frames.flat(), startedAt);
        expect(first.header.startedAt).toBe(new Date(startedAt).toISOString());
        const { header: about, lines: back } = await throughFeed("round.ndjson.zst", first);
        expect(about).toEqual(first.header);
        const again = back.flatMap(({ values }) =>
          (["hr", "spo2", "sbp"] as const).map((v) => {
            const value = values?.[v];
            return value === null || value === undefined ? none : Math.round(value * scales[v]);
          }),
        );
        const second = imported(again, Date.parse(about.startedAt ?? ""));
        expect([second.lines, second.header]).toEqual([first.lines, first.header]);
      },
    ),
    { numRuns: 20 },
  );
});

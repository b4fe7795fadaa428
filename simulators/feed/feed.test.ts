import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bayIdSchema } from "@vigil/shared/ids";
import { commandSchema } from "@vigil/shared/session";
import { VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeedHeader, type FeedLine, readFeed, writeFeed } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-feed-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(path: string): Promise<{ header: FeedHeader; lines: FeedLine[] }> {
  const { header, lines } = await readFeed(path);
  const all: FeedLine[] = [];
  for await (const { number: _, ...line } of lines) all.push(line);
  return { header, lines: all };
}

async function readText(text: string): Promise<{ header: FeedHeader; lines: FeedLine[] }> {
  const path = join(folder, "feed.ndjson");
  await writeFile(path, text);
  return read(path);
}

const HEADER = '{"feed":"vigil/1","bays":["1"]}\n';
const bay = (id: string) => bayIdSchema.parse(id);

describe("reading a feed", () => {
  it("takes the example of the format", async () => {
    const { header, lines } = await readText(
      [
        '{"feed":"vigil/1","title":"…","bays":["1"],"startedAt":"2026-03-02T09:00:00Z","cadence":1}',
        '{"t":0,"bay":"1","hr":72,"spo2":98}',
        '{"t":1,"bay":"1","hr":72,"spo2":null}',
        '{"t":31.5,"bay":"1","sbp":128,"dbp":79,"map":95}',
        '{"t":40,"bay":"1","command":{"type":"start-infusion"}}',
        "",
      ].join("\n"),
    );
    expect(header).toMatchObject({ title: "…", bays: ["1"], startedAt: "2026-03-02T09:00:00Z", cadence: 1 });
    expect(lines.map((line) => [line.at, line.values, line.command])).toEqual([
      [0, { hr: 72, spo2: 98 }, null],
      [1000, { hr: 72, spo2: null }, null],
      [31_500, { sbp: 128, dbp: 79, map: 95 }, null],
      [40_000, null, { type: "start-infusion" }],
    ]);
  });

  it("needs nothing of the header but its kind; a one-bay feed need not name the bay", async () => {
    const { header, lines } = await readText('{"feed":"vigil/1"}\n{"t":-1,"hr":63}\n{"t":0.0004,"hr":64}\n');
    expect(header.cadence).toBe(1);
    expect(lines.map((line) => [line.at, line.bay])).toEqual([
      [-1000, "1"],
      [0, "1"],
    ]);
  });

  it("keeps unknown keys", async () => {
    const { header, lines } = await readText('{"feed":"vigil/1","licence":"CC0"}\n{"t":0,"hr":60,"quality":{"x":[1]}}');
    expect(header.other).toEqual({ licence: "CC0" });
    expect(lines[0]?.other).toEqual({ quality: { x: [1] } });
  });

  it("keeps keys that are called like those of a recording and are not of that form", async () => {
    const strange = { id: 17, by: "nurse", target: {}, cadence: "1", arrival: "late", delivery: 3, tick: 1 };
    const { lines } = await readText(
      `${HEADER}${JSON.stringify({ t: 0, hr: 70, ...strange, measuredAt: "yesterday" })}\n` +
        `${JSON.stringify({ t: 1, hr: 71, measuredAt: "2026-03-02T09:00:01.5Z" })}\n`,
    );
    expect(lines).toEqual([
      { at: 0, bay: "1", values: { hr: 70 }, command: null, other: { ...strange, measuredAt: "yesterday" } },
      {
        ...{ at: 1_000, bay: "1", values: { hr: 71 }, command: null, other: {} },
        recorded: { measuredAt: Date.parse("2026-03-02T09:00:01.5Z") },
      },
    ]);
  });

  it("does not mind what editors and other systems leave: a byte order mark, blank lines, ends of lines, null", async () => {
    const { header, lines } = await readText(
      '\ufeff\r\n{"feed":"vigil/1","title":null,"bays":null,"startedAt":null}\r\n\r\n{"t":0,"hr":70}\r\n  \n{"t":1,"hr":71}\r\n',
    );
    expect(header).toMatchObject({ title: undefined, bays: undefined, startedAt: undefined, cadence: 1 });
    expect(lines.map(({ values }) => values)).toEqual([{ hr: 70 }, { hr: 71 }]);
    const path = join(folder, "FEED.NDJSON.GZ");
    await writeFile(path, gzipSync(`${HEADER}{"t":0,"hr":70}\n`));
    expect((await read(path)).lines).toHaveLength(1);
  });

  it("takes a line without values as a message, and a line with both as both", async () => {
    const { lines } = await readText(`${HEADER}{"t":0}\n{"t":1,"hr":70,"command":{"type":"end-infusion"}}\n`);
    expect(lines.map((line) => [line.values, line.command])).toEqual([
      [{}, null],
      [{ hr: 70 }, { type: "end-infusion" }],
    ]);
  });

  it.each([
    ["", /feed\.ndjson: is empty/],
    ["hello\n", /:1: the header is not JSON/],
    ['{"t":0,"hr":70}\n', /:1: not a feed/],
    ['{"feed":"vigil/2"}\n', /:1: feed "vigil\/2" is unknown/],
    ['{"feed":"vigil/1","cadence":0}\n', /:1: the header is wrong: cadence/],
    ['{"feed":"vigil/1","bays":[]}\n', /:1: the header is wrong: bays/],
    [`${HEADER}{"t":0,"hr":"72"}\n`, /:2: hr must be a number, or null.*it is "72"/],
    [`${HEADER}{"t":0,"hr":NaN}\n`, /:2: not JSON/],
    [`${HEADER}{"t":0,"hr":1e999}\n`, /:2: hr must be a number/],
    [`${HEADER}{"t":"0"}\n`, /:2: t must be a number/],
    [`${HEADER}{"hr":70}\n`, /:2: t is missing/],
    [`${HEADER}[1]\n`, /:2: not a JSON object/],
    [`${HEADER}{"t":2}\n\n{"t":1}\n`, /:4: t 1 is before the line above \(2\)/],
    [`${HEADER}{"t":0}\n{"t":1,"hr":7`, /:3: not JSON, or cut off/],
    [`${HEADER}{"t":0,"bay":7}\n`, /:2: bay /],
    ['{"feed":"vigil/1","bays":["1","2"]}\n{"t":0}\n', /:2: bay is missing/],
    [`${HEADER}{"t":0,"command":{"type":"dance"}}\n`, /:2: the command is wrong: type/],
  ])("refuses %j and names file and line", async (text, message) => {
    await expect(readText(text)).rejects.toThrow(message);
  });

  it("says so when there is no such file", async () => {
    await expect(readFeed(join(folder, "none.ndjson.gz"))).rejects.toThrow(/none\.ndjson\.gz: no such file/);
  });

  it("says so when a compressed file is cut off or is not compressed at all", async () => {
    const path = join(folder, "cut.ndjson.gz");
    const lines = Array.from({ length: 5000 }, (_, t) => `{"t":${t},"hr":${t % 97}}\n`);
    await writeFile(path, gzipSync(HEADER + lines.join("")));
    await truncate(path, 4000);
    await expect(read(path)).rejects.toThrow(/cut\.ndjson\.gz: cannot be read: unexpected end of file/);
    await writeFile(path, HEADER);
    await expect(read(path)).rejects.toThrow(/cut\.ndjson\.gz: cannot be read: incorrect header/);
  });
});

const bays = [bay("1"), bay("2"), bay("Bay 12")];
const value = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.double({ min: 0, max: 300, noNaN: true }).map((v) => v + 0),
  fc.constant(null),
);
const anyValues = fc.record(Object.fromEntries(VITALS.map((vital) => [vital, value])), { requiredKeys: [] });
const anyCommand = fc.constantFrom(
  ...[
    { type: "start-infusion" },
    { type: "pause-infusion", reason: "pressure" },
    { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 75 } },
    { type: "set-limits", vital: "hr", limits: { low: { warning: { limit: 45 } } } },
  ].map((command) => commandSchema.parse(command)),
);
const RESERVED = new Set<string>(["t", "bay", "command", "feed", "title", "bays", "startedAt", "cadence", ...VITALS]);
const other = fc.dictionary(
  fc.string().filter((key) => !RESERVED.has(key) && key !== "__proto__"),
  fc.jsonValue({ maxDepth: 1 }).map((json) => JSON.parse(JSON.stringify(json))),
  { maxKeys: 2 },
);
const anyLine = fc
  .record({
    at: fc.integer({ min: -100_000, max: 10_000_000 }),
    bay: fc.constantFrom(...bays),
    content: fc.oneof(
      anyValues.map((values) => ({ values, command: null })),
      anyCommand.map((command) => ({ values: null, command })),
    ),
    other,
  })
  .map(({ content, ...rest }) => ({ ...rest, ...content }));

describe("writing a feed", () => {
  it.each(["ndjson", "ndjson.gz", "ndjson.zst"])("gives back what was written (.%s)", async (ending) => {
    const path = join(folder, `round.${ending}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLine, { maxLength: 30 }),
        fc.double({ min: 0.1, max: 3600, noNaN: true }),
        other,
        async (unordered, cadence, headerOther) => {
          const lines = unordered.toSorted((a, b) => a.at - b.at);
          const header: FeedHeader = { title: "round trip", bays, cadence, other: headerOther };
          const writer = await writeFeed(path, header);
          for (const line of lines) await writer.write(line);
          await writer.close();
          const back = await read(path);
          expect(back.lines).toEqual(lines);
          expect(back.header).toEqual({ ...header, startedAt: undefined });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("writes the line as the format shows it", async () => {
    const path = join(folder, "plain.ndjson");
    const writer = await writeFeed(path, { bays: [bay("1")], cadence: 1, other: {} });
    await writer.write({ at: 31_500, bay: bay("1"), values: { sbp: 128, dbp: null }, command: null, other: {} });
    await writer.close();
    expect(await readFile(path, "utf8")).toBe(
      '{"feed":"vigil/1","bays":["1"],"cadence":1}\n{"t":31.5,"bay":"1","sbp":128,"dbp":null}\n',
    );
  });

  it("refuses to go back in time, and says when a file cannot be written", async () => {
    const line = { bay: bay("1"), values: {}, command: null, other: {} };
    const writer = await writeFeed(join(folder, "back.ndjson"), { cadence: 1, other: {} });
    await writer.write({ ...line, at: 2000 });
    await expect(writer.write({ ...line, at: 1000 })).rejects.toThrow(/back\.ndjson: line at 1 s comes after 2 s/);
    await writer.close();

    const nowhere = await writeFeed(join(folder, "no", "where.ndjson"), { cadence: 1, other: {} });
    await expect(nowhere.close()).rejects.toThrow(/where\.ndjson: cannot be written/);
  });
});

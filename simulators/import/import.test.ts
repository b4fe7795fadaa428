import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bayIdSchema } from "@vigil/shared/ids";
import { VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FeedLine, readFeed, writeFeed } from "../feed/index.ts";
import { type CsvMapping, ImportError, type Imported, importCsv, importPcd01, importWfdb } from "./index.ts";

const bay = bayIdSchema.parse("1");
const plain: CsvMapping = { time: null, columns: [] };
const csv = (text: string, mapping = plain) => importCsv("a.csv", text, bay, mapping);
const shown = ({ lines }: Imported) => lines.map(({ at, values }) => ({ t: at / 1000, ...values }));

describe("CSV", () => {
  it("takes columns named like vitals; an empty cell was not measured, a dash is no valid value", () => {
    const found = csv("t,HR,SpO2,note\n0,72,98,\n1,73,--,x\n2.5,,97,\n");
    expect(shown(found)).toEqual([
      { t: 0, hr: 72, spo2: 98 },
      { t: 1, hr: 73, spo2: null },
      { t: 2.5, spo2: 97 },
    ]);
    expect(found.remarks).toEqual([]);
  });

  it("takes named columns in other units, and instants for times", () => {
    const found = csv('Pulse,"NIBP, sys",Time,Sat\n1.2,16,2026-03-02 09:00:00,0.97\n1.3,,2026-03-02 09:00:05,-1\n', {
      time: "Time",
      columns: [
        { vital: "hr", name: "Pulse", unit: "/s" },
        { vital: "sbp", name: "NIBP, sys", unit: "kPa" },
        { vital: "spo2", name: "Sat", unit: "fraction" },
      ],
    });
    expect(shown(found)).toEqual([
      { t: 0, hr: 72, spo2: 97, sbp: 120.01 },
      { t: 5, hr: 78, spo2: null },
    ]);
    expect(found.header).toMatchObject({ startedAt: "2026-03-02T09:00:00.000Z", cadence: 5 });
    expect(found.remarks).toEqual(["1 values that no monitor can report were taken as not valid"]);
  });

  it("keeps what is before the place where it was cut off, and says so", () => {
    const cut = csv("t,hr,spo2\n0,72,98\n1,73");
    expect(shown(cut)).toEqual([{ t: 0, hr: 72, spo2: 98 }]);
    expect(cut.remarks).toEqual(["the file is cut off in line 3; what is before it was kept"]);
    expect(csv('t,hr,note\n0,72,x\n1,73,"so').remarks[0]).toMatch(/cut off within a quoted cell/);
  });

  it.each([
    ["", /a\.csv: is empty/],
    ["t,pulse\n0,72\n", /a\.csv:1: no column is named like a vital/],
    ["t,hr\n0,72\n1,fast\n", /a\.csv:3: hr must be a number; it is "fast"/],
    ["t,hr\n2,72\n1,72\n", /a\.csv:3: its time is before/],
    ["t,hr\nsoon,72\n", /a\.csv:2: "soon" is no time/],
    ["t,hr\n0,72\n1\n2,73\n", /a\.csv:3: it has 1 cells, the first row 2/],
  ])("refuses %j and names file and line", (text, message) => {
    expect(() => csv(text)).toThrow(message);
  });
});

const header = (format: number, gains: readonly string[], count: number) =>
  [
    `rec ${gains.length} 0.5 ${count}`,
    ...gains.map((gain, i) => `rec.dat ${format} ${gain} 12 0 0 0 0 ${["HR", "SpO2", "NBP Sys"][i]}`),
    "# a remark",
  ].join("\n");

const encode: Readonly<Record<number, (samples: readonly number[]) => Uint8Array>> = {
  16: (samples) => new Uint8Array(samples.flatMap((v) => [v & 0xff, (v >> 8) & 0xff])),
  80: (samples) => new Uint8Array(samples.map((v) => v + 128)),
  212: (samples) => {
    const bytes: number[] = [];
    for (let i = 0; i < samples.length; i += 2) {
      const [a = 0, b] = [samples[i], samples[i + 1]];
      bytes.push(a & 0xff, ((a >> 8) & 0x0f) | ((((b ?? 0) >> 8) & 0x0f) << 4));
      if (b !== undefined) bytes.push(b & 0xff);
    }
    return new Uint8Array(bytes);
  },
};

describe("WFDB", () => {
  it.each([16, 80, 212])("reads format %i with gain, zero and missing samples", (format) => {
    const none = { 16: -32_768, 80: -128, 212: -2048 }[format]!;
    const data = encode[format]!([72, 98, 120, 73, none, -7, 74, 97, 0]);
    const found = importWfdb("rec.hea", header(format, ["1/bpm", "1/%", "1(0)/mmHg"], 3), bay, () => data);
    expect(shown(found)).toEqual([
      { t: 0, hr: 72, spo2: 98, sbp: 120 },
      { t: 2, hr: 73, spo2: null, sbp: null },
      { t: 4, hr: 74, spo2: 97, sbp: null },
    ]);
    expect(found.header.cadence).toBe(2);
  });

  it("keeps the whole frames of data that are cut off, and says so", () => {
    const data = encode[16]!([72, 98, 73, 97, 74]).slice(0, 9);
    const found = importWfdb("rec.hea", header(16, ["1/bpm", "1/%"], 3), bay, () => data);
    expect(shown(found)).toHaveLength(2);
    expect(found.remarks).toEqual(["rec.dat is cut off: 2 of 3 frames are there and were kept"]);
  });

  it.each([
    ["", /rec\.hea: is empty/],
    ["rec 2 1 10\nrec.dat 16 1 12 0 0 0 0 HR", /rec\.hea: is cut off: 1 of 2 signals/],
    ["rec 1 1 10\nrec.dat 310 1 12 0 0 0 0 HR", /rec\.hea:2: format "310" is not read/],
    ["rec 1 1 10\n../../etc/passwd 16 1 12 0 0 0 0 HR", /rec\.hea:2: .* is no name of a file beside/],
    ["rec 1 1 10\nrec.dat 16 1 12 0 0 0 0 PLETH", /rec\.hea: no signal is a vital; there are PLETH/],
    ["rec 1 0 10\nrec.dat 16 1 12 0 0 0 0 HR", /rec\.hea:1: the sampling frequency "0"/],
    ["rec 1 1 99999999999\nrec.dat 16 1 12 0 0 0 0 HR", /rec\.hea:1: the number of samples/],
  ])("refuses %j and names file and line", (text, message) => {
    expect(() => importWfdb("rec.hea", text, bay, () => new Uint8Array(20))).toThrow(message);
  });
});

const message = (second: string, observations: readonly string[]) =>
  [
    `MSH|^~\\&|SIMMON|CLINIC|||202503101410${second}+0000||ORU^R01^ORU_R01|${second}|P|2.6`,
    "PV1||O|INF^^CHAIR3",
    `OBR|1||1^S|182777000||||202503101410${second}+0000`,
    ...observations,
  ].join("\r");
const obx = (code: number, value: string, at = "") => `OBX|1|NM|${code}^X^MDC|1.1|${value}|u|||||R|||${at}`;

describe("PCD-01", () => {
  it("takes vitals by code, a cuff's value once, and no sentinel", () => {
    const cuff = "20250310140830+0000";
    const capture = [
      message("00", [obx(147842, "84"), obx(149530, "83"), obx(150456, "97"), obx(150021, "152", cuff)]),
      message("10", [obx(147842, "85"), obx(150456, "32767"), obx(150021, "152", cuff)]),
    ];
    const found = importPcd01("a.hl7", `\u000b${capture.join("\r\u001c\r\u000b")}\r\u001c\r`, bay);
    expect(shown(found)).toEqual([
      { t: 0, hr: 84, spo2: 97, sbp: 152 },
      { t: 10, hr: 85, spo2: null },
    ]);
    expect(found.header).toMatchObject({ startedAt: "2025-03-10T14:10:00.000Z", cadence: 10 });
  });

  it("keeps the segments before the place where it was cut off", () => {
    const found = importPcd01("a.hl7", message("00", [obx(147842, "84"), "OBX|1|NM|150456^X|1.1|9"]), bay);
    expect(shown(found)).toEqual([{ t: 0, hr: 84 }]);
    expect(found.remarks[0]).toMatch(/cut off in line 5/);
  });

  it.each([
    ["", /a\.hl7: is empty/],
    ["hello\r", /a\.hl7:1: a message begins with an MSH segment/],
    ["MSH|^~\\&|A||||||ORU^R01|1\r", /a\.hl7:1: the message has no time/],
    ["MSH|^~\\&|A||||20250310141000||ORU^R40|1\r", /a\.hl7: line 1: a message of type "ORU\^R40" is no PCD-01/],
    [`${message("10", [])}\r${message("00", [])}\r`, /a\.hl7:4: the message is older/],
  ])("refuses %j", (text, expected) => {
    const outcome = () => {
      const { remarks } = importPcd01("a.hl7", text, bay);
      throw new ImportError("a.hl7", null, remarks.join());
    };
    expect(outcome).toThrow(expected);
  });
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-import-"));
});
afterAll(() => rm(folder, { recursive: true }));

const csvOf = (lines: readonly FeedLine[]) =>
  [
    ["t", ...VITALS].join(","),
    ...lines.map(({ at, values }) =>
      [at / 1000, ...VITALS.map((vital) => (values?.[vital] === undefined ? "" : (values[vital] ?? "-")))].join(","),
    ),
    "",
  ].join("\n");

const anyRow = fc.record(
  Object.fromEntries(VITALS.map((vital) => [vital, fc.option(fc.integer({ min: 0, max: 100 }))])),
  { requiredKeys: [] },
);

describe("whatever is imported", () => {
  it("is the same after it was written as a feed, read, written as CSV and imported again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), anyRow), { minLength: 1, maxLength: 20 }),
        async (drawn) => {
          const rows = drawn.toSorted(([a], [b]) => a - b);
          const lines = rows.map(([at, values]) => ({ at, bay, values, command: null, other: {} }));
          const first = csv(csvOf(lines));
          expect(first.lines).toEqual(lines);
          const path = join(folder, "round.ndjson");
          const feed = await writeFeed(path, first.header);
          for (const line of first.lines) await feed.write(line);
          await feed.close();
          const back: FeedLine[] = [];
          for await (const { number: _, ...line } of (await readFeed(path)).lines) back.push(line);
          expect(csv(csvOf(back)).lines).toEqual(first.lines);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([16, 80, 212])("is the same after WFDB (format %i), a feed, WFDB again", async (format) => {
    const none = { 16: -32_768, 80: -128, 212: -2048 }[format]!;
    const most = { 16: 250, 80: 127, 212: 250 }[format]!;
    const sample = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: most }) }, fc.constant(none));
    const imported = (samples: readonly number[]) =>
      importWfdb("rec.hea", header(format, ["1/bpm", "1/%", "1(0)/mmHg"], samples.length / 3), bay, () =>
        encode[format]!(samples),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(sample, sample, sample), { minLength: 1, maxLength: 20 }), async (frames) => {
        const first = imported(frames.flat());
        const path = join(folder, "wfdb.ndjson.zst");
        const feed = await writeFeed(path, first.header);
        for (const line of first.lines) await feed.write(line);
        await feed.close();
        const back: FeedLine[] = [];
        for await (const { number: _, ...line } of (await readFeed(path)).lines) back.push(line);
        expect(back).toEqual(first.lines);
        const again = back.flatMap(({ values }) => (["hr", "spo2", "sbp"] as const).map((v) => values?.[v] ?? none));
        expect(imported(again).lines).toEqual(first.lines);
      }),
      { numRuns: 20 },
    );
  });

  const wholeCsv = csvOf(
    Array.from({ length: 6 }, (_, i) => ({
      at: i * 1000,
      bay,
      values: { hr: 70 + i, spo2: 98, sbp: i === 3 ? 120 : undefined },
      command: null,
      other: {},
    })),
  );
  const wholeHead = header(212, ["1/bpm", "1/%"], 4);
  const wholeData = encode[212]!([72, 98, 73, 97, 74, 96, 75, 95]);
  const wholePcd = `${message("00", [obx(147842, "84")])}\r${message("05", [obx(150456, "97")])}\r`;

  function goodPartOrClearError(work: () => Imported): void {
    try {
      const { lines } = work();
      for (const { at, values } of lines) {
        expect(Number.isFinite(at)).toBe(true);
        for (const value of Object.values(values ?? {})) expect(value === null || Number.isFinite(value)).toBe(true);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(ImportError);
      expect(String(error)).toMatch(/^ImportError: [^\n]+: ./);
    }
  }

  it("gives the good part or a clear error, wherever it is cut off and whatever is changed in it", () => {
    const damage = fc.record({ cut: fc.nat({ max: 400 }), at: fc.nat({ max: 400 }), byte: fc.nat({ max: 255 }) });
    const damaged = (bytes: Uint8Array, { cut, at, byte }: { cut: number; at: number; byte: number }) => {
      const copy = bytes.slice(0, Math.max(0, bytes.length - cut));
      if (at < copy.length) copy[at] = byte;
      return copy;
    };
    const text = (whole: string, how: { cut: number; at: number; byte: number }) =>
      Buffer.from(damaged(Buffer.from(whole), how)).toString("utf8");
    fc.assert(
      fc.property(damage, (how) => {
        goodPartOrClearError(() => csv(text(wholeCsv, how)));
        goodPartOrClearError(() => importWfdb("r.hea", text(wholeHead, how), bay, () => wholeData));
        goodPartOrClearError(() => importWfdb("r.hea", wholeHead, bay, () => damaged(wholeData, how)));
        goodPartOrClearError(() => importPcd01("a.hl7", text(wholePcd, how), bay));
      }),
      { numRuns: 300 },
    );
  });
});

const data = process.env.VIGIL_RECORDINGS ?? fileURLToPath(new URL("../../../shared/data/recordings", import.meta.url));
const there = existsSync(join(data, "../wfdb"));

describe.skipIf(!there)(there ? "recorded data" : "skipped: no recordings", () => {
  it("of a WFDB record is what another program made of it", async () => {
    const path = join(data, "../wfdb/s00001-2896-10-10-00-31n.hea");
    const read = (file: string) => readFileSync(join(data, "../wfdb", file));
    const found = importWfdb(path, readFileSync(path, "utf8"), bay, read);
    expect(found.lines).toHaveLength(1936);
    const others: FeedLine[] = [];
    for await (const line of (await readFeed(join(data, "mimic2-s00001-32h.ndjson"))).lines) others.push(line);
    for (const vital of ["hr", "spo2", "rr"] as const) {
      const mine = found.lines.map(({ values }) => values?.[vital]);
      expect(mine).toEqual(others.map(({ values }) => values?.[vital]));
    }
  });

  it("of a monitor's PCD-01 message is what stands in it", () => {
    const path = join(data, "../messages/pcd01_physio_monitor_philips.hl7");
    const found = importPcd01(path, readFileSync(path, "utf8"), bay);
    expect(found.lines[0]?.values).toMatchObject({ hr: 80, spo2: 99, rr: 30, sbp: 117, dbp: 82, map: 90 });
  });
});

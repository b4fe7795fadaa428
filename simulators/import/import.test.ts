import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type FeedLine, readFeed } from "../feed/index.ts";
import { type CsvMapping, ImportError, type Imported, importCsv, importPcd01, importWfdb } from "./index.ts";
import { anyBed, BEAT, bay, encode, header, heart, KPA, MMHG, message, obx, oxygen, pcd } from "./test-files.ts";

const plain: CsvMapping = { time: null, columns: [] };
const csv = (text: string, mapping = plain) => importCsv("charts/a.csv", text, bay, mapping);
const shown = ({ lines }: Imported) => lines.map(({ at, values }) => ({ t: at / 1000, ...values }));

describe("CSV", () => {
  it("takes columns named like vitals; an empty cell was not measured, a dash is no valid value", () => {
    const found = csv("t,HR,SpO2,note\n0,72,98,\n1,73,--,x\n2.5,,97,\n");
    expect(shown(found)).toEqual([
      { t: 0, hr: 72, spo2: 98 },
      { t: 1, hr: 73, spo2: null },
      { t: 2.5, spo2: 97 },
    ]);
    expect(found.remarks).toEqual([
      'column "note" is named like no vital and was left out; --columns says which is which',
    ]);
    expect(found.header.title).toBe("a.csv");
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
    expect(found.remarks).toEqual(["1 value that no monitor can report was taken as not valid"]);
  });

  it("keeps what is before the place where it was cut off, and says so", () => {
    const cut = csv("t,hr,spo2\n0,72,98\n1,73");
    expect(shown(cut)).toEqual([{ t: 0, hr: 72, spo2: 98 }]);
    expect(cut.remarks).toEqual(["the file is cut off in line 3; what is before it was kept"]);
    expect(csv('t,hr,note\n0,72,x\n1,73,"so').remarks[0]).toMatch(/cut off within a quoted cell/);
  });

  it("takes no last cell of which the rest may be missing", () => {
    const cut = csv("t,hr,spo2\n0,72,98\n1,73,9");
    expect(shown(cut)).toEqual([{ t: 0, hr: 72, spo2: 98 }]);
    expect(cut.remarks).toEqual(["line 3 does not end, so it may be cut off; what is before it was kept"]);
  });

  it.each([
    "t;hr;spo2\n0,5;72,5;98\n1;73;-\n",
    "t\thr\tspo2\r\n0.5\t72.5\t98\r\n1\t73\t-\r\n",
    't;"hr";"spo2"\n"0,5";"72,5";98\n1;73;--\n',
  ])("takes cells parted by semicolons or tabs, and decimal commas in them: %j", (text) => {
    expect(shown(csv(text))).toEqual([
      { t: 0.5, hr: 72.5, spo2: 98 },
      { t: 1, hr: 73, spo2: null },
    ]);
  });

  it.each([
    ["", /a\.csv: is empty/],
    ["t,pulse\n0,72\n", /a\.csv:1: no column is named like a vital/],
    ["t,hr\n0,72\n1,fast\n", /a\.csv:3: hr must be a number; it is "fast"/],
    ["t,hr\n2,72\n1,72\n", /a\.csv:3: its time is before/],
    ["t,hr\nsoon,72\n", /a\.csv:2: "soon" is no time/],
    ['t,hr\n0,72\n1,7"3\n', /a\.csv:3: not CSV: /],
    ["t,hr\n0,72\n1\n2,73\n", /a\.csv:3: it has 1 cells, the first row 2/],
  ])("refuses %j and names file and line", (text, message) => {
    expect(() => csv(text)).toThrow(message);
  });
});

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

  it("dates by base time and date, and takes other units of the header", () => {
    const head = "rec 2 1 1 9:05.5 2/3/2026\nrec.dat 16 1/pm 12 0 0 0 0 RESP\nrec.dat 16 10/kPa 12 0 0 0 0 NBP Sys\n";
    const found = importWfdb("rec.hea", head, bay, () => encode[16]!([14, 160]));
    expect(found.header.startedAt).toBe("2026-03-02T00:09:05.500Z");
    expect(shown(found)).toEqual([{ t: 0, rr: 14, sbp: 120.01 }]);
    const undated = importWfdb("rec.hea", head.replace(" 2/3/2026", ""), bay, () => encode[16]!([14, 160]));
    expect(undated.header.startedAt).toBeUndefined();
  });

  it("takes the cuff where there is a line too, and says what it leaves out", () => {
    const names = ["ABPSys", "NBPSys", "PULSE", "HR", "ST II", "NBPDias"];
    const head = ["rec 6 1 1", ...names.map((name) => `rec.dat 16 1 12 0 0 0 0 ${name}`)].join("\n");
    const found = importWfdb("rec.hea", head, bay, () => encode[16]!([130, 120, 71, 72, 5, 80]));
    expect(shown(found)).toEqual([{ t: 0, hr: 72, sbp: 120, dbp: 80 }]);
    expect(found.remarks).toEqual([
      "line 2: ABPSys is sbp too, which was taken from NBPSys, and was left out",
      "line 4: PULSE is hr too, which was taken from HR, and was left out",
      "line 6: ST II is no vital, and was left out",
    ]);
  });

  it("takes no breath for none where the electrodes give a heart rate, and for nothing measured elsewhere", () => {
    const head = "rec 2 1 2\nrec.dat 16 1 12 0 0 0 0 HR\nrec.dat 16 1 12 0 0 0 0 RESP\n";
    const found = importWfdb("rec.hea", head, bay, () => encode[16]!([70, 0, 0, 0]));
    expect(shown(found)).toEqual([
      { t: 0, hr: 70, rr: 0 },
      { t: 1, hr: null, rr: null },
    ]);
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
    ["rec 1 1 10\nrec.dat 16 1/mV 12 0 0 0 0 HR", /rec\.hea:2: HR has the unit "mV", and none like \/min/],
    ["rec 1 1 99999999999\nrec.dat 16 1 12 0 0 0 0 HR", /rec\.hea:1: the number of samples/],
  ])("refuses %j and names file and line", (text, message) => {
    expect(() => importWfdb("rec.hea", text, bay, () => new Uint8Array(20))).toThrow(message);
  });
});

describe("PCD-01", () => {
  it("takes vitals by code, a cuff's value once, and no sentinel", () => {
    const systolic = obx("150021^MDC_PRESS_BLD_NONINV_SYS", "152", MMHG, "20250310140830+0000");
    const capture = [
      message("00", [heart("84"), obx("149530^MDC_PULS_OXIM_PULS_RATE", "83", BEAT), oxygen("97"), systolic]),
      message("10", [heart("85"), oxygen("32767"), systolic]),
    ];
    const found = importPcd01("a.hl7", `\u000b${capture.join("\r\u001c\r\u000b")}\r\u001c\r`, anyBed);
    expect(shown(found)).toEqual([
      { t: 0, hr: 84, spo2: 97, sbp: 152 },
      { t: 10, hr: 85, spo2: null },
    ]);
    expect(found.header).toMatchObject({ bays: ["1"], startedAt: "2025-03-10T14:10:00.000Z", cadence: 10 });
  });

  it("makes each bed a bay, however their messages are mixed", () => {
    const capture = [
      message("00", [heart("84")]),
      message("03", [heart("61")], "INF^^CHAIR4&x^more"),
      message("05", [heart("85")]),
      message("04", [heart("62")], "INF^^CHAIR4"),
    ];
    const found = pcd(capture);
    expect(found.header).toMatchObject({ bays: ["CHAIR3", "CHAIR4"], cadence: null });
    expect(found.lines.map(({ bay: at, values, recorded }) => [at, values?.hr, recorded?.cadence])).toEqual([
      ["CHAIR3", 84, 5],
      ["CHAIR4", 61, 1],
      ["CHAIR4", 62, 1],
      ["CHAIR3", 85, 5],
    ]);
    expect(found.remarks).toEqual(["bed INF^^CHAIR3 became bay CHAIR3", "bed INF^^CHAIR4 became bay CHAIR4"]);
    const named = pcd(capture, { bay: null, named: new Map([["CHAIR4", bay]]) });
    expect(named.lines.map(({ bay: at, values }) => [at, values?.hr])).toEqual([
      ["1", 61],
      ["1", 62],
    ]);
    expect(named.remarks).toEqual(["line 1: bed INF^^CHAIR3 was not named and was left out (2 times)"]);
    expect(() => pcd(capture, { bay, named: new Map() })).toThrow(
      /a\.hl7: it has 2 beds \(INF\^\^CHAIR3, INF\^\^CHAIR4\)/,
    );
    expect(() => pcd([...capture, message("06", [heart("1")], "")])).toThrow(/a\.hl7:17: the message says no bed/);
    const twoRooms = [message("00", [heart("84")], "INF^1^A"), message("00", [heart("61")], "INF^2^A")];
    expect(pcd(twoRooms).header.bays).toEqual(["INF 1 A", "INF 2 A"]);
  });

  it("knows two patients, and two times, of one message apart", () => {
    const two = [
      message("00", [heart("84")]),
      "PID|||K-2",
      "PV1||O|INF^^CHAIR4",
      "OBR|1||1|1|||20250310141001+0000",
      heart("61"),
      "OBR|2||2|1|||20250310141002+0000",
      heart("62"),
    ];
    expect(pcd([two.join("\r")]).lines.map(({ at, bay: id, values }) => [at, id, values?.hr])).toEqual([
      [0, "CHAIR3", 84],
      [1000, "CHAIR4", 61],
      [2000, "CHAIR4", 62],
    ]);
  });

  it("decodes by reference id first and by number second, the best source of a vital whatever its place", () => {
    const capture = message("00", [
      obx("149546^MDC_PULS_RATE_NON_INV", "70", BEAT),
      obx("999^MDC_ECG_HEART_RATE", "84", BEAT),
      obx("150456^MDC_RESP_RATE", "14", "264928^MDC_DIM_RESP_PER_MIN^MDC"),
      obx("^MDC_PRESS_BLD_SYS", "120", MMHG),
      obx("150018^", "80", "mm[Hg]"),
      obx("150019^VENDOR_MEAN", "93", "mmHg"),
    ]);
    const found = pcd([capture]);
    expect(shown(found)).toEqual([{ t: 0, hr: 84, rr: 14, sbp: 120, dbp: 80, map: 93 }]);
    expect(found.remarks).toEqual(["line 9: 150019^VENDOR_MEAN was taken as map by its number"]);
  });

  it("converts units and refuses those it does not know", () => {
    expect(shown(pcd([message("00", [obx("150021^MDC_PRESS_BLD_NONINV_SYS", "16", KPA)])]))).toEqual([
      { t: 0, sbp: 120.01 },
    ]);
    expect(() =>
      pcd([message("00", [heart("84"), obx("150021^MDC_PRESS_BLD_NONINV_SYS", "16", "1^MDC_DIM_PSI^MDC")])]),
    ).toThrow(/a\.hl7:5: sbp has the unit "1\^MDC_DIM_PSI\^MDC", which is not known for it/);
    expect(() => pcd([message("00", [obx("147842^MDC_ECG_HEART_RATE", "84", MMHG)])])).toThrow(
      /a\.hl7:4: hr has the unit/,
    );
    expect(pcd([message("00", [obx("147842^MDC_ECG_HEART_RATE", "84", "")])]).remarks).toEqual([
      "line 4: hr without a unit (OBX-6) was taken as /min",
    ]);
  });

  it("tells once of everything that it leaves out", () => {
    const odd = [
      obx("150448^MDC_PULS_OXIM_PERF_REL", "3.9", ""),
      obx("^", "7", BEAT),
      "OBX|1|ST|147842^X|1.1|high|||||R",
    ];
    expect(pcd([message("00", odd), message("01", odd)]).remarks).toEqual([
      "line 4: 150448^MDC_PULS_OXIM_PERF_REL is no vital and was left out (2 times)",
      "line 5: an observation without a code (OBX-3) was left out (2 times)",
      "line 6: 147842^X is no number (NM) and was left out (2 times)",
    ]);
  });

  it("keeps the segments before the place where it was cut off", () => {
    const whole = `${message("00", [heart("84")])}\r${message("05", [heart("85"), oxygen("97")])}`;
    const found = importPcd01("a.hl7", whole.slice(0, -3), anyBed);
    expect(shown(found)).toEqual([
      { t: 0, hr: 84 },
      { t: 5, hr: 85 },
    ]);
    expect(found.remarks[0]).toMatch(/cut off in line 9/);
    // Whose the last message is, is not known any more: the bed of the others stays what it is.
    const unknown = importPcd01("a.hl7", whole.slice(0, whole.lastIndexOf("CHAIR3") + 3), anyBed);
    expect([shown(unknown), unknown.header.bays]).toEqual([[{ t: 0, hr: 84 }], ["1"]]);
  });

  it.each([
    ["", /a\.hl7: is empty/],
    ["hello\r", /a\.hl7:1: a message begins with an MSH segment/],
    ["MSH|^~\\&|A||||||ORU^R01|1\rOBX|1\r", /a\.hl7:1: the message has no time/],
    ["MSH|^~\\&|A||||20250310141000||ORU^R40|1\r", /a\.hl7: line 1: a message of type "ORU\^R40" is no PCD-01/],
    [`${message("10", [])}\r${message("00", [])}\r`, /a\.hl7:4: the message is older/],
  ])("refuses %j", (text, expected) => {
    const outcome = () => {
      const { remarks } = importPcd01("a.hl7", text, anyBed);
      throw new ImportError("a.hl7", null, remarks.join());
    };
    expect(outcome).toThrow(expected);
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
      const theirs = others.map(({ values }) => values?.[vital]);
      // The other program took every 0 for nothing; here the electrodes gave a heart rate.
      if (vital === "rr") theirs[1389] = 0;
      expect(found.lines.map(({ values }) => values?.[vital])).toEqual(theirs);
    }
  });

  it("of a monitor's PCD-01 message is what stands in it", () => {
    const path = join(data, "../messages/pcd01_physio_monitor_philips.hl7");
    const found = importPcd01(path, readFileSync(path, "utf8"), anyBed);
    expect(found.lines[0]?.values).toMatchObject({ hr: 80, spo2: 99, rr: 30, sbp: 117, dbp: 82, map: 90 });
  });
});

/**
 * 2,000 simulated sessions of 0.5 mg/kg over 40 min against clinical.md, "Observation" and "Pharmacokinetics and effect",
 * with the cuff that the monitor has; and the concentrations at the listed times.
 */
import { type Given, plasmaNgPerMl } from "@vigil/shared/pharmacokinetics";
import { describe, expect, it } from "vitest";
import { newCuff } from "../monitor/cuff.ts";
import { randomFrom } from "../random/index.ts";
import { KINETICS, type Kinetics, NO_TROUBLE, newPatient, type Truth } from "./index.ts";

const MIN = 60_000;
const SESSIONS = 2000;
const usual: Given = { runs: [{ from: 0, to: 40 * MIN, rateMgPerKgPerMin: 0.5 / 40 }], boluses: [] };
const WELL = { leaks: false, moving: false };
/** The patient is looked at this often: the cuff is the monitor's own, and ends a measurement within one look. */
const LOOKS_EVERY_MS = 5000;

interface Pressure {
  readonly min: number;
  readonly sbp: number;
  readonly dbp: number;
}

interface Session {
  /** As at Emory: baseline, every 10 min of the infusion, every 15 min after. */
  readonly cuffs: readonly Pressure[];
  /** By the drug alone, at its end and 90 min later: no noise, no wandering. */
  readonly byDrug: { readonly [At in "end" | "later"]: Truth };
  readonly peakMin: number;
}

const difference = (a: Truth, b: Truth): Truth => ({
  hr: a.hr - b.hr,
  spo2: a.spo2 - b.spo2,
  rr: a.rr - b.rr,
  sbp: a.sbp - b.sbp,
  dbp: a.dbp - b.dbp,
});

function session(i: number): Session {
  const patient = newPatient(2026, `session ${i}`);
  const cuff = newCuff(randomFrom(2026, `cuff ${i}`));
  const cuffs: Pressure[] = [];
  cuff.start(-4 * MIN);
  for (let at = -4 * MIN; at < 132 * MIN; at += LOOKS_EVERY_MS) {
    if (at === 0 || at === 40 * MIN) cuff.start(at);
    if (at > -3 * MIN && at < 0) continue;
    // Between two measurements nothing is asked of the patient.
    const truth = cuff.measuring ? patient.truth(at, usual, NO_TROUBLE) : NOBODY;
    const values = cuff.step(at, truth, WELL, at < 0 ? null : at < 40 * MIN ? 10 * MIN : 15 * MIN);
    if (typeof values?.sbp === "number" && typeof values.dbp === "number") {
      cuffs.push({ min: at / MIN, sbp: values.sbp, dbp: values.dbp });
    }
  }
  const drug = (min: number) =>
    difference(
      patient.truth(min * MIN, usual, NO_TROUBLE),
      patient.truth(min * MIN, { runs: [], boluses: [] }, NO_TROUBLE),
    );
  const rises = [30, 35, 38, 40, 41, 42, 45].map((min) => ({ min, rise: drug(min).sbp }));
  const peakMin = rises.toSorted((a, b) => b.rise - a.rise)[0]!.min;
  return { cuffs, byDrug: { end: drug(40), later: drug(130) }, peakMin };
}

const NOBODY: Truth = { hr: 0, spo2: 0, rr: 0, sbp: 0, dbp: 0 };
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const share = (values: readonly boolean[]) => (100 * values.filter(Boolean).length) / values.length;

describe("2,000 simulated sessions against the literature", () => {
  const sessions = Array.from({ length: SESSIONS }, (_, i) => session(i)).filter(({ cuffs }) => cuffs[0]!.min < 0);
  const during = (each: Session) => each.cuffs.filter(({ min }) => min > 5 && min <= 41);
  const rises = (vital: "sbp" | "dbp") =>
    sessions.map((each) => mean(during(each).map((cuff) => cuff[vital])) - each.cuffs[0]![vital]);
  const atEnd = (vital: "sbp" | "dbp" | "hr") => sessions.map(({ byDrug }) => byDrug.end[vital]);
  const isSevere = ({ sbp, dbp }: Pressure) => sbp >= 180 || dbp >= 110;
  const isEmergent = ({ sbp, dbp }: Pressure) => sbp >= 165 || dbp >= 100;
  const late = (each: Session) => each.cuffs.at(-1)!.sbp - each.cuffs[0]!.sbp;

  const table: readonly (readonly [what: string, value: number, from: number, to: number, source: string])[] = [
    ["baseline SBP, mmHg", mean(sessions.map(({ cuffs }) => cuffs[0]!.sbp)), 123.5, 126.5, "N(125, 14)"],
    ["  its standard deviation", sd(sessions.map(({ cuffs }) => cuffs[0]!.sbp)), 12.5, 15.5, ""],
    ["mean rise of SBP during the infusion", mean(rises("sbp")), 10.4, 14.8, "12.6 (10.4–14.8), 2,252 treatments"],
    ["mean rise of DBP during the infusion", mean(rises("dbp")), 6.9, 10.1, "8.5 (6.9–10.1)"],
    ["mean rise of HR at its end", mean(atEnd("hr")), 0.6, 7.6, "4.1 (0.6–7.6)"],
    ["peak rise of SBP by the drug", mean(atEnd("sbp")), 14.5, 17.5, "16 ± 11, Yale"],
    ["  its standard deviation", sd(atEnd("sbp")), 9.5, 12.5, ""],
    ["peak rise of DBP by the drug", mean(atEnd("dbp")), 9.8, 12.2, "11 ± 8"],
    ["  its standard deviation", sd(atEnd("dbp")), 7, 9.5, ""],
    ["minute of the peak", mean(sessions.map(({ peakMin }) => peakMin)), 38, 43, "about 40 min"],
    [
      "share of the peak left 90 min after",
      mean(sessions.map(({ byDrug }) => byDrug.later.sbp)) / 16,
      0,
      0.25,
      "baseline by ~90 min",
    ],
    ["SBP above baseline 90 min after", mean(sessions.map(late)), -1, 4, "baseline by ~90 min"],
    [
      "sessions with ≥ 180 or ≥ 110, %",
      share(sessions.map(({ cuffs }) => cuffs.some(isSevere))),
      0.6,
      1.5,
      "0.98 % of 2,342 infusions",
    ],
    // Patients of that study had several sessions each: one session must have fewer, and not hardly any.
    [
      "sessions with ≥ 165 or ≥ 100, %",
      share(sessions.map(({ cuffs }) => cuffs.some(isEmergent))),
      10,
      44,
      "44 % of 203 patients",
    ],
  ];

  it("prints the table", () => {
    const rows = table.map(
      ([what, value, from, to, source]) =>
        `${what.padEnd(40)}${value.toFixed(2).padStart(8)}   ${`${from}–${to}`.padEnd(12)} ${source}`,
    );
    console.log(`${SESSIONS} simulated sessions\n${rows.join("\n")}`);
    expect(sessions.length).toBeGreaterThan(0.9 * SESSIONS);
  });

  it.each(table)("%s: %f lies within %f … %f", (_what, value, from, to) => {
    expect(value).toBeGreaterThanOrEqual(from);
    expect(value).toBeLessThanOrEqual(to);
  });

  it("keeps systolic and diastolic responses together as the literature does", () => {
    const [s, d] = [atEnd("sbp"), atEnd("dbp")];
    const covariance = mean(s.map((value, i) => (value - mean(s)) * (d[i]! - mean(d))));
    expect(covariance / (sd(s) * sd(d))).toBeGreaterThan(0.6);
    expect(covariance / (sd(s) * sd(d))).toBeLessThan(0.8);
  });
});

describe("concentrations in the simulated patient", () => {
  const MINUTES = [5, 10, 20, 30, 40, 45, 50, 60, 80, 120, 180];
  const LISTED: { readonly [K in Kinetics]: readonly number[] } = {
    domino: [155, 182, 210, 226, 240, 91, 71, 55, 46, 36, 25],
    clements: [33, 62, 109, 147, 177, 157, 141, 115, 85, 59, 44],
  };
  const rowsOf = (kinetics: Kinetics) => MINUTES.map((min, i) => [kinetics, min, LISTED[kinetics][i]!] as const);

  it.each([...rowsOf("domino"), ...rowsOf("clements")])(
    "%s at %i min: %i ng/mL within 2 percent",
    (kinetics, min, ngPerMl) => {
      const concentration = plasmaNgPerMl(KINETICS[kinetics], usual, min * MIN);
      expect(Math.abs(concentration - ngPerMl) / ngPerMl).toBeLessThan(0.02);
    },
  );
});

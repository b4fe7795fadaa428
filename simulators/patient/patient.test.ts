import { DOMINO, type Given, plasmaNgPerMl } from "@vigil/shared/pharmacokinetics";
import { describe, expect, it } from "vitest";
import { KINETICS, NO_TROUBLE, newPatient } from "./index.ts";

const MIN = 60_000;
const infusion: Given = { runs: [{ from: 0, to: 40 * MIN, rateMgPerKgPerMin: 0.0125 }], boluses: [] };
const nothing: Given = { runs: [], boluses: [] };
const population = Array.from({ length: 400 }, (_, i) => newPatient(7, `p${i}`));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe("a simulated patient", () => {
  it("is the same for the same seed and name, and another for another", () => {
    const once = newPatient(1, "a").truth(5 * MIN, infusion, NO_TROUBLE);
    expect(newPatient(1, "a").truth(5 * MIN, infusion, NO_TROUBLE)).toEqual(once);
    expect(newPatient(2, "a").truth(5 * MIN, infusion, NO_TROUBLE)).not.toEqual(once);
    expect(newPatient(1, "b").truth(5 * MIN, infusion, NO_TROUBLE)).not.toEqual(once);
  });

  it("can be asked for any instant in any order", () => {
    const forward = newPatient(3, "x");
    const times = [0, 1000, 60_000, 3_600_000];
    const values = times.map((at) => forward.truth(at, infusion, NO_TROUBLE));
    const backward = newPatient(3, "x");
    expect(times.toReversed().map((at) => backward.truth(at, infusion, NO_TROUBLE))).toEqual(values.toReversed());
  });

  it("responds to the drug as the population of clinical.md does", () => {
    const change = (vital: "sbp" | "dbp" | "hr") =>
      population.map(
        (p) => p.truth(40 * MIN, infusion, NO_TROUBLE)[vital] - p.truth(40 * MIN, nothing, NO_TROUBLE)[vital],
      );
    expect(mean(change("sbp"))).toBeGreaterThan(14.5);
    expect(mean(change("sbp"))).toBeLessThan(17.5);
    expect(sd(change("sbp"))).toBeGreaterThan(9);
    expect(sd(change("sbp"))).toBeLessThan(13);
    expect(mean(change("dbp"))).toBeGreaterThan(9.5);
    expect(mean(change("dbp"))).toBeLessThan(12.5);
    expect(mean(change("hr"))).toBeGreaterThan(2.5);
    expect(mean(change("hr"))).toBeLessThan(5.5);
    const [s, d] = [change("sbp"), change("dbp")];
    const covariance = mean(s.map((value, i) => (value - mean(s)) * ((d[i] ?? 0) - mean(d))));
    expect(covariance / (sd(s) * sd(d))).toBeGreaterThan(0.6);
    expect(covariance / (sd(s) * sd(d))).toBeLessThan(0.8);
  });

  it("rests with SpO₂ of 97–99 ± 1 and never leaves what a body can show", () => {
    for (const patient of population.slice(0, 40)) {
      for (let at = 0; at < 20 * MIN; at += 5000) {
        const { hr, spo2, rr, sbp, dbp } = patient.truth(at, nothing, NO_TROUBLE);
        expect(spo2).toBeGreaterThan(94.5);
        expect(spo2).toBeLessThanOrEqual(100);
        expect(hr).toBeGreaterThan(45);
        expect(hr).toBeLessThan(110);
        expect(rr).toBeGreaterThan(8);
        expect(rr).toBeLessThan(22);
        expect(sbp).toBeGreaterThan(dbp + 8);
      }
    }
  });

  it("varies smoothly: a second changes little, minutes change more", () => {
    const patient = newPatient(11, "smooth");
    const series = Array.from({ length: 600 }, (_, s) => patient.truth(s * 1000, nothing, NO_TROUBLE).hr);
    const steps = series.slice(1).map((value, i) => Math.abs(value - (series[i] ?? value)));
    expect(mean(steps)).toBeLessThan(0.8);
    expect(sd(series)).toBeGreaterThan(1.2);
    expect(sd(series)).toBeLessThan(4);
  });

  it("is who the scenario asks for", () => {
    const constitution = {
      age: [50, 52],
      sex: "male",
      weightKg: [90, 92],
      hypertension: true,
      pressure: [1, 1],
    } as const;
    const drawn = Array.from({ length: 40 }, (_, i) => newPatient(3, `n${i}`, { constitution }));
    for (const patient of drawn) {
      expect(patient).toMatchObject({ sex: "male", hypertension: true });
      expect(patient.ageYears).toBeGreaterThanOrEqual(50);
      expect(patient.ageYears).toBeLessThanOrEqual(52);
      expect(patient.weightKg).toBeGreaterThanOrEqual(90);
    }
  });

  it("has a higher pressure with age and with hypertension", () => {
    const rest = (constitution: object) =>
      mean(
        Array.from(
          { length: 200 },
          (_, i) => newPatient(9, `r${i}`, { constitution }).truth(0, nothing, NO_TROUBLE).sbp,
        ),
      );
    expect(rest({ age: [65, 75] })).toBeGreaterThan(rest({ age: [20, 30] }) + 6);
    expect(rest({ hypertension: true })).toBeGreaterThan(rest({ hypertension: false }) + 6);
  });

  it("feels the drug soon, most at its end, and no more an hour or so later", () => {
    const dissociation = (minute: number) => population.map((p) => p.mind(minute * MIN, infusion).dissociation);
    expect(Math.max(...dissociation(0))).toBe(0);
    expect(mean(dissociation(15))).toBeGreaterThan(1);
    expect(mean(dissociation(40))).toBeGreaterThan(mean(dissociation(15)));
    expect(mean(dissociation(40))).toBeLessThan(8);
    const over = (minute: number) => dissociation(minute).filter((value) => value === 0).length / population.length;
    // "Usually ends 30–60 min after the infusion" (product.md).
    expect(over(50)).toBeLessThan(0.2);
    expect(over(100)).toBeGreaterThan(0.85);
    const sedation = population.map((p) => p.mind(40 * MIN, infusion).sedation);
    expect(Math.min(...sedation)).toBeGreaterThanOrEqual(3);
    expect(population.every((p) => p.mind(0, infusion).sedation === 5)).toBe(true);
  });

  it("comes down when the infusion is paused, and goes up with a bolus", () => {
    const { sbp } = newPatient(5, "strong", { constitution: { pressorResponse: [2, 2] } }).truth(
      0,
      nothing,
      NO_TROUBLE,
    );
    const strong = newPatient(5, "strong", { constitution: { pressorResponse: [2, 2] } });
    const paused: Given = { ...infusion, runs: [{ from: 0, to: 20 * MIN, rateMgPerKgPerMin: 0.0125 }] };
    const pushed: Given = { ...infusion, boluses: [{ at: 20 * MIN, mgPerKg: 0.2 }] };
    const at = (minute: number, given: Given) => strong.truth(minute * MIN, given, NO_TROUBLE).sbp;
    expect(at(19, paused)).toBe(at(19, infusion));
    expect(at(20, infusion)).toBeGreaterThan(sbp + 15);
    expect(at(35, paused)).toBeLessThan(at(35, infusion) - 12);
    expect(at(25, pushed)).toBeGreaterThan(at(25, infusion) + 4);
  });

  it("loses oxygen while breathing stops: late at the finger, slowly, then fast, and recovers", () => {
    const patient = newPatient(2, "still", { constitution: { spo2: [97, 97] } });
    const apnoeas = [{ from: 10 * MIN, to: 11 * MIN, depth: 1, obstructed: false }];
    const at = (second: number) => patient.truth(10 * MIN + second * 1000, nothing, { changes: {}, apnoeas });
    const rested = (second: number) => patient.truth(10 * MIN + second * 1000, nothing, NO_TROUBLE);
    expect(at(8).spo2).toBe(rested(8).spo2);
    expect(at(1).rr).toBe(0);
    const drop = (second: number) => rested(second).spo2 - at(second).spo2;
    expect(drop(30)).toBeLessThan(4);
    expect(drop(70)).toBeGreaterThan(10);
    expect(drop(70)).toBeGreaterThan(3 * drop(40));
    expect(drop(110)).toBeLessThan(2);
    expect(at(61).rr).toBeGreaterThan(8);
    const closed = patient.truth(10 * MIN + 30_000, nothing, {
      changes: {},
      apnoeas: apnoeas.map((each) => ({ ...each, obstructed: true })),
    });
    expect(closed.rr).toBeGreaterThan(8);
  });

  it("is given Domino's kinetics, or Clements' by choice", () => {
    expect(plasmaNgPerMl(KINETICS.domino, infusion, 40 * MIN)).toBe(plasmaNgPerMl(DOMINO, infusion, 40 * MIN));
    const slow = newPatient(4, "k", { kinetics: "clements", constitution: { pressorResponse: [1, 1] } });
    const fast = newPatient(4, "k", { constitution: { pressorResponse: [1, 1] } });
    const left = (patient: typeof slow) =>
      patient.truth(100 * MIN, infusion, NO_TROUBLE).sbp - patient.truth(100 * MIN, nothing, NO_TROUBLE).sbp;
    expect(left(slow)).toBeGreaterThan(2 * left(fast));
  });
});

import { describe, expect, it } from "vitest";
import { newPatient } from "./patient.ts";
import type { Dose } from "./pharmacokinetics.ts";

const MIN = 60_000;
const infusion: Dose[] = [{ from: 0, to: 40 * MIN, rateMgPerKgPerMin: 0.0125 }];
const population = Array.from({ length: 400 }, (_, i) => newPatient(7, `p${i}`));

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe("a simulated patient", () => {
  it("is the same for the same seed and name, and another for another", () => {
    const once = newPatient(1, "a").truth(5 * MIN, infusion, {});
    expect(newPatient(1, "a").truth(5 * MIN, infusion, {})).toEqual(once);
    expect(newPatient(2, "a").truth(5 * MIN, infusion, {})).not.toEqual(once);
    expect(newPatient(1, "b").truth(5 * MIN, infusion, {})).not.toEqual(once);
  });

  it("can be asked for any instant in any order", () => {
    const forward = newPatient(3, "x");
    const times = [0, 1000, 60_000, 3_600_000];
    const values = times.map((at) => forward.truth(at, infusion, {}));
    const backward = newPatient(3, "x");
    expect(times.toReversed().map((at) => backward.truth(at, infusion, {}))).toEqual(values.toReversed());
  });

  it("responds to the drug as the population of clinical.md does", () => {
    const change = (vital: "sbp" | "dbp" | "hr") =>
      population.map((p) => p.truth(40 * MIN, infusion, {})[vital] - p.truth(40 * MIN, [], {})[vital]);
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
        const { hr, spo2, rr, sbp, dbp } = patient.truth(at, [], {});
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
    const series = Array.from({ length: 600 }, (_, s) => patient.truth(s * 1000, [], {}).hr);
    const steps = series.slice(1).map((value, i) => Math.abs(value - (series[i] ?? value)));
    expect(mean(steps)).toBeLessThan(0.8);
    expect(sd(series)).toBeGreaterThan(1.2);
    expect(sd(series)).toBeLessThan(4);
  });
});

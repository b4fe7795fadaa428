import { describe, expect, it } from "vitest";
import { personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import { type DischargeFacts, dischargeCriteria } from "./discharge.ts";
import { EDITION } from "./edition.ts";
import type { Confirmation, Session, SessionFacts } from "./session.ts";

const MIN = 60_000;
/** Any time after the infusion. */
const LATER = Number.POSITIVE_INFINITY;
const baseline = { hr: 70, spo2: 96, sbp: 120, dbp: 75 };
const by = { by: personIdSchema.parse("n1"), name: "Nora", at: 0 };
const confirmed = (...checks: string[]) =>
  checks.map((check): Confirmation => ({ part: "discharge", check, first: by, second: null }));
const facts: SessionFacts = {
  patient: { initials: "AB" },
  plan: null,
  phase: "recovery",
  phases: [],
  baseline: { ...baseline, at: 0 },
  confirmed: confirmed("oriented", "escort present"),
  infusion: {
    startedAt: 0,
    ranMs: 40 * MIN,
    runningSince: null,
    endedAt: 40 * MIN,
    segments: [{ from: 0, to: 40 * MIN, rateMlPerH: null, rateMgPerMin: null }],
    rate: { rateMlPerH: null, rateMgPerMin: null },
    boluses: [],
    extensions: [],
  },
  observations: [],
  medications: [],
  escort: null,
  responsible: null,
  ending: null,
};
const session: Session = {
  ...facts,
  id: sessionIdSchema.parse("s1"),
  protocol: protocolSchema.parse({ dischargeChecks: ["oriented", "escort present"] }),
  edition: EDITION,
  openedAt: 0,
  origin: facts,
  acts: [],
};
const well: DischargeFacts = {
  vitals: baseline,
  pressureAt: LATER,
  before: { ...baseline, at: LATER },
  physiologicalAlarms: 0,
};

/** Identities of the criteria that do not hold. */
const missing = (facts: Partial<DischargeFacts> = {}, at = 100 * MIN, of: Session = session): string[] =>
  dischargeCriteria(of, { ...well, ...facts }, at)
    .filter((criterion) => !criterion.holds)
    .map((criterion) => criterion.id);
const vitals = (change: Partial<DischargeFacts["vitals"]>) => ({ vitals: { ...baseline, ...change } });

it("every criterion is listed, whether it holds or not, with a sentence", () => {
  const criteria = dischargeCriteria(session, well, 100 * MIN);
  expect(criteria.map(({ id, holds }) => `${id} ${holds}`)).toEqual([
    "recovery-minimum true",
    "no-physiological-alarm true",
    "near-baseline true",
    "oriented true",
    "escort present true",
  ]);
  for (const { reason } of criteria) expect(reason).toMatch(/\.$/);
});

describe("one does not hold", () => {
  it("until the minimum is over, to the millisecond", () => {
    expect(missing({}, 100 * MIN - 1)).toEqual(["recovery-minimum"]);
    expect(missing({}, 100 * MIN)).toEqual([]);
  });

  it("when the drug has not stopped", () => {
    expect(missing({}, 100 * MIN, { ...session, infusion: null })).toEqual(["recovery-minimum"]);
  });

  it("while a physiological alarm stands", () => {
    expect(missing({ physiologicalAlarms: 1 })).toEqual(["no-physiological-alarm"]);
  });

  it("without a baseline", () => {
    expect(missing({}, 100 * MIN, { ...session, baseline: null })).toEqual(["near-baseline"]);
  });

  it("for each confirmation that is missing", () => {
    expect(missing({}, 100 * MIN, { ...session, confirmed: confirmed("identity") })).toEqual([
      "oriented",
      "escort present",
    ]);
  });
});

describe("near the baseline", () => {
  it.each(["hr", "spo2", "sbp", "dbp"] as const)("needs a fresh %s", (vital) => {
    expect(missing(vitals({ [vital]: null }))).toEqual(["near-baseline"]);
  });

  it("is a share of it on either side, the bounds included", () => {
    for (const sbp of [96, 144]) expect(missing(vitals({ sbp }))).toEqual([]);
    for (const sbp of [95, 145]) expect(missing(vitals({ sbp }))).toEqual(["near-baseline"]);
    expect(missing(vitals({ hr: 0 }))).toEqual(["near-baseline"]);
  });

  it("keeps nobody for more oxygen than before", () => {
    const low: Session = { ...session, baseline: { ...baseline, spo2: 80, at: 0 } };
    expect(missing(vitals({ spo2: 100 }), 100 * MIN, low)).toEqual([]);
    expect(missing(vitals({ spo2: 63 }), 100 * MIN, low)).toEqual(["near-baseline"]);
  });
});

import { describe, expect, it } from "vitest";
import { commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { type DischargeFact, type ProtocolDocument, protocolSchema } from "../protocol/index.ts";
import { type DischargeFacts, dischargeCriteria, mayBeDischarged } from "./discharge.ts";
import { EDITION } from "./edition.ts";
import type { Observation } from "./observation.ts";
import type { Confirmation, RecordedObservation, Session, SessionFacts } from "./session.ts";

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

/** What one criterion says. */
const criterion = (id: string, of: Session = session, facts: Partial<DischargeFacts> = {}, at = 100 * MIN) =>
  dischargeCriteria(of, { ...well, ...facts }, at).find((each) => each.id === id);
const under = (document: ProtocolDocument, change: Partial<Session> = {}): Session => ({
  ...session,
  ...change,
  protocol: protocolSchema.parse({ dischargeChecks: [], ...document }),
});
const observed = (observation: Observation, at = 60 * MIN): RecordedObservation => ({
  ...observation,
  ...by,
  at,
  act: commandIdSchema.parse("c1"),
});

describe("what is known is shown beside each criterion", () => {
  it("how long the recovery still is, in minutes begun", () => {
    const reason = "The minimum recovery time is not over.";
    expect(criterion("recovery-minimum", session, {}, 90 * MIN + 1)).toMatchObject({
      value: "10 min left",
      reason,
      kind: "fact",
    });
    expect(criterion("recovery-minimum")?.value).toBe("over");
    expect(criterion("recovery-minimum", session, {}, 200 * MIN)?.value).toBe("over");
    expect(criterion("recovery-minimum", { ...session, infusion: null })?.value).toBeNull();
  });

  it("how many physiological alarms stand", () => {
    expect(criterion("no-physiological-alarm", session, { physiologicalAlarms: 2 })).toMatchObject({
      value: "2 standing",
      reason: "A physiological alarm is still standing.",
    });
  });

  it("the last vital signs with the baseline, a dash for what is stale", () => {
    expect(criterion("near-baseline", session, vitals({ hr: 72, sbp: 130 }))).toMatchObject({
      value: "HR 72 (70) · SpO₂ 96 (96) · BP 130/75 (120/75)",
      reason:
        "The last vital signs are missing, stale, from before the infusion ended or not within 20 % of the baseline.",
    });
    const stale = { vitals: { hr: null, spo2: null, sbp: null, dbp: null } };
    expect(criterion("near-baseline", session, stale)?.value).toBe("HR – (70) · SpO₂ – (96) · BP –/– (120/75)");
    expect(criterion("near-baseline", { ...session, baseline: null })?.value).toBeNull();
  });

  it("both sets where two are asked for, and of the first what was measured", () => {
    const two = under({ dischargeCuffs: 2 });
    const before = { hr: 68, spo2: 95, sbp: 118, dbp: 74, at: LATER };
    expect(criterion("near-baseline", two, { before })).toMatchObject({
      value: "HR 68, 70 (70) · SpO₂ 95, 96 (96) · BP 118/74, 120/75 (120/75)",
      reason:
        "The last two sets of vital signs are missing, stale, from before the infusion ended or not within 20 % of the baseline.",
    });
    const nothing = { hr: null, spo2: null, sbp: null, dbp: null, at: null };
    expect(criterion("near-baseline", two, { before: nothing })?.value).toBe(
      "HR 70 (70) · SpO₂ 96 (96) · BP –/–, 120/75 (120/75)",
    );
  });

  it("who confirmed a check, and whether a second person is still wanted", () => {
    const twice = under({ dischargeChecks: ["escort present"], secondPersonChecks: ["escort present"] });
    const [once] = confirmed("escort present");
    expect(criterion("escort present", { ...twice, confirmed: [] })).toEqual({
      id: "escort present",
      kind: "confirmation",
      holds: false,
      reason: "Not confirmed yet: escort present.",
      value: null,
    });
    expect(criterion("escort present", twice)).toMatchObject({
      holds: false,
      reason: "A second person has not confirmed yet: escort present.",
      value: "Nora",
    });
    const both = [{ ...once!, second: { ...by, name: "Nils" } }];
    expect(criterion("escort present", { ...twice, confirmed: both })).toMatchObject({
      holds: true,
      value: "Nora, Nils",
    });
  });

  it("of two checks each with its own word", () => {
    const asked = under({ dischargeChecks: ["oriented", "escort present"] }, { confirmed: confirmed("oriented") });
    expect(criterion("oriented", asked)).toMatchObject({ holds: true, value: "Nora" });
    expect(criterion("escort present", asked)).toMatchObject({ holds: false, value: null });
  });

  it("what was confirmed for the start says nothing about going home", () => {
    const started = confirmed("escort present").map((each) => ({ ...each, part: "start" as const }));
    const asked = under({ dischargeChecks: ["escort present"] }, { confirmed: started });
    expect(criterion("escort present", asked)).toMatchObject({ holds: false, value: null });
  });
});

describe("a recorded fact", () => {
  const score = (activity: number) =>
    ({ scale: "aldrete", activity, respiration: 2, circulation: 2, consciousness: 2, oxygen: 2 }) as const;

  it.each<[DischargeFact, Observation[], boolean, string | null, string]>([
    ["oriented", [], false, null, "Orientation has not been observed since the infusion ended."],
    ["oriented", [{ oriented: true }], true, "oriented", "The patient was not oriented when last observed."],
    ["oriented", [{ oriented: false }], false, "not oriented", "The patient was not oriented when last observed."],
    ["discharge-score", [], false, null, "No modified Aldrete score has been recorded since the infusion ended."],
    ["discharge-score", [{ score: score(1) }], true, "9 of 10", "The modified Aldrete score is 9; 9 is needed."],
    ["discharge-score", [{ score: score(0) }], false, "8 of 10", "The modified Aldrete score is 8; 9 is needed."],
    ["dissociation-over", [], false, null, "Dissociation has not been observed since the infusion ended."],
    ["dissociation-over", [{ dissociation: 0 }], true, "over", "Dissociation was still there when last observed."],
    ["dissociation-over", [{ dissociation: 1 }], false, "present", "Dissociation was still there when last observed."],
    ["escort-named", [], false, null, "The escort's name and phone are not recorded."],
  ])("%s after %j holds: %s, with its value and its sentence", (name, seen, holds, value, reason) => {
    const of = under({ dischargeFacts: [name] }, { observations: seen.map((each) => observed(each)) });
    expect(criterion(name, of)).toEqual({ id: name, kind: "fact", holds, value, reason });
    expect(mayBeDischarged(of, well, 100 * MIN)).toBe(holds);
  });

  it("is the score of the protocol’s own scale, by its name", () => {
    const of = under({ dischargeFacts: ["discharge-score"], dischargeScore: { scale: "padss", least: 9 } });
    expect(criterion("discharge-score", of)?.reason).toBe("No PADSS score has been recorded since the infusion ended.");
  });

  it("is the escort with name and phone", () => {
    const escort = { ...by, escortName: "E. Scort", phone: "555 0100" };
    expect(criterion("escort-named", under({ dischargeFacts: ["escort-named"] }, { escort }))).toMatchObject({
      holds: true,
      value: "E. Scort, 555 0100",
    });
  });
});

describe("the pressure that counts", () => {
  it("was taken when the infusion had ended, its very moment included", () => {
    expect(missing({ pressureAt: 40 * MIN })).toEqual([]);
    expect(missing({ pressureAt: 40 * MIN - 1 })).toEqual(["near-baseline"]);
    expect(missing({ pressureAt: null })).toEqual(["near-baseline"]);
  });

  it("may be older in a session of the first edition of the rules", () => {
    const first: Session = { ...session, edition: 1 };
    for (const pressureAt of [null, 0]) expect(missing({ pressureAt }, 100 * MIN, first)).toEqual([]);
  });
});

describe("where two cuff measurements are asked for", () => {
  const two = under({ dischargeCuffs: 2 });
  const earlier = (change: Partial<DischargeFacts["before"]>) => ({ before: { ...well.before, ...change } });

  it.each(["sbp", "dbp"] as const)("the %s of the one before must be there and near too", (cuff) => {
    expect(missing(earlier({}), 100 * MIN, two)).toEqual([]);
    for (const value of [null, 20])
      expect(missing(earlier({ [cuff]: value }), 100 * MIN, two)).toEqual(["near-baseline"]);
    expect(missing(earlier({ [cuff]: null }), 100 * MIN, { ...two, edition: 1 })).toEqual(["near-baseline"]);
  });

  it.each(["hr", "spo2"] as const)("the %s beside it must be near where it was measured", (vital) => {
    expect(missing(earlier({ [vital]: null }), 100 * MIN, two)).toEqual([]);
    expect(missing(earlier({ [vital]: 20 }), 100 * MIN, two)).toEqual(["near-baseline"]);
    expect(missing(earlier({ [vital]: 20 }), 100 * MIN, { ...two, edition: 1 })).toEqual([]);
  });

  it("it was taken after the infusion as well", () => {
    expect(missing(earlier({ at: 40 * MIN }), 100 * MIN, two)).toEqual([]);
    for (const at of [null, 40 * MIN - 1]) expect(missing(earlier({ at }), 100 * MIN, two)).toEqual(["near-baseline"]);
  });

  it("it does not matter where one is enough", () => {
    expect(missing(earlier({ hr: 20, spo2: 20, sbp: null, dbp: null, at: null }))).toEqual([]);
  });
});

describe("whether all of them hold", () => {
  const may = (facts: Partial<DischargeFacts> = {}, at = 100 * MIN, of = session, slack?: number) =>
    mayBeDischarged(of, { ...well, ...facts }, at, slack);

  it("takes every one of them", () => {
    expect(may()).toBe(true);
    expect(may({}, 100 * MIN - 1)).toBe(false);
    expect(may({ physiologicalAlarms: 1 })).toBe(false);
    expect(may({}, 100 * MIN, { ...session, confirmed: confirmed("oriented") })).toBe(false);
    expect(may(vitals({ sbp: 150 }))).toBe(false);
  });

  it("may be said with more room around the baseline, which widens nothing else", () => {
    expect(may(vitals({ sbp: 150 }), 100 * MIN, session, 0.05)).toBe(true);
    expect(may(vitals({ sbp: 151 }), 100 * MIN, session, 0.05)).toBe(false);
    expect(may({}, 100 * MIN - 1, session, 0.05)).toBe(false);
  });
});

/** Protocols in which alarms do happen, and soon: limits close together, delays and intervals short. */
import { type Protocol, type ProtocolDocument, protocolSchema } from "@vigil/shared/protocol";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import fc from "fast-check";

/** Where the limits lie; all values lie near them. */
export const MARKS: { readonly [V in Vital]: { readonly low: number; readonly high: number } } = {
  hr: { low: 50, high: 120 },
  spo2: { low: 92, high: 99 },
  rr: { low: 8, high: 30 },
  sbp: { low: 90, high: 150 },
  dbp: { low: 50, high: 95 },
  map: { low: 60, high: 110 },
};

const waitS = fc.constantFrom(0, 0, 0, 1, 2, 3, 5, 10);
const priority = fc.constantFrom("high" as const, "medium" as const, "low" as const);
const waits = { delay: waitS, offDelay: waitS, deadband: fc.constantFrom(0, 1, 2) };
const tier = (limit: number) =>
  fc.record({ limit: fc.constant(limit), priority, ...waits }, { requiredKeys: ["limit"] });
const direction = (limit: number, further: number) =>
  fc.record({ warning: tier(limit), critical: tier(limit + further) }, { requiredKeys: [] });
export const vitalRules = (vital: Vital) =>
  fc.record({ low: direction(MARKS[vital].low, -3), high: direction(MARKS[vital].high, 1) }, { requiredKeys: [] });
const limits = fc.record(
  {
    hr: vitalRules("hr"),
    spo2: vitalRules("spo2"),
    rr: vitalRules("rr"),
    sbp: vitalRules("sbp"),
    dbp: vitalRules("dbp"),
    map: vitalRules("map"),
  },
  { requiredKeys: [] },
);
export const rise = fc.record({
  riseOverBaseline: fc.constantFrom(0.1, 0.25, 0.3),
  priority,
  ...waits,
});
const relativeRule = fc
  .record({ vital: fc.constantFrom("sbp" as const, "dbp" as const, "hr" as const), rule: rise })
  .map(({ vital, rule }) => ({ vital, ...rule }));
export const protocolDocument: fc.Arbitrary<ProtocolDocument> = fc.record(
  {
    limits,
    relative: fc.array(relativeRule, { maxLength: 3 }),
    staleAfter: fc.dictionary(fc.constantFrom(...VITALS), fc.constantFrom(2, 5, 8, 12.5), { maxKeys: 2 }),
    cuffIntervalMin: fc.record({
      infusing: fc.constantFrom(0.1, 0.5, 1, 5),
      recovery: fc.constantFrom(0.1, 0.5, 2, 15),
    }),
    observationIntervalMin: fc.constantFrom({ infusing: 0.1, recovery: 0.1 }, { infusing: 1, recovery: 2 }),
    dissociationExpectedMin: fc.constantFrom(0.1, 0.5, 2),
    escalation: fc.constantFrom(
      [],
      [
        { afterS: 2, target: "near" },
        { afterS: 2, target: "nearer" },
        { afterS: 20, target: "far" },
      ],
    ),
    recoveryMinimumMin: fc.constantFrom(0.1, 0.5, 1),
    latching: fc.subarray(["high", "medium", "low"] as const),
    startChecks: fc.subarray(["identity", "dose"]),
    dischargeChecks: fc.subarray(["oriented", "dose"]),
    dischargeWithinBaseline: fc.constantFrom(0.2, 1),
    dischargeCuffs: fc.constantFrom(1, 2),
    plan: fc.constant({ plannedMin: { min: 1 } }),
    secondPersonChecks: fc.constantFrom([], [], ["dose"]),
    reasonForEarlyStop: fc.constantFrom(false, false, false, true),
  },
  { requiredKeys: ["recoveryMinimumMin", "startChecks", "dischargeChecks", "plan", "reasonForEarlyStop"] },
);
export const protocol: fc.Arbitrary<Protocol> = protocolDocument.map((document) => protocolSchema.parse(document));

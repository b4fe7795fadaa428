/** Commands as they come over the wire, parsed as there: the steps of a visit, and anything at all. */
import { commandIdSchema, personIdSchema } from "@vigil/shared/ids";
import { type Actor, type Command, commandSchema } from "@vigil/shared/session";
import { CONTINUOUS_VITALS, VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { protocolDocument, rise, vitalRules } from "./protocols.ts";

const parse = (written: object): Command => commandSchema.parse(written);
const oneOf = (...written: object[]): fc.Arbitrary<Command> => fc.constantFrom(...written.map(parse));

const PEOPLE: readonly Actor[] = (["nurse", "supervisor", "engineer", "administrator"] as const).map((role) => ({
  id: personIdSchema.parse(role),
  name: role,
  role,
}));
export const actor: fc.Arbitrary<Actor> = fc.constantFrom(...PEOPLE);

export const BASELINE = { hr: 80, spo2: 96, sbp: 120, dbp: 75 };
const PLANS = [
  ...[1, 2, 40].map((plannedMin) => ({ drug: "ketamine", doseMgPerKg: 0.5, plannedMin })),
  ...[2, 40].map((plannedMin) => ({
    ...{ drug: "ketamine", doseMgPerKg: 0.5, plannedMin },
    ...{ concentrationMgPerMl: 1, bagVolumeMl: 38 },
  })),
];
const reason = "because";
const ALARMS = [
  ...VITALS.flatMap((vital) => [`${vital}.low`, `${vital}.high`]),
  ...CONTINUOUS_VITALS.map((vital) => `signal-lost.${vital}`),
  ...["monitor-silent", "pressure-overdue", "clock-skew", "plan-elapsed", "recovery-minimum-reached"],
  ...["dissociation-prolonged", "observation-overdue", "ready-for-discharge"],
];

const open = fc
  .record(
    {
      type: fc.constant("open-session"),
      sessionId: fc.nat(99).map((n) => `s${n}`),
      patient: fc.constantFrom(
        { initials: "AB" },
        ...Array.from({ length: 4 }, () => ({ initials: "AB", weightKg: 70 })),
      ),
      plan: fc.constantFrom(...PLANS),
      protocol: protocolDocument,
    },
    { requiredKeys: ["type", "sessionId", "patient"] },
  )
  .map(parse);
const setPlan = oneOf(...PLANS.map((plan) => ({ type: "set-plan", plan })));
const confirm = (...checks: string[]) => oneOf(...checks.map((check) => ({ type: "confirm-check", check })));
const pauseAudio = oneOf(...[1, 60, 120, 120].map((seconds) => ({ type: "pause-audio", seconds })));
const observe = oneOf(
  { type: "record-observation", observation: { dissociation: 6 } },
  { type: "record-observation", observation: { dissociation: 0, oriented: true } },
  { type: "record-observation", observation: { sedation: 4 } },
  { type: "record-observation", observation: { values: { sbp: 80, dbp: 90 } } },
);
const discharge = oneOf({ type: "discharge" }, { type: "discharge", override: reason });
const ofVital = (type: "alarm-off" | "alarm-on") =>
  oneOf(...["hr", "spo2", "sbp"].map((vital) => ({ type, vital, reason })));
const setLimits = fc
  .constantFrom(...VITALS)
  .chain((vital) =>
    fc.record({
      type: fc.constant("set-limits"),
      vital: fc.constant(vital),
      limits: fc.oneof(vitalRules(vital), fc.constant({})),
      relative: vital === "rr" || vital === "map" ? fc.constant([]) : fc.array(rise, { maxLength: 2 }),
    }),
  )
  .map(parse);

const bolus = (mg: number) => ({ type: "give-medication", medication: { kind: "bolus", mg } });
const person = { id: "n2", name: "Nils" };
/** What changes a session in ways that a visit as it should go does not; late ones are dated by `placed`. */
const further = oneOf(
  { type: "set-patient", patient: { initials: "AB", weightKg: 70 } },
  { type: "set-patient", patient: { initials: "AB", weightKg: 7 } },
  { type: "correct-patient", patient: { initials: "CD", name: "C. Dee" }, reason },
  { type: "change-rate", rateMlPerH: 50 },
  bolus(2),
  bolus(500),
  { type: "extend-infusion", minutes: 1, mg: 5 },
  { type: "extend-infusion", mg: 5, newBag: true },
  { type: "name-escort", name: "E. Scort", phone: "555 0100" },
  { type: "hand-over", to: person, summary: "calm" },
  { type: "transfer-session", to: "free" },
  { type: "transfer-session", to: "occupied" },
  { type: "transfer-session", to: "nowhere" },
  ...[1, 1, 1, 2, 5].map((back) => ({ type: "undo-act", act: `back-${back}` })),
  ...[-500, -5_000, 1_000].flatMap((effectiveAt) =>
    [1, 2, 5].map((back) => ({ type: "correct-time", act: `back-${back}`, effectiveAt, reason })),
  ),
  ...[-500, -5_000, 1_000, -1e13].flatMap((effectiveAt) => [
    { type: "record-observation", observation: { dissociation: 2 }, effectiveAt },
    { type: "pause-infusion", reason, effectiveAt },
    { type: "end-infusion", effectiveAt },
    { type: "start-infusion", effectiveAt },
  ]),
);

/** A command of a script as it is given as the n-th input at `at`: times and acts before it are told relative to it. */
export function placed(command: Command, at: number, n: number): Command {
  const earlier = (told: string) => commandIdSchema.parse(`c${Math.max(0, n - Number(told.slice("back-".length)))}`);
  if (command.type === "undo-act") return { ...command, act: earlier(command.act) };
  if (command.type === "correct-time") {
    return { ...command, act: earlier(command.act), effectiveAt: at + command.effectiveAt };
  }
  if (!("effectiveAt" in command) || command.effectiveAt === undefined) return command;
  return { ...command, effectiveAt: at + command.effectiveAt };
}

/** A nurse goes round: everything that stands at the bay is acknowledged, one after the other. */
export const ROUND: readonly Command[] = ALARMS.map((alarm) => parse({ type: "acknowledge-alarm", alarm }));

/** Anything at all, legal or not. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: oneOf(...ALARMS.map((alarm) => ({ type: "acknowledge-alarm", alarm }))) },
  { weight: 4, arbitrary: setLimits },
  { weight: 2, arbitrary: ofVital("alarm-off") },
  { weight: 4, arbitrary: ofVital("alarm-on") },
  { weight: 2, arbitrary: pauseAudio },
  { weight: 3, arbitrary: oneOf({ type: "resume-audio" }) },
  { weight: 1, arbitrary: open },
  { weight: 4, arbitrary: further },
  { weight: 2, arbitrary: observe },
  { weight: 2, arbitrary: fc.oneof(setPlan, confirm("identity", "dose", "oriented", "anything")) },
  { weight: 1, arbitrary: oneOf({ type: "record-baseline" }, { type: "record-baseline", values: BASELINE }) },
  {
    weight: 3,
    arbitrary: oneOf(
      { type: "start-infusion" },
      { type: "pause-infusion", reason },
      { type: "resume-infusion" },
      { type: "end-infusion" },
      { type: "declare-ready" },
      { type: "return-to-recovery", reason },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      discharge,
      oneOf({ type: "resume-audio" }, { type: "abandon-session", reason, left: "against-advice" }),
    ),
  },
);

/** A visit as it should go. */
export const VISIT: readonly fc.Arbitrary<Command>[] = [
  open,
  oneOf({ type: "set-patient", patient: { initials: "AB", weightKg: 7 } }),
  setPlan,
  confirm("identity"),
  confirm("dose"),
  confirm("dose"),
  oneOf({ type: "record-baseline", values: BASELINE }),
  oneOf({ type: "start-infusion" }),
  pauseAudio,
  oneOf({ type: "pause-infusion", reason }),
  oneOf({ type: "resume-infusion" }),
  oneOf(bolus(500)),
  oneOf({ type: "change-rate", rateMlPerH: 2_000 }, { type: "extend-infusion", mg: 30 }),
  oneOf({ type: "end-infusion", effectiveAt: -250 }, bolus(500), bolus(500)),
  oneOf({ type: "end-infusion" }),
  observe,
  oneOf({ type: "undo-act", act: "back-14" }),
  confirm("oriented"),
  confirm("dose"),
  oneOf({ type: "declare-ready" }),
  oneOf({ type: "return-to-recovery", reason }),
  pauseAudio,
  discharge,
];

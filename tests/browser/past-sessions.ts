/** Sessions of the past as monitors and people would have given them, the same every time. */
import type { BayInput } from "@vigil/shared/bay";
import { type AtMs, type BayId, bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import {
  type Actor,
  actorSchema,
  type Command,
  commandSchema,
  type Patient,
  patientSchema,
} from "@vigil/shared/session";

const MIN = 60_000;

export interface PastSession {
  readonly id: string;
  readonly bay: string;
  readonly openedAt: AtMs;
  /** When the story stops, in minutes since the opening: before the end, the session is still open. */
  readonly untilMin: number;
  readonly plannedMin: number;
  readonly recoveryMin: number;
  /** Seconds between readings; left out, one. */
  readonly everyS?: number;
  /** Minutes in which no monitor is heard. */
  readonly silentMin?: readonly [from: number, to: number];
  /** SpO₂ falls for a minute, the pressure surges, a pulse races; somebody acknowledges. */
  readonly eventful?: boolean;
  /** People do all that a report has to tell: double-check, rate, bolus, more time, medication, late entries, a hand-over. */
  readonly handled?: boolean;
  /** Whose; left out, everybody is one patient. */
  readonly recordNumber?: string;
}

const PREPARATION_MIN = 6;
const nurse = actorSchema.parse({ id: "n-okafor", name: "A. Okafor", role: "nurse" });
const supervisor = actorSchema.parse({ id: "s-lind", name: "M. Lind", role: "supervisor" });
const patient: Patient = patientSchema.parse({
  initials: "JD",
  name: "Doe, Jane",
  recordNumber: "KET-0007",
  birthDate: "1984-06-02",
  weightKg: 70,
});
const protocol = protocolSchema.parse({});

/** A number from 0 to 1 that looks like chance and is none. */
const noise = (n: number): number => {
  const x = Math.sin(n * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
};

export function pastSession(given: PastSession): { readonly bay: BayId; readonly inputs: readonly BayInput[] } {
  const inputs = [...people(given), ...readings(given)].filter(({ at }) => at <= given.openedAt + given.untilMin * MIN);
  return { bay: bayIdSchema.parse(given.bay), inputs: inputs.sort((a, b) => a.at - b.at) };
}

function people(given: PastSession): BayInput[] {
  const { id, openedAt, plannedMin, recoveryMin, eventful = false, handled = false, recordNumber } = given;
  const acts: BayInput[] = [];
  const act = (min: number, document: object, by: Actor = nurse) => {
    const command: Command = commandSchema.parse(document);
    const commandId = commandIdSchema.parse(`${id}-${acts.length}`);
    acts.push({ kind: "command", at: openedAt + Math.round(min * MIN), id: commandId, by, command });
  };
  const startMin = PREPARATION_MIN;
  const pausedMin = eventful ? 4 : 0;
  const endMin = startMin + plannedMin + pausedMin;
  const bag = handled ? { concentrationMgPerMl: 1, bagVolumeMl: 50 } : {};
  const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin, ...bag };
  const rules = handled ? { protocol: { ...protocol, secondPersonChecks: ["dose double-checked"] } } : {};
  const whose = recordNumber === undefined ? patient : { ...patient, recordNumber };
  act(0, { type: "open-session", sessionId: id, patient: whose, plan, ...rules });
  act(2, { type: "record-baseline", values: { hr: 72, spo2: 98, sbp: 124, dbp: 78 } });
  for (const [i, check] of protocol.startChecks.entries()) act(3 + i / 4, { type: "confirm-check", check });
  if (handled) {
    act(4.5, { type: "confirm-check", check: "dose double-checked" }, supervisor);
    handle({ openedAt, plannedMin }, act);
  }
  act(startMin, { type: "start-infusion" });
  for (let min = startMin + 14.5, n = 0; min < endMin + recoveryMin; min += min < endMin ? 15 : 28, n += 1) {
    const share = Math.min(1, (min - startMin) / 25);
    const dissociation = min < endMin ? Math.round(6 * share) : Math.max(0, 3 - n);
    act(min, {
      type: "record-observation",
      observation: { dissociation, sedation: min < endMin ? 4 : 5, nausea: n % 3 },
    });
  }
  if (eventful) {
    act(startMin + 12.9, { type: "acknowledge-alarm", alarm: "spo2.low" });
    act(startMin + 13.2, { type: "pause-infusion", reason: "airway repositioned" });
    act(startMin + 13.2 + pausedMin, { type: "resume-infusion" });
    act(startMin + 26.5, { type: "acknowledge-alarm", alarm: "sbp.high" }, supervisor);
    act(startMin + 27, {
      type: "set-limits",
      vital: "sbp",
      limits: { low: { warning: { limit: 90 } }, high: { warning: { limit: 175 }, critical: { limit: 185 } } },
    });
  }
  act(endMin, { type: "end-infusion" });
  const leaveMin = endMin + recoveryMin;
  for (const [i, check] of protocol.dischargeChecks.entries())
    act(leaveMin - 4 + i / 4, { type: "confirm-check", check });
  act(leaveMin, { type: "discharge", override: "Escort is a nurse of this clinic" }, supervisor);
  return acts.sort((a, b) => a.at - b.at);
}

/** In the first quarter of an hour; the dose of the plan is reached before the end all the same. */
function handle(
  { openedAt, plannedMin }: Pick<PastSession, "openedAt" | "plannedMin">,
  act: (min: number, document: object, by?: Actor) => void,
): void {
  const startMin = PREPARATION_MIN;
  const rateMlPerH = Math.round((35 / plannedMin) * 60 * 1.2 * 10) / 10;
  act(startMin + 5, { type: "change-rate", rateMlPerH });
  act(startMin + 6, { type: "give-medication", medication: { kind: "bolus", mg: 2 } });
  act(startMin + 7, {
    type: "give-medication",
    medication: { kind: "other", name: "ondansetron", dose: 4, unit: "mg", route: "IV" },
  });
  act(startMin + 8, { type: "extend-infusion", minutes: 5 });
  act(startMin + 9, { type: "alarm-off", vital: "rr", reason: "talks a lot" });
  act(startMin + 10, {
    type: "hand-over",
    to: { id: supervisor.id, name: supervisor.name },
    summary: "Calm, mild nausea, next cuff at the quarter hour.",
  });
  const effectiveAt = openedAt + (startMin + 3) * MIN;
  for (const note of ["Hears music as colour", "Holds her sister’s hand"]) {
    act(startMin + 11, { type: "record-observation", observation: { note }, effectiveAt });
  }
}

function readings({
  openedAt,
  untilMin,
  plannedMin,
  recoveryMin,
  silentMin,
  everyS = 1,
  eventful = false,
}: PastSession): BayInput[] {
  const all: BayInput[] = [];
  const startMin = PREPARATION_MIN;
  const endMin = startMin + plannedMin + (eventful ? 4 : 0);
  const lastS = Math.min(untilMin, endMin + recoveryMin) * 60;
  for (let second = 0; second < lastS; second += everyS) {
    const min = second / 60;
    if (silentMin !== undefined && min >= silentMin[0] && min < silentMin[1]) continue;
    const effect =
      min < startMin ? 0 : min < endMin ? Math.min(1, (min - startMin) / 25) : Math.max(0, 1 - (min - endMin) / 45);
    const slow = Math.sin(second / 97) * 2 + Math.sin(second / 411) * 3;
    const within = (from: number, to: number) => eventful && min >= startMin + from && min < startMin + to;
    const racing = within(33, 34.5) ? 52 : 0;
    const dip = within(12, 13.1) ? -11 : 0;
    const hr = Math.round(72 + 8 * effect + slow + 3 * (noise(second) - 0.5) + racing);
    const spo2 = Math.min(100, Math.round(97.6 - 0.8 * effect + 1.4 * (noise(second + 0.5) - 0.5) + dip));
    const rr = Math.round(14 + Math.sin(second / 150) + 2 * (noise(second + 0.25) - 0.5));
    const interval = min < endMin ? 300 : 900;
    const surge = within(23, 32) ? 34 : 0;
    const sbp = Math.round(124 + 18 * effect + 6 * (noise(Math.floor(second / interval)) - 0.5) + surge);
    const dbp = Math.round(78 + 11 * effect + 4 * (noise(Math.floor(second / interval) + 0.5) - 0.5) + surge / 3);
    const sinceCuff = (second - 20 + interval) % interval;
    const cuff = sinceCuff < everyS ? { sbp, dbp, map: Math.round(dbp + (sbp - dbp) / 3) } : {};
    const values = { hr, spo2: racing > 0 && second % 20 < 8 ? null : spo2, rr, ...cuff };
    all.push({
      kind: "reading",
      at: openedAt + second * 1000,
      measuredAt: null,
      cadenceS: everyS === 1 ? null : everyS,
      values,
    });
  }
  return all;
}

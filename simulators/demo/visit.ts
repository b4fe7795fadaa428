/**
 * A visit of the past, told in a reading a minute: a course of months has too many seconds to live through at every start.
 * Calm, and by the protocol in every act, so that the engine takes it as it took the real ones.
 */
import type { BayInput } from "@vigil/shared/bay";
import { type AtMs, type CommandId, commandIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Actor, Command, Patient } from "@vigil/shared/session";
import { scoreOfWell } from "../bedside/index.ts";
import type { Random } from "../random/index.ts";
import { USUAL_PLAN } from "../scenario/index.ts";

const MIN = 60_000;
const STARTS_AFTER_MIN = 6;

export interface PastVisit {
  readonly id: string;
  readonly at: AtMs;
  readonly patient: Patient;
  readonly protocol: Protocol;
  readonly by: Actor;
}

/** Everything from opening the session to the discharge, in time order. */
export function pastVisit({ id, at, patient, protocol, by }: PastVisit, random: Random): BayInput[] {
  const resting = {
    hr: 68 + random.within([-6, 6]),
    sbp: 122 + random.within([-8, 8]),
    dbp: 76 + random.within([-5, 5]),
  };
  const endsMin = STARTS_AFTER_MIN + USUAL_PLAN.plannedMin;
  const readyMin = endsMin + protocol.recoveryMinimumMin + 2;
  const over = observation(0);
  const commands: readonly (readonly [min: number, command: Command])[] = [
    [0, { type: "open-session", sessionId: sessionIdSchema.parse(id), patient, plan: USUAL_PLAN }],
    [2, { type: "record-baseline" }],
    ...protocol.startChecks.map((check) => [3, { type: "confirm-check", check }] as const),
    [STARTS_AFTER_MIN, { type: "start-infusion" }],
    [STARTS_AFTER_MIN + 14, observation(6)],
    [STARTS_AFTER_MIN + 28, observation(5)],
    [endsMin, { type: "end-infusion" }],
    [endsMin + 1, observation(4)],
    [endsMin + 28, observation(1)],
    [endsMin + 56, { ...over, observation: { ...over.observation, score: scoreOfWell(protocol) } }],
    [endsMin + 57, { type: "name-escort", name: "Escort of the patient", phone: "555 0100" }],
    ...protocol.dischargeChecks.map((check) => [readyMin - 2, { type: "confirm-check", check }] as const),
    [readyMin, { type: "declare-ready" }],
    [readyMin + 2, { type: "discharge" }],
  ];
  const inputs: BayInput[] = commands.map(([min, command], i) => ({
    kind: "command",
    // After the minute's reading, one after the other.
    at: at + min * MIN + 10_000 + i * 300,
    id: actId(id, i),
    by,
    command,
  }));
  for (let min = 1; min <= readyMin + 1; min += 1) {
    const rise = riseAt(min - STARTS_AFTER_MIN);
    const sbp = Math.round(resting.sbp + 13 * rise + random.within([-3, 3]));
    const dbp = Math.round(resting.dbp + 8 * rise + random.within([-2, 2]));
    const values = {
      hr: Math.round(resting.hr + 5 * rise + random.within([-2, 2])),
      spo2: 97 + Math.round(random.within([-0.6, 1.4])),
      rr: 14 + Math.round(random.within([-1, 1])),
      ...{ sbp, dbp, map: Math.round((sbp + 2 * dbp) / 3) },
    };
    inputs.push({ kind: "reading", at: at + min * MIN, measuredAt: null, cadenceS: 60, values });
  }
  return inputs.sort((a, b) => a.at - b.at);
}

const observation = (dissociation: number): Extract<Command, { type: "record-observation" }> => ({
  type: "record-observation",
  observation: { dissociation, sedation: dissociation > 5 ? 4 : 5, oriented: true },
});

const actId = (id: string, index: number): CommandId => commandIdSchema.parse(`${id}-${index}`);

/** 0 before, 1 at the end of the infusion, half an hour later a third: the shape of clinical.md's pressure course. */
function riseAt(min: number): number {
  if (min <= 0) return 0;
  return min <= USUAL_PLAN.plannedMin ? min / USUAL_PLAN.plannedMin : Math.exp(-(min - USUAL_PLAN.plannedMin) / 28);
}

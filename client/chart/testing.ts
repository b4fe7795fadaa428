/** Charts for the tests of what is drawn and told from them. */
import { type BayInput, newBay } from "@vigil/shared/bay";
import { type SessionChart, SessionRecorder } from "@vigil/shared/chart";
import { bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { type Actor, actorSchema, commandSchema } from "@vigil/shared/session";
import type { ReadingValues } from "@vigil/shared/vitals";

const MIN = 60_000;
const OPENED = Date.UTC(2026, 2, 2, 9);
export const at = (min: number) => OPENED + min * MIN;
export const bay = { id: bayIdSchema.parse("1"), name: "1" };
const nurse = actorSchema.parse({ id: "n1", name: "Nora Nightly", role: "nurse" });
export const supervisor = actorSchema.parse({ id: "s1", name: "Sam Lind", role: "supervisor" });
const protocol = protocolSchema.parse({
  startChecks: ["identity", "dose"],
  secondPersonChecks: ["dose"],
  dischargeChecks: ["line removed"],
});

export interface Told {
  readonly min: number;
  readonly values: ReadingValues;
}

/**
 * A chart of what people did, in the minutes since 09:00, until minute `until`.
 * @param readings what the monitor sent meanwhile
 */
export function chartOf(
  until: number,
  told: readonly (readonly [min: number, document: object, by?: Actor])[],
  readings: readonly Told[] = [],
): SessionChart {
  const recorder = new SessionRecorder(newBay(bay.id, protocol));
  const acts = told.map(([min, document, by = nurse], i): BayInput => {
    const id = commandIdSchema.parse(`c${i}`);
    return { kind: "command", at: at(min), id, by, command: commandSchema.parse(document) };
  });
  const sent = readings.map(
    ({ min, values }): BayInput => ({ kind: "reading", at: at(min), measuredAt: null, cadenceS: null, values }),
  );
  for (const input of [...acts, ...sent].sort((a, b) => a.at - b.at)) recorder.take(input);
  const chart = recorder.chart(at(until));
  if (chart === null) throw new Error("no session was opened");
  return chart;
}

export const begun = [
  [
    0,
    {
      type: "open-session",
      sessionId: "s1",
      patient: { initials: "JD", name: "Doe, Jane", recordNumber: "R-7", weightKg: 70 },
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40, concentrationMgPerMl: 2, bagVolumeMl: 50 },
    },
  ],
  [1, { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } }],
  [2, { type: "confirm-check", check: "identity" }],
  [3, { type: "confirm-check", check: "dose" }],
  [4, { type: "confirm-check", check: "dose" }, supervisor],
  [5, { type: "start-infusion" }],
] as const;

/** What tests are made of: names, people, commands, readings. */
import type { BayInput, CommandInput } from "@vigil/shared/bay";
import { type AtMs, type BayId, bayIdSchema, boardIdSchema, type CommandId, commandIdSchema } from "@vigil/shared/ids";
import { type ProtocolDocument, protocolSchema } from "@vigil/shared/protocol";
import { type Actor, actorSchema, type Command, commandSchema, EDITION } from "@vigil/shared/session";
import type { ReadingValues } from "@vigil/shared/vitals";

export const bayId = (text: string): BayId => bayIdSchema.parse(text);
export const boardId = (text: string) => boardIdSchema.parse(text);
export const commandId = (text: string): CommandId => commandIdSchema.parse(text);

export const nurse: Actor = actorSchema.parse({ id: "nurse-1", name: "Nora Nurse", role: "nurse" });

export const supervisor: Actor = actorSchema.parse({ id: "sup", name: "Sam Supervisor", role: "supervisor" });

export const command = (document: unknown): Command => commandSchema.parse(document);

export const commandInput = (at: AtMs, id: string, document: unknown): CommandInput => ({
  kind: "command",
  at,
  id: commandId(id),
  by: nurse,
  command: command(document),
});

export const reading = (at: AtMs, values: ReadingValues): Extract<BayInput, { kind: "reading" }> => ({
  kind: "reading",
  at,
  measuredAt: null,
  cadenceS: null,
  values,
});

/** What the ward is handed for one message of a monitor. */
export const message = (values: ReadingValues) => ({ measuredAt: null, cadenceS: null, values });

/** Opens a session that needs no confirmations and has its plan. */
export const openSession = (sessionId: string, protocol: ProtocolDocument = {}) => ({
  type: "open-session",
  edition: EDITION,
  sessionId,
  patient: { initials: "AB", weightKg: 70 },
  protocol: protocolSchema.parse({ startChecks: [], ...protocol }),
  plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
});

export const recordBaseline = { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } };

/** Everything from an empty bay to a running infusion. */
export const toInfusion = (sessionId: string, protocol: ProtocolDocument = {}) => [
  openSession(sessionId, protocol),
  recordBaseline,
  { type: "start-infusion" },
];

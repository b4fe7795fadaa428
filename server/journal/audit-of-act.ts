/** The audit's entry for what a person did at a bay. */
import type { NewAuditEntry } from "@vigil/shared/audit";
import type { ActEvent, BayEvent, RefusedEvent } from "@vigil/shared/bay";
import type { BayId } from "@vigil/shared/ids";
import type { Command } from "@vigil/shared/session";
import { boundAct } from "./binding.ts";
import type { KeptInput } from "./journal.ts";

/** Said where nobody knows better. */
const UNKNOWN = "unknown";

/**
 * `null` for inputs that are no person's act. An arrival is none: the entry of the transfer tells of it.
 * @param stored the act's row in the journal, for binding the entry to it
 */
export function auditOfAct(
  seq: number,
  bay: BayId,
  input: KeptInput,
  events: readonly BayEvent[],
  { stored, from = UNKNOWN }: { readonly stored: string; readonly from?: string | undefined },
): NewAuditEntry | null {
  if (input.kind !== "command") return null;
  const outcome = events.find((event): event is ActEvent | RefusedEvent => "command" in event);
  if (outcome === undefined) return null;
  const { command, by } = input;
  const isRefused = outcome.type === "refused";
  return {
    at: outcome.at,
    actor: by,
    from,
    action: command.type === "discharge" && command.override !== undefined ? "override-discharge" : command.type,
    subject: `bay ${bay}`,
    outcome: isRefused ? "refused" : "done",
    detail: {
      ...detailOf(command),
      ...(isRefused ? { refused: outcome.code, why: outcome.reason } : { session: outcome.sessionId }),
      ...boundAct(seq, input.at, stored),
    },
  };
}

/** Short: who the patient is and what the whole protocol says stands in the journal, at the input that is named. */
function detailOf(command: Command): Record<string, unknown> {
  if (command.type === "open-session") {
    const { patient, protocol, plan } = command;
    return { patient: patient.initials, protocol: protocol?.name, plan };
  }
  if (command.type === "set-patient") return { patient: command.patient.initials };
  if (command.type === "correct-patient") return { patient: command.patient.initials, reason: command.reason };
  const { type: _type, ...rest } = command;
  return rest;
}

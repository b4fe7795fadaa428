/** The audit's entries for what is asked of the server and is no act at a bay. */
import type { AuditDetail, AuditOutcome, NewAuditEntry } from "@vigil/shared/audit";
import type { AtMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import type { Asked } from "../people/index.ts";

/** Where it came from, and who it was if that is known. */
export interface Asker {
  readonly actor: Actor | null;
  readonly from: string;
}

/** @param actor who has signed in, as far as the server knows */
export const askerOf = (request: Asked, actor: Actor | null): Asker => ({
  actor,
  from: addressText(request.ip),
});

/** An IPv4 address that came by way of IPv6 is the same address. */
export const addressText = (address: string | undefined): string => address?.replace(/^::ffff:/, "") ?? "unknown";

export interface Told {
  readonly action: string;
  readonly subject: string | null;
  readonly outcome?: AuditOutcome;
  readonly detail?: AuditDetail;
}

export const entryOf = (
  at: AtMs,
  { actor, from }: Asker,
  { action, subject, outcome = "done", detail = {} }: Told,
): NewAuditEntry => ({ at, actor, from, action, subject, outcome, detail });

/** What this room tells of who did what; whoever keeps it is not this room's matter. */
import type { Actor } from "@vigil/shared/session";

export interface AuditNote {
  /** `null`: nobody who was known. */
  readonly actor: Actor | null;
  /** Network address, as far as it is known. */
  readonly from: string;
  readonly action: string;
  /** Whom or what it was done to. */
  readonly subject: string | null;
  readonly outcome: "done" | "refused";
  /** How, or why not. */
  readonly detail: string;
}
export type OnAudit = (note: AuditNote) => void;

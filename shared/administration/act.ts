/**
 * What administrators and supervisors decide about the clinic: facts, kept in order with who and when, never changed. How
 * things stand follows from them (administration.ts).
 */
import * as z from "zod";
import { type AtMs, bayIdSchema, type CommandId } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import type { Actor } from "../session/index.ts";

const reason = z.string().trim().min(1, "a reason is needed").max(500);
const bayName = z.string().trim().min(1, "a name is needed").max(40);
/** As the escalation ladder of a protocol names it. */
const target = z.string().trim().min(1, "a name is needed").max(60);

/** Names a line of protocol versions: "standard" is what a bay uses when nobody chooses. */
export const protocolIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be small letters, digits and hyphens, at most 40")
  .brand<"ProtocolId">();
export type ProtocolId = z.infer<typeof protocolIdSchema>;
export const STANDARD_PROTOCOL: ProtocolId = protocolIdSchema.parse("standard");

const version = z.int().min(1);
export const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export const adminActSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("add-bay"), bay: bayIdSchema, name: bayName }),
  z.object({ type: z.literal("rename-bay"), bay: bayIdSchema, name: bayName }),
  /** It is on no board any more and takes no readings; what happened there stays. */
  z.object({ type: z.literal("retire-bay"), bay: bayIdSchema, reason }),
  z.object({ type: z.literal("return-bay"), bay: bayIdSchema }),
  /** The next version of a protocol, whole. */
  z.object({ type: z.literal("draft-protocol"), protocol: protocolIdSchema, document: protocolSchema, why: reason }),
  /** `inUseFrom`: ms since the epoch; one that has passed means now. */
  z.object({ type: z.literal("approve-protocol"), protocol: protocolIdSchema, version, inUseFrom: z.int().min(0) }),
  /** A draft, or an approved version that is not in use yet. */
  z.object({ type: z.literal("withdraw-protocol"), protocol: protocolIdSchema, version, reason }),
  z.object({ type: z.literal("add-target"), target }),
  z.object({ type: z.literal("drop-target"), target }),
  /** Readings of ended sessions are thinned after so many days; `null`: never. */
  z.object({ type: z.literal("set-retention"), readingsDays: z.int().min(7).max(3_650).nullable() }),
  /** A backup a day at this time of the clinic's zone, the last so many kept; `null`: only when somebody asks for one. */
  z.object({
    type: z.literal("set-backup"),
    dailyAt: z.string().regex(CLOCK_TIME, "must be a time of day such as 02:30").nullable(),
    keep: z.int().min(1).max(365),
  }),
]);
export type AdminAct = z.infer<typeof adminActSchema>;
export type AdminActInput = z.input<typeof adminActSchema>;

export interface AdminFact {
  readonly id: CommandId;
  readonly at: AtMs;
  /** `null`: the program itself, for the bays that a data directory began with. */
  readonly by: Actor | null;
  readonly act: AdminAct;
}

/** What the server answers, parsed at the door: only what simulators use of it. */
import { bayIdSchema, boardIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import { PRIORITIES } from "@vigil/shared/protocol";
import { PHASES } from "@vigil/shared/session";
import * as z from "zod";

const instant = z.number().nullable();

const rowSchema = z.object({
  sessionId: sessionIdSchema.nullable(),
  phase: z.enum(PHASES).nullable(),
  infusionStartedAt: instant,
  ranMs: z.number(),
  runningSince: instant,
  plannedMs: z.number().nullable(),
  recoveryStartedAt: instant,
  recoveryMinimumAt: instant,
  baselineTaken: z.boolean(),
  observationDueAt: instant,
  alarms: z
    .array(
      z.object({
        id: z.string(),
        priority: z.enum(PRIORITIES),
        condition: z.enum(["present", "unknown", "gone"]),
        raisedAt: z.number(),
        acknowledged: z.boolean(),
      }),
    )
    .readonly(),
});
export type BayFacts = z.infer<typeof rowSchema>;

export const baysReplySchema = z.object({
  at: z.number(),
  bays: z.array(z.object({ id: bayIdSchema, row: rowSchema })).readonly(),
});
/** The bays of a server, in its order, as they stand at `at` of its clock. */
export type BaysReply = z.infer<typeof baysReplySchema>;

const liveRowSchema = rowSchema.extend({ bay: bayIdSchema });

/** What `watch` answers (shared/wire/live.ts): always the whole, for simulators resume nothing. */
export const watchReplySchema = z.object({
  ok: z.literal(true),
  snapshot: z.object({
    board: z.object({ id: boardIdSchema }),
    seq: z.number(),
    at: z.number(),
    rows: z.array(liveRowSchema),
  }),
});

export const frameSchema = z.object({
  board: boardIdSchema,
  seq: z.number(),
  at: z.number(),
  rows: z.array(liveRowSchema),
});

export const readingReplySchema = z.object({
  accepted: z.number(),
  refused: z.array(z.object({ index: z.number(), code: z.string(), field: z.string().nullable(), reason: z.string() })),
});

export const refusalSchema = z.object({ code: z.string(), detail: z.string() });

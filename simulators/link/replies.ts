/** What the server answers, parsed at the door: only what simulators use of it. */
import { bayIdSchema, boardIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import { PRIORITIES } from "@vigil/shared/protocol";
import { PHASES } from "@vigil/shared/session";
import * as z from "zod";
import type { DrugFacts } from "./drug.ts";

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
export type BayRow = z.infer<typeof rowSchema>;
export type BayFacts = BayRow & {
  /** What the pump is set to and gave; `null` before the drug is started, and until it is known. */
  readonly drug: DrugFacts | null;
};

const milligrams = z.number().nullable();

/** What `GET /api/bays/:bay` tells of the drug. */
export const drugReplySchema = z.object({
  at: z.number(),
  session: z
    .object({
      id: sessionIdSchema,
      plan: z.object({ doseMgPerKg: z.number(), plannedMin: z.number() }).nullable(),
      figures: z.object({ weightKg: z.number().nullable() }).nullable(),
      infusion: z
        .object({
          rate: z.object({ rateMgPerMin: milligrams }),
          boluses: z.array(z.object({ at: z.number(), mg: z.number() })),
        })
        .nullable(),
      dose: z
        .object({
          boundMg: milligrams,
          deliveries: z.array(z.object({ from: z.number(), to: instant, mgPerMin: z.number() })),
        })
        .nullable(),
    })
    .nullable(),
});

export const baysReplySchema = z.object({
  at: z.number(),
  bays: z
    .array(z.object({ id: bayIdSchema, row: rowSchema.extend({ monitor: z.enum(["never", "talking", "silent"]) }) }))
    .readonly(),
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

/**
 * `GET /api/sessions/:id/readings?from&to&points`: one session as its chart, table and report need it, open or over.
 *
 * `from`, `to`: the window of the readings, ms since the epoch; left out, the whole session. `points`: into how many
 * stretches the window is cut, each of which keeps its extremes (shared/chart/decimate.ts). Everything else is whole.
 * 404 `unknown-session`; 422 `malformed`.
 */
import * as z from "zod";
import { sessionChartSchema } from "../chart/index.ts";
import { bayIdSchema } from "../ids/index.ts";

const instant = z.coerce.number().int().min(0).max(8.64e15);

export const sessionReadingsQuerySchema = z
  .object({
    from: instant.optional(),
    to: instant.optional(),
    points: z.coerce.number().int().min(10).max(5_000).default(1_000),
  })
  .refine(({ from = 0, to = Number.POSITIVE_INFINITY }) => from < to, "from must be before to");

const bayNameSchema = z.object({ id: bayIdSchema, name: z.string() });

export const sessionReadingsSchema = z.object({
  /** Where the session is or was last. */
  bay: bayNameSchema,
  /** Every bay it was at, the first one first. */
  bays: z.array(bayNameSchema),
  /** The clinic's own zone (IANA), in which times of day are shown. */
  zone: z.string(),
  /** When its readings were thinned to one-minute values; `null`: they are whole. */
  thinnedAt: z.number().nullable(),
  chart: sessionChartSchema,
});
export type SessionReadings = z.infer<typeof sessionReadingsSchema>;

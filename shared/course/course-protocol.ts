/** The rules of a course as data: a course keeps its own copy, and a clinic edits it there. */
import * as z from "zod";

const days = z.int().min(1).max(365);

const inOrder = ({ min, max }: { readonly min: number; readonly max: number }): boolean => min <= max;
const ORDER = "the shortest must not be longer than the longest";

/** Defaults: clinical.md, "Doses and courses". */
export const courseProtocolSchema = z.object({
  induction: z
    .object({
      /** 6 sessions. */
      sessions: z.int().min(1).max(30).default(6),
      /** In 2–4 weeks, the day of the first session counted as day 1. */
      windowDays: z
        .object({ min: days.default(14), max: days.default(28) })
        .refine(inOrder, ORDER)
        .prefault({}),
      /** From one session's day to the next: three a week leave a day between (practice). */
      gapDays: days.default(2),
    })
    .prefault({}),
  maintenance: z
    .object({
      /** A session every 3–6 weeks. */
      intervalDays: z
        .object({ min: days.default(21), max: days.default(42) })
        .refine(inOrder, ORDER)
        .prefault({}),
    })
    .prefault({}),
});
export type CourseProtocol = z.infer<typeof courseProtocolSchema>;

/** How many sessions a week the shortest window means: 6 in 2 weeks are 3 a week. */
export const sessionsPerWeek = ({ induction }: CourseProtocol): number =>
  Math.max(1, Math.ceil((induction.sessions * 7) / induction.windowDays.min));

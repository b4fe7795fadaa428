/** What people enter about a course. Append-only: what was wrong is set right by another act, never by changing one. */
import * as z from "zod";
import { type AtMs, bayIdSchema, type CommandId, commandIdSchema } from "../ids/index.ts";
import type { Actor } from "../session/index.ts";
import { courseProtocolSchema } from "./course-protocol.ts";
import { INSTRUMENTS } from "./instrument.ts";

const words = z.string().trim().min(1, "a few words are needed").max(500);
const localDate = z.iso.date("a date is written 2026-03-29");
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time is written 09:30");
const whole = z.int("must be a whole number").min(-1_000).max(1_000);

/** What names the patient over all sessions. */
export const recordNumberSchema = z.string().trim().min(1).max(40);
export type RecordNumber = string;

const scoreFields = {
  instrument: z.enum(INSTRUMENTS),
  answers: z.union([z.strictObject({ items: z.array(whole).max(30).readonly() }), z.strictObject({ total: whole })]),
  /** When the patient answered, by the clinic's clock; left out: now, or in a correction, when it was said before. */
  taken: z.object({ date: localDate, time: localTime }).optional(),
};

const bookingFields = { date: localDate, time: localTime, bay: bayIdSchema.optional() };

export const courseSettingsSchema = z.object({
  /** What the sessions are part of now; after the last session of the induction, maintenance follows by itself. */
  stage: z.enum(["induction", "maintenance"]).default("induction"),
  /** Sessions before this day belong to an earlier course; `null`: all belong to this one. */
  from: localDate.nullable().default(null),
  baseline: z.object({
    instrument: z.enum(INSTRUMENTS),
    /** `null`: the last score of the instrument before the first session, or else the first. */
    total: z.int().min(0).max(80).nullable(),
  }),
  /** Relief is a score at or below this share of the baseline; response is a fall of at least 50 % (clinical.md). */
  reliefShare: z.number().min(0.05).max(0.95).default(0.5),
  protocol: courseProtocolSchema.prefault({}),
});
export type CourseSettings = z.infer<typeof courseSettingsSchema>;
export type Stage = CourseSettings["stage"];

export const courseActSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("record-score"), ...scoreFields }),
  /** The score as it should have been entered, whole. */
  z.object({ type: z.literal("correct-score"), score: commandIdSchema, ...scoreFields, reason: words }),
  z.object({ type: z.literal("withdraw-score"), score: commandIdSchema, reason: words }),
  /** What was done about thoughts of death that a score told of. */
  z.object({ type: z.literal("answer-flag"), score: commandIdSchema, note: words }),
  z.object({ type: z.literal("book-session"), ...bookingFields }),
  z.object({ type: z.literal("move-booking"), booking: commandIdSchema, ...bookingFields, reason: words }),
  z.object({ type: z.literal("cancel-booking"), booking: commandIdSchema, reason: words }),
  z.object({ type: z.literal("set-course"), settings: courseSettingsSchema }),
  z.object({ type: z.literal("close-course"), reason: words }),
  z.object({ type: z.literal("reopen-course"), reason: words }),
]);
export type CourseAct = z.infer<typeof courseActSchema>;
/** An act as a client writes it, defaults left out. */
export type CourseActInput = z.input<typeof courseActSchema>;

/** An act as it is kept: who did it, and the server's time. Its id names the score or booking it made. */
export interface CourseFact {
  readonly id: CommandId;
  readonly recordNumber: RecordNumber;
  readonly at: AtMs;
  readonly by: Actor;
  readonly act: CourseAct;
}

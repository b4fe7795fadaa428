/**
 * `POST /api/what-if`: sessions of a period, decided again under two sets of rules. The answer is NDJSON and goes on while
 * the work does; who asked stops it by going away.
 */
import * as z from "zod";
import type { AlarmId } from "../alarms/index.ts";
import { bayIdSchema, sessionIdSchema } from "../ids/index.ts";
import { PRIORITIES, protocolSchema, relativeRuleSchema, vitalRulesSchema } from "../protocol/index.ts";
import { VITALS } from "../vitals/index.ts";

const editSchema = z.strictObject({
  vital: z.enum(VITALS),
  limits: vitalRulesSchema,
  relative: z.array(relativeRuleSchema).max(12).readonly().optional(),
});

/** Each vital at most once; the last one counts. Also what the address of a replay holds. */
export const vitalEditsSchema = z.array(editSchema).max(VITALS.length).readonly();

/** `RuleChoice` of replay. */
const ruleChoiceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("recorded") }),
  z.strictObject({ kind: z.literal("protocol"), protocol: protocolSchema }),
  z.strictObject({
    kind: z.literal("edits"),
    of: protocolSchema.nullable().default(null),
    edits: vitalEditsSchema,
  }),
]);

export const whatIfRequestSchema = z
  .strictObject({
    /** Sessions opened from then on, and before then; ms since the epoch. Left out: from the first, to the last. */
    from: z.int().min(0).max(8.64e15).nullable().default(null),
    to: z.int().min(0).max(8.64e15).nullable().default(null),
    before: ruleChoiceSchema.default({ kind: "recorded" }),
    after: ruleChoiceSchema,
  })
  .refine(({ from, to }) => from === null || to === null || from < to, {
    path: ["from"],
    message: "must be before to",
  });
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>;
export type WhatIfRequestInput = z.input<typeof whatIfRequestSchema>;

const at = z.number();
const sideSchema = z.object({ alarms: z.int(), standingMs: z.number() });
const sourcesSchema = z.array(
  z.object({
    source: z.string(),
    priority: z.enum(PRIORITIES),
    before: sideSchema,
    after: sideSchema,
    gained: z.int(),
    lost: z.int(),
    moved: z.int(),
  }),
);
const episodeSchema = z.object({
  bay: bayIdSchema,
  session: sessionIdSchema.nullable(),
  // This program's own word: there is a type for each, and no list to check against.
  alarm: z.custom<AlarmId>((value) => typeof value === "string"),
  kind: z.enum(["physiological", "technical", "procedural"]),
  raisedAt: at,
  clearedAt: at.nullable(),
  priority: z.enum(PRIORITIES),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  stages: z.array(z.object({ from: at, priority: z.enum(PRIORITIES) })),
});
const differenceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("gained"), before: z.null(), after: episodeSchema }),
  z.object({ kind: z.literal("lost"), before: episodeSchema, after: z.null() }),
  z.object({ kind: z.literal("moved"), before: episodeSchema, after: episodeSchema }),
]);

/** One line of the answer. */
export const whatIfLineSchema = z.discriminatedUnion("type", [
  /** Another comparison is being computed: this one comes next. */
  z.object({ type: z.literal("waiting") }),
  /**
   * So many sessions are decided again; so many older ones are left out, because their readings were thinned; `zone`: the
   * clinic's own.
   */
  z.object({ type: z.literal("begun"), sessions: z.int(), thinned: z.int(), zone: z.string() }),
  /** Of one session whose alarms differ, in any order. */
  z.object({ type: z.literal("session"), id: sessionIdSchema, differences: z.array(differenceSchema) }),
  /** A session that could not be decided again, and why. */
  z.object({ type: z.literal("failed"), id: sessionIdSchema, reason: z.string() }),
  /** Sums over what is done. */
  z.object({ type: z.literal("progress"), done: z.int(), sources: sourcesSchema }),
  /** The last line of a whole answer. */
  z.object({ type: z.literal("done"), tookMs: z.number() }),
]);
export type WhatIfLine = z.infer<typeof whatIfLineSchema>;

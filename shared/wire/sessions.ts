/** `GET /api/sessions`: the list of sessions, open and over. */
import * as z from "zod";
import { bayIdSchema, sessionIdSchema } from "../ids/index.ts";
import { PHASES } from "../session/index.ts";

const instant = z.coerce.number().int().min(0).optional();

/** What is asked: all that is given must hold; newest first, by pages. */
export const sessionListQuerySchema = z.object({
  /** In the name, the initials or the record number, case aside. */
  text: z.string().trim().min(1).max(80).optional(),
  /** Opened on this day of the clinic's zone; goes before `from` and `until`. */
  day: z.iso.date().optional(),
  /** Opened from then on, and before then; ms since epoch. */
  from: instant,
  until: instant,
  bay: bayIdSchema.optional(),
  phase: z.enum(PHASES).optional(),
  /** `next` of the page before. */
  before: instant,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const listedSessionSchema = z.object({
  id: sessionIdSchema,
  /** Where it is, or was last. */
  bay: bayIdSchema,
  openedAt: z.number(),
  /** `null` while it is open. */
  endedAt: z.number().nullable(),
  phase: z.enum(PHASES),
  initials: z.string(),
  name: z.string().nullable(),
  recordNumber: z.string().nullable(),
  drug: z.string().nullable(),
  doseMgPerKg: z.number().nullable(),
});

export const sessionListSchema = z.object({
  /** The clinic's own zone (IANA). */
  zone: z.string(),
  /** Now, by the server. */
  at: z.number(),
  bays: z.array(z.object({ id: bayIdSchema, name: z.string() })),
  sessions: z.array(listedSessionSchema),
  /** For asking for the next page; `null` when this is the last. */
  next: z.number().nullable(),
});
export type SessionList = z.infer<typeof sessionListSchema>;

/** What comes in over the wire, parsed once, at the door. */
import * as z from "zod";
import { protocolIdSchema } from "../administration/index.ts";
import { bayIdSchema, boardIdSchema, commandIdSchema } from "../ids/index.ts";
import { actorSchema, commandSchema, INITIALS_RULE, isInitials } from "../session/index.ts";
import { VITAL_FACTS, type Vital } from "../vitals/index.ts";

const vital = (name: Vital) => {
  const { label, unit, plausible } = VITAL_FACTS[name];
  const message = `${label} must be a number from ${plausible.min} to ${plausible.max} ${unit}, or null for no valid value`;
  return z.number(message).min(plausible.min, message).max(plausible.max, message).nullable().optional();
};

const CADENCE = "The cadence must be the seconds between readings, more than 0 and at most 3600.";
const DEVICE_TIME =
  "The device's time must be ms since 1970 or ISO 8601 with its zone, such as 2026-03-02T09:00:00+01:00.";

/**
 * One reading as a monitor or gateway sends it: a line of a feed with the bay named. An absent vital was not measured;
 * null means no valid value. `measuredAt` is the device's clock (ms since epoch or ISO 8601 with zone); `cadence` is
 * the seconds between readings of the continuous vitals. Unknown keys are ignored.
 */
export const readingMessageSchema = z.object({
  bay: bayIdSchema,
  measuredAt: z
    .union(
      [z.number().int().min(0).max(8.64e15), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))],
      DEVICE_TIME,
    )
    .optional(),
  cadence: z.number(CADENCE).gt(0, CADENCE).max(3600, CADENCE).optional(),
  hr: vital("hr"),
  spo2: vital("spo2"),
  rr: vital("rr"),
  sbp: vital("sbp"),
  dbp: vital("dbp"),
  map: vital("map"),
});
export type ReadingMessage = z.infer<typeof readingMessageSchema>;

/**
 * Whether the schema would take this as it stands, its bay aside, with nothing in it but values. Most readings are so, and
 * to see it takes a tenth of the schema's time.
 */
export function isPlainReading(
  message: {
    readonly [K in keyof ReadingMessage]?: unknown;
  },
): message is { readonly [V in Vital]?: number | null } {
  const { measuredAt, cadence, hr, spo2, rr, sbp, dbp, map } = message;
  return (
    measuredAt === undefined &&
    cadence === undefined &&
    isPlausible(hr, VITAL_FACTS.hr) &&
    isPlausible(spo2, VITAL_FACTS.spo2) &&
    isPlausible(rr, VITAL_FACTS.rr) &&
    isPlausible(sbp, VITAL_FACTS.sbp) &&
    isPlausible(dbp, VITAL_FACTS.dbp) &&
    isPlausible(map, VITAL_FACTS.map)
  );
}

const isPlausible = (value: unknown, { plausible }: (typeof VITAL_FACTS)[Vital]): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "number" && value >= plausible.min && value <= plausible.max);

/** What a source is told: how many readings were taken, and every one that was not, with its place and the reason. */
export interface ReadingReply {
  readonly accepted: number;
  readonly refused: readonly {
    readonly index: number;
    readonly code: string;
    readonly field: string | null;
    readonly reason: string;
  }[];
}

export const watchRequestSchema = z.object({
  /** Left out: the default board. */
  board: boardIdSchema.optional(),
  resume: z.object({ epoch: z.string().max(64), seq: z.number().int().min(0) }).optional(),
});
export type WatchRequest = z.infer<typeof watchRequestSchema>;

export const attendRequestSchema = z.object({ targets: z.array(z.string().min(1).max(60)).max(6) });
export type AttendRequest = z.infer<typeof attendRequestSchema>;

/** `heard`: somebody heard the test tone here. `off`: nobody has yet. `blocked`: it ought to sound and cannot. */
const SOUNDS = ["heard", "off", "blocked"] as const;
export const soundReportSchema = z.object({ sound: z.enum(SOUNDS) });
export type SoundReport = z.infer<typeof soundReportSchema>;
/** A protocol in use, as `GET /api/bays/:bay` names it; the built-in one has no version. */
const chosenProtocolSchema = z.object({ id: protocolIdSchema, version: z.int().min(1).optional() });
export type ChosenProtocol = z.infer<typeof chosenProtocolSchema>;

/** A command as people send it. What was kept before is read by the schema alone. */
export const sentCommandSchema = commandSchema.refine(
  (command) => !("patient" in command) || isInitials(command.patient.initials),
  { message: INITIALS_RULE, path: ["patient", "initials"] },
);

export const commandRequestSchema = z.object({
  /** Idempotency id: the same id sent again gets the first answer and changes nothing. */
  id: commandIdSchema,
  bay: bayIdSchema,
  /** Of `open-session`, only a test bench may write the protocol out. */
  command: sentCommandSchema,
  /** Of `open-session`: what it is opened under; left out, the standard one. */
  protocol: chosenProtocolSchema.optional(),
  /** The second person of a double-check confirms this one, as `POST /api/witness` answered; left out: whoever is signed in. */
  witness: z.string().min(1).max(64).optional(),
});
/** A request with every default filled in. Who acts is whom the server knows by session or key, never what is written here. */
export type CommandRequest = z.infer<typeof commandRequestSchema>;
/** Only the key of a test bench may say whom it plays. */
export const simulatedActorSchema = z.object({ by: actorSchema });
export type SimulatedRequest = CommandRequest & z.infer<typeof simulatedActorSchema>;
/** A request as a client writes it. */
export type CommandRequestInput = z.input<typeof commandRequestSchema>;

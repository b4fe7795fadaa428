/** Text of a feed to header and lines, each checked. Every problem is a `string` that a person can act on. */
import * as z from "zod";
import type { AlarmId } from "../alarms/index.ts";
import type { Carried } from "../bay/index.ts";
import { type BayId, bayIdSchema, commandIdSchema } from "../ids/index.ts";
import { actorSchema, commandSchema } from "../session/index.ts";
import { VITALS, type Vital } from "../vitals/index.ts";
import type { FeedHeader, FeedLine, NumberedLine, Recorded } from "./feed.ts";
import { LONGEST_LINE } from "./lines.ts";

type Parsed<T> = { readonly ok: T } | { readonly wrong: string };
const wrong = (reason: string): { wrong: string } => ({ wrong: reason });

/** Seconds before and after the start: a century. */
const FARTHEST_S = 3.2e9;
/** As many as a server may have. */
const MOST_BAYS = 2_000;

const headerSchema = z.looseObject({
  feed: z.literal("vigil/1"),
  title: z.string().nullish(),
  bays: z.array(bayIdSchema).min(1).max(MOST_BAYS).nullish(),
  startedAt: z.iso.datetime({ offset: true }).nullish(),
  cadence: z.number().gt(0).max(86_400).nullable().default(1),
});

/** The first thing that a schema found wrong, with its place in the document. */
function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "not as agreed";
  return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
}

function parseJson(text: string): Parsed<object> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ok: value };
    return wrong("not a JSON object");
  } catch {
    return wrong("not JSON, or cut off");
  }
}

function parseHeader(text: string): Parsed<FeedHeader> {
  const json = parseJson(text);
  if ("wrong" in json) return wrong(`the header is ${json.wrong}`);
  const header = headerSchema.safeParse(json.ok);
  if (!header.success) {
    const version = "feed" in json.ok ? json.ok.feed : undefined;
    if (version === undefined) return wrong('not a feed: the first line must be a header with "feed":"vigil/1"');
    if (version !== "vigil/1") return wrong(`feed ${JSON.stringify(version)} is unknown; this program reads vigil/1`);
    return wrong(`the header is wrong: ${firstIssue(header.error)}`);
  }
  const { feed: _, title, bays, startedAt, cadence, ...other } = header.data;
  const said = { title: title ?? undefined, bays: bays ?? undefined, startedAt: startedAt ?? undefined };
  return { ok: { ...said, cadence, other } };
}

const IS_VITAL: ReadonlySet<string> = new Set(VITALS);
const isVital = (key: string): key is Vital => IS_VITAL.has(key);

const NOTHING_ELSE: FeedLine["other"] = {};

/** Of what is carried only the outline is checked: it is a server's own word, whole. */
const carriedSchema = z.custom<Carried>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    ["session", "vitals", "limits", "relative", "watches", "alarms", "alarmsOff"].every((key) => key in value),
  "is not what a bay hands over",
);
const alarmIdSchema = z.custom<AlarmId>((value) => typeof value === "string");

const isoInstantSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const RECORDED = {
  measuredAt: z.union([z.int(), isoInstantSchema]),
  cadence: z.number().gt(0).max(86_400),
  id: commandIdSchema,
  by: actorSchema,
  target: z.enum(["free", "occupied", "unknown"]),
  arrival: z.object({ by: actorSchema, from: bayIdSchema, carried: carriedSchema }),
  delivery: z.object({
    alarm: alarmIdSchema,
    rung: z.int().min(0),
    state: z.enum(["sent", "confirmed", "failed"]),
    reason: z.string().nullable(),
  }),
  tick: z.literal(true),
};
/** What is not as ours is: a key of another program that happens to be called the same. */
const ours = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const recordedSchema = z.object({
  measuredAt: ours(RECORDED.measuredAt),
  cadence: ours(RECORDED.cadence),
  id: ours(RECORDED.id),
  by: ours(RECORDED.by),
  target: ours(RECORDED.target),
  arrival: ours(RECORDED.arrival),
  delivery: ours(RECORDED.delivery),
  tick: ours(RECORDED.tick),
});
const isRecorded = (key: string): key is keyof typeof RECORDED => Object.hasOwn(RECORDED, key);

/** What is wrong with a feed, and in which line; the header is line 1. */
export interface FeedWrong {
  readonly line: number;
  readonly reason: string;
}

/** Takes the lines of one feed as text, the header first; knows what went before. */
export class FeedLines {
  #header: FeedHeader | null = null;
  #parse: ((text: string) => Parsed<FeedLine>) | null = null;
  #number = 0;
  #latest = Number.NEGATIVE_INFINITY;

  /** `null` until the first line was taken. */
  get header(): FeedHeader | null {
    return this.#header;
  }

  /** `null`: the header, or a blank line. */
  take(text: string): NumberedLine | FeedWrong | null {
    this.#number += 1;
    const line = this.#number;
    if (text.length > LONGEST_LINE) {
      return { line, reason: `it is longer than ${LONGEST_LINE / 1_000_000} MB: no line of a feed is` };
    }
    // Trimming takes a byte order mark away too, which editors put in front of a file and JSON knows nothing of.
    if (text.trim() === "") return null;
    if (this.#parse === null) {
      const header = parseHeader(text.trim());
      if ("wrong" in header) return { line, reason: header.wrong };
      this.#header = header.ok;
      this.#parse = lineParser(header.ok);
      return null;
    }
    const parsed = this.#parse(text);
    if ("wrong" in parsed) return { line, reason: parsed.wrong };
    const { at } = parsed.ok;
    if (at < this.#latest) {
      const above = this.#latest / 1000;
      return { line, reason: `t ${at / 1000} is before the line above (${above}); lines must be in order` };
    }
    this.#latest = at;
    return { ...parsed.ok, number: line };
  }
}

/** Reads the lines of one feed; knows its bays, so that a line need not name the only one. */
function lineParser(header: FeedHeader): (text: string) => Parsed<FeedLine> {
  const known = new Map<string, BayId>(header.bays?.map((bay) => [bay, bay]));
  const only =
    header.bays === undefined ? bayIdSchema.parse("1") : header.bays.length === 1 ? header.bays[0] : undefined;

  function bayOf(value: unknown): Parsed<BayId> {
    if (value === undefined) {
      return only === undefined ? wrong("bay is missing, and the feed has more than one") : { ok: only };
    }
    const seen = typeof value === "string" ? known.get(value) : undefined;
    if (seen !== undefined) return { ok: seen };
    const bay = bayIdSchema.safeParse(value);
    if (!bay.success) return wrong(`bay ${firstIssue(bay.error)}`);
    if (known.size >= MOST_BAYS) return wrong(`there are more than ${MOST_BAYS} bays`);
    known.set(bay.data, bay.data);
    return { ok: bay.data };
  }

  return (text) => {
    const json = parseJson(text);
    if ("wrong" in json) return json;
    let t: number | undefined;
    let bayValue: unknown;
    let commandValue: unknown;
    const values: { [V in Vital]?: number | null } = {};
    const unknown: [string, unknown][] = [];
    const named: [keyof typeof RECORDED, unknown][] = [];
    let measured = false;
    for (const [key, value] of Object.entries(json.ok)) {
      if (key === "t") {
        if (typeof value !== "number" || !Number.isFinite(value)) return wrong("t must be a number of seconds");
        if (Math.abs(value) > FARTHEST_S) return wrong(`t ${value} lies more than a century from the start`);
        t = value;
      } else if (isVital(key)) {
        if (value !== null && (typeof value !== "number" || !Number.isFinite(value))) {
          return wrong(`${key} must be a number, or null for no valid value; it is ${JSON.stringify(value)}`);
        }
        values[key] = value;
        measured = true;
      } else if (key === "bay") bayValue = value;
      else if (key === "command") commandValue = value;
      else if (isRecorded(key)) named.push([key, value]);
      else unknown.push([key, value]);
    }
    if (t === undefined) return wrong("t is missing");
    const bay = bayOf(bayValue);
    if ("wrong" in bay) return bay;
    // Adding 0 makes of −0, which rounding can give, a plain 0.
    const at = Math.round(t * 1000) + 0;
    const recorded = recordedOf(named, unknown);
    const other = unknown.length === 0 ? NOTHING_ELSE : Object.fromEntries(unknown);
    const line = { at, bay: bay.ok, other };
    // A line with nothing in it is a message of the monitor all the same.
    const came = measured || !("arrival" in recorded || "delivery" in recorded || "tick" in recorded);
    const rest = Object.keys(recorded).length === 0 ? {} : { recorded };
    if (commandValue === undefined) return { ok: { ...line, values: came ? values : null, command: null, ...rest } };
    const command = commandSchema.safeParse(commandValue);
    if (!command.success) return wrong(`the command is wrong: ${firstIssue(command.error)}`);
    return { ok: { ...line, values: measured ? values : null, command: command.data, ...rest } };
  };
}

const NOTHING_RECORDED: Recorded = {};

/** What is not ours goes to `unknown`. */
function recordedOf(named: readonly [keyof typeof RECORDED, unknown][], unknown: [string, unknown][]): Recorded {
  if (named.length === 0) return NOTHING_RECORDED;
  const found = recordedSchema.parse(Object.fromEntries(named));
  for (const [key, value] of named) if (found[key] === undefined) unknown.push([key, value]);
  const { measuredAt, cadence, id, by, target, arrival, delivery, tick } = found;
  return {
    ...(measuredAt === undefined ? {} : { measuredAt }),
    ...(cadence === undefined ? {} : { cadence }),
    ...(id === undefined ? {} : { id }),
    ...(by === undefined ? {} : { by }),
    ...(target === undefined ? {} : { target }),
    ...(arrival === undefined ? {} : { arrival }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(tick === undefined ? {} : { tick }),
  };
}

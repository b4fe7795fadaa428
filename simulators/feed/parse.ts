/** Text of a feed to header and lines, each checked. Every problem is a `string` that a person can act on. */
import { type BayId, bayIdSchema } from "@vigil/shared/ids";
import { commandSchema } from "@vigil/shared/session";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import * as z from "zod";
import type { FeedHeader, FeedLine } from "./feed.ts";

export type Parsed<T> = { readonly ok: T } | { readonly wrong: string };
const wrong = (reason: string): { wrong: string } => ({ wrong: reason });

const headerSchema = z.looseObject({
  feed: z.literal("vigil/1"),
  title: z.string().optional(),
  bays: z.array(bayIdSchema).min(1).optional(),
  startedAt: z.iso.datetime({ offset: true }).optional(),
  cadence: z.number().gt(0).max(86_400).default(1),
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

export function parseHeader(text: string): Parsed<FeedHeader> {
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
  return { ok: { title, bays, startedAt, cadence, other } };
}

const IS_VITAL: ReadonlySet<string> = new Set(VITALS);
const isVital = (key: string): key is Vital => IS_VITAL.has(key);

const NOTHING_ELSE: FeedLine["other"] = {};

/** Reads the lines of one feed; knows its bays, so that a line need not name the only one. */
export function lineParser(header: FeedHeader): (text: string) => Parsed<FeedLine> {
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
    let measured = false;
    for (const [key, value] of Object.entries(json.ok)) {
      if (key === "t") {
        if (typeof value !== "number" || !Number.isFinite(value)) return wrong("t must be a number of seconds");
        t = value;
      } else if (isVital(key)) {
        if (value !== null && (typeof value !== "number" || !Number.isFinite(value))) {
          return wrong(`${key} must be a number, or null for no valid value; it is ${JSON.stringify(value)}`);
        }
        values[key] = value;
        measured = true;
      } else if (key === "bay") bayValue = value;
      else if (key === "command") commandValue = value;
      else unknown.push([key, value]);
    }
    if (t === undefined) return wrong("t is missing");
    const bay = bayOf(bayValue);
    if ("wrong" in bay) return bay;
    // Adding 0 makes of −0, which rounding can give, a plain 0.
    const at = Math.round(t * 1000) + 0;
    const other = unknown.length === 0 ? NOTHING_ELSE : Object.fromEntries(unknown);
    if (commandValue === undefined) return { ok: { at, bay: bay.ok, values, command: null, other } };
    const command = commandSchema.safeParse(commandValue);
    if (!command.success) return wrong(`the command is wrong: ${firstIssue(command.error)}`);
    return { ok: { at, bay: bay.ok, values: measured ? values : null, command: command.data, other } };
  };
}

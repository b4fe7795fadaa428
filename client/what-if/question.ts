/** What is asked, as it stands in the address: a link is the question itself. What a file says stands in no address. */
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import { editsOf, type VitalEdit } from "@vigil/shared/replay";
import { vitalEditsSchema, type WhatIfRequestInput } from "@vigil/shared/wire";
import type { ZoneText } from "../ui/zone-text.ts";

export const LASTS = ["24", "168", "720", "8760", "all", "days"] as const;
export type Last = (typeof LASTS)[number];
export const SIDES = ["recorded", "built-in", "file"] as const;
/** A version of one of the clinic's protocols: "version:standard:3". */
export type VersionKey = `version:${string}`;
export type Side = (typeof SIDES)[number] | VersionKey;
export type After = Side | "edits";

export interface Question {
  /** The last so many hours, everything, or the days named. */
  readonly last: Last;
  /** Days of the clinic, both included, ISO; for `days`. */
  readonly from: string;
  readonly to: string;
  readonly before: Side;
  readonly after: After;
  readonly edits: readonly VitalEdit[];
}

/** Protocols that were read from files, by side, and the clinic's own. */
export interface Files {
  readonly before: NamedProtocol | null;
  readonly after: NamedProtocol | null;
  readonly versions: ReadonlyMap<VersionKey, NamedProtocol>;
}
export const NO_FILES: Files = { before: null, after: null, versions: new Map() };
export interface NamedProtocol {
  readonly name: string;
  readonly protocol: Protocol;
}

const BUILT_IN: Protocol = protocolSchema.parse({});

const pick = <T extends string>(all: readonly T[], given: unknown, usual: T): T =>
  all.find((each) => each === String(given)) ?? usual;
const isVersion = (text: string): text is VersionKey => /^version:[^:]{1,60}:\d{1,6}$/.test(text);
function sideOf<S extends After>(all: readonly S[], given: unknown, usual: S): S | VersionKey {
  const text = String(given);
  return isVersion(text) ? text : pick(all, text, usual);
}
const day = (given: unknown): string => (/^\d{4}-\d\d-\d\d$/.test(String(given)) ? String(given) : "");

/** Whatever an address holds; what does not parse counts as not said. */
export function questionOf(search: Readonly<Record<string, unknown>>): Question {
  return {
    last: pick(LASTS, search.last, "720"),
    from: day(search.from),
    to: day(search.to),
    before: sideOf<Side>(SIDES, search.before, "recorded"),
    after: sideOf<After>([...SIDES, "edits"], search.after, "edits"),
    edits: vitalEditsSchema.safeParse(search.edits).data ?? [],
  };
}

export function searchOf({ last, from, to, before, after, edits }: Question): Record<string, unknown> {
  return {
    last,
    ...(last === "days" && from !== "" ? { from } : {}),
    ...(last === "days" && to !== "" ? { to } : {}),
    before,
    after,
    ...(edits.length === 0 ? {} : { edits }),
  };
}

/** The protocol whose figures stand in the table that is edited. */
export const baseOf = ({ before }: Question, files: Files): Protocol =>
  protocolOf(before, files.before, files) ?? BUILT_IN;

/** `null`: each session's own, or there is none yet. */
function protocolOf(side: Side, file: NamedProtocol | null, { versions }: Files): Protocol | null {
  switch (side) {
    case "recorded":
      return null;
    case "built-in":
      return BUILT_IN;
    case "file":
      return file?.protocol ?? null;
    default:
      return versions.get(side)?.protocol ?? null;
  }
}

/** What to send; a sentence when something is missing. `now`: of the server, as far as known. */
export function requestOf(question: Question, files: Files, zone: ZoneText, now: number): WhatIfRequestInput | string {
  const { before, after, edits, last } = question;
  for (const [of, side, file] of [
    ["before", before, files.before],
    ["after", after, files.after],
  ] as const) {
    if (side === "file" && file === null) return `Choose the file of the rules ${of}.`;
    if (isVersion(side) && !files.versions.has(side))
      return `There is no such version of a protocol: choose the rules ${of}.`;
  }
  if (after === "edits" && edits.length === 0)
    return "Change a limit or a delay first: until then nothing is different.";
  const side = (of: Side, file: NamedProtocol | null): WhatIfRequestInput["after"] => {
    const protocol = protocolOf(of, file, files);
    return protocol === null ? { kind: "recorded" } : { kind: "protocol", protocol };
  };
  const period = periodOf(question, zone, now);
  if (typeof period === "string") return period;
  if (last !== "days" || period.from === null || period.to === null || period.from < period.to) {
    return {
      ...period,
      before: side(before, files.before),
      after:
        after === "edits"
          ? { kind: "edits", of: before === "recorded" ? null : baseOf(question, files), edits }
          : side(after, files.after),
    };
  }
  return "The first day lies after the last one.";
}

function periodOf({ last, from, to }: Question, zone: ZoneText, now: number) {
  if (last === "all") return { from: null, to: null };
  if (last !== "days") return { from: Math.max(0, now - Number(last) * 3_600_000), to: null };
  if (from === "" && to === "") return "Name the first day, the last day, or both.";
  return {
    from: from === "" ? null : startOfDay(from, zone),
    to: to === "" ? null : startOfDay(new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10), zone),
  };
}

/** Midnight of a day on the clinic's wall. */
function startOfDay(date: string, zone: ZoneText): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const guess = utc - zone.offsetMs(utc);
  return utc - zone.offsetMs(guess);
}

/**
 * For the links to replays: what a replay can be opened with. It takes limits and rises; what else a protocol says of alarms
 * (latching, staleness, intervals) stays the session's own there.
 */
export function editsForReplay(question: Question, files: Files): readonly VitalEdit[] {
  const { after, edits } = question;
  if (after === "recorded") return [];
  if (after === "edits" && question.before === "recorded") return edits;
  const protocol = after === "edits" ? baseOf(question, files) : (protocolOf(after, files.after, files) ?? BUILT_IN);
  const whole = editsOf(protocol);
  if (after !== "edits") return whole;
  // The one that was changed first: that is the one the replay opens with.
  const isEdited = ({ vital }: VitalEdit) => edits.some((edit) => edit.vital === vital);
  return [
    ...edits.map((edit) => ({ ...whole.find(({ vital }) => vital === edit.vital), ...edit })),
    ...whole.filter((each) => !isEdited(each)),
  ];
}

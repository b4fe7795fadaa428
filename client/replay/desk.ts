/** The engine's side of the page: holds what was opened and answers from it. Runs in a worker, knows no page. */
import type { Bay } from "@vigil/shared/bay";
import { addToTrend, boardRow, emptyTrend, TREND_SPAN_MS, type Trend } from "@vigil/shared/board";
import { decimate, type Series } from "@vigil/shared/chart";
import { FeedLines, inputsOfLine } from "@vigil/shared/feed";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { type Limits, protocolSchema } from "@vigil/shared/protocol";
import {
  type Comparison,
  compare,
  comparisonCsv,
  editedRules,
  episodesOf,
  isAlarmCall,
  type Position,
  Replay,
  type ReplayInput,
  type VitalEdit,
} from "@vigil/shared/replay";
import type { Vital } from "@vigil/shared/vitals";
import type { Asks, Go, Lanes, NotOpened, Opened, View, WhatIf, Which } from "./asking.ts";

type Settings = ConstructorParameters<typeof Replay>[1];

/** Without a session nothing alarms: a feed of readings alone is taken as this, with this cuff cycle. */
const TAKEN_AS = { name: "infusing", cuffIntervalMin: 5 } as const;
/** A day of 32 bays; a page has a few GB for them. */
const MOST_INPUTS = 3_000_000;
/** A gap in a drawn line: continuous values come every second, a gateway's once a minute. */
const GAP_MS = 150_000;

export class ReplayDesk {
  readonly #now: () => number;
  #settings: Settings | null = null;
  #recorded: Replay | null = null;
  #whatIf: Replay | null = null;

  /** @param now milliseconds of a clock for measuring */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param name what it is called when its header does not say */
  async open(name: string, texts: AsyncIterable<string>): Promise<Opened | NotOpened> {
    const lines = new FeedLines();
    const inputs: ReplayInput[] = [];
    for await (const text of texts) {
      const line = lines.take(text);
      if (line === null) continue;
      if ("reason" in line) return { ok: false, reason: `Line ${line.line}: ${line.reason}.` };
      if (lines.header === null) continue;
      for (const input of inputsOfLine(line, lines.header)) inputs.push({ bay: line.bay, input });
      if (inputs.length > MOST_INPUTS) {
        const most = MOST_INPUTS.toLocaleString("en");
        return { ok: false, reason: `It holds more than ${most} inputs, more than a page can. vigil alarms reads it.` };
      }
    }
    const { header } = lines;
    if (header === null) return { ok: false, reason: "It is empty; the first line must be the header of a feed." };
    if (inputs.length === 0) return { ok: false, reason: "There is nothing in it beside the header." };
    const opens = inputs.some(
      ({ input }) => input.kind === "arrival" || (input.kind === "command" && input.command.type === "open-session"),
    );
    const begunAt = this.#now();
    this.#settings = {
      protocol: protocolSchema.parse({}),
      ...(header.bays === undefined ? {} : { bays: header.bays }),
      ...(opens ? {} : { phase: TAKEN_AS }),
    };
    const recorded = decided(inputs, this.#settings);
    if (recorded === null) return { ok: false, reason: UNDECIDABLE };
    this.#recorded = recorded;
    this.#whatIf = null;
    const { zone } = header.other;
    return {
      ok: true,
      title: header.title ?? name,
      zone: typeof zone === "string" && isZone(zone) ? zone : "UTC",
      isDated: header.startedAt !== undefined,
      bays: recorded.bays,
      from: recorded.from,
      to: recorded.to,
      inputs: inputs.length,
      log: recorded.log,
      limits: recorded.bays.map((bay) => [bay, this.#limitsOf(recorded, bay)]),
      takenAs: opens ? null : TAKEN_AS.name,
      engineMs: this.#now() - begunAt,
    };
  }

  #limitsOf({ inputs }: Replay, bay: BayId): Limits {
    for (const { bay: id, input } of inputs) {
      if (id !== bay) continue;
      if (input.kind === "arrival") return input.carried.session.protocol.limits;
      if (input.kind === "command" && input.command.type === "open-session" && input.command.protocol !== undefined) {
        return input.command.protocol.limits;
      }
    }
    return this.#settings?.protocol.limits ?? {};
  }

  view({ go, which, bay }: Asks["view"]["ask"]): View {
    const replay = this.#replay(which);
    const position = went(replay, go);
    const bays = replay.at(position);
    return {
      position,
      rows: bays.map(boardRow),
      trends: trendsAt(replay, position, bays),
      inspection: replay.inspect(position, bay ?? undefined),
    };
  }

  whatIf({ edits }: { readonly edits: readonly VitalEdit[] }): WhatIf {
    const recorded = this.#replay("recorded");
    const settings = this.#settings;
    if (settings === null) throw new Error("nothing is open");
    this.#whatIf =
      edits.length === 0
        ? null
        : new Replay(recorded.inputs, { ...settings, rules: editedRules(edits), asRecorded: () => recorded });
    const comparison: Comparison = compare(recorded, this.#replay("what-if"));
    return { comparison, csv: comparisonCsv(comparison), log: this.#replay("what-if").log };
  }

  lanes({ bay, which, buckets }: Asks["lanes"]["ask"]): Lanes {
    const replay = this.#replay(which);
    const window = { from: replay.from, to: Math.max(replay.from + 1, replay.to), buckets };
    const drawn = (vital: Vital): Series => decimate(seriesOf(replay, bay, vital), window);
    const episodes = (of: Replay) => episodesOf(of.log).filter((episode) => episode.bay === bay);
    return {
      hr: drawn("hr"),
      spo2: drawn("spo2"),
      rr: drawn("rr"),
      sbp: seriesOf(replay, bay, "sbp"),
      dbp: seriesOf(replay, bay, "dbp"),
      limits: replay.limits.get(bay) ?? [],
      recorded: episodes(this.#replay("recorded")),
      whatIf: this.#whatIf === null ? null : episodes(this.#whatIf),
    };
  }

  #replay(which: Which): Replay {
    const replay = which === "what-if" ? (this.#whatIf ?? this.#recorded) : this.#recorded;
    if (replay === null) throw new Error("nothing is open");
    return replay;
  }
}

/** What a session brings along from another bay is a server's word, checked in outline only. */
const UNDECIDABLE =
  "A session that comes from another bay is not whole in it. Was the file changed after it was recorded? Record it again.";

/** `null`: the engine cannot make sense of it. Every bay is looked at once, as it will be shown. */
function decided(inputs: readonly ReplayInput[], settings: Settings): Replay | null {
  try {
    const replay = new Replay(inputs, settings);
    replay.at(replay.positionAt(replay.to)).map(boardRow);
    return replay;
  } catch {
    return null;
  }
}

function went(replay: Replay, go: Go): Position {
  switch (go.kind) {
    case "at":
      return replay.positionAt(go.at);
    case "second":
      return replay.positionAt(go.from.at + go.by * 1000);
    case "input":
      return replay.stepInput(go.from, go.by);
    case "event":
      return replay.stepEvent(go.from, go.by) ?? go.from;
    case "alarm":
      return replay.stepEvent(go.from, go.by, isAlarmCall) ?? go.from;
  }
}

/** What the wall would have drawn then: the last quarter of an hour of each bay's session. */
function trendsAt(replay: Replay, { at, taken }: Position, bays: readonly Bay[]): Trend[] {
  let first = taken;
  while (first > 0 && (replay.inputs[first - 1]?.input.at ?? 0) > at - TREND_SPAN_MS) first -= 1;
  const trends = new Map(bays.map((bay) => [bay.id, { openedAt: bay.session?.openedAt ?? null, trend: emptyTrend() }]));
  for (let index = first; index < taken; index++) {
    const next = replay.inputs[index];
    if (next?.input.kind !== "reading") continue;
    const one = trends.get(next.bay);
    if (one === undefined || next.input.at < (one.openedAt ?? 0)) continue;
    addToTrend(one.trend, next.input.at, next.input.values);
  }
  return [...trends.values()].map(({ trend }) => trend);
}

function seriesOf({ inputs }: Replay, bay: BayId, vital: Vital): Series {
  const at: AtMs[] = [];
  const value: (number | null)[] = [];
  for (const { bay: id, input } of inputs) {
    if (id !== bay || input.kind !== "reading") continue;
    const measured = input.values[vital];
    if (typeof measured !== "number") continue;
    const last = at.at(-1);
    if (last !== undefined && input.at - last > GAP_MS) {
      at.push(last + GAP_MS);
      value.push(null);
    }
    at.push(input.at);
    value.push(measured);
  }
  return { at, value };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

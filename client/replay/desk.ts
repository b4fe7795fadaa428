/** The engine's side of the page: holds what was opened and answers from it. Runs in a worker, knows no page. */
import type { Bay } from "@vigil/shared/bay";
import { addToTrend, boardRow, emptyTrend, TREND_SPAN_MS, type Trend } from "@vigil/shared/board";
import type { SessionChart, SessionRecorder } from "@vigil/shared/chart";
import { FeedLines, inputsOfLine } from "@vigil/shared/feed";
import type { BayId } from "@vigil/shared/ids";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import {
  type Comparison,
  compare,
  comparisonCsv,
  editedRules,
  inspect,
  isAlarmCall,
  isListed,
  type LogEntry,
  Replay,
  type ReplayInput,
  recordSessions,
  type StepFrom,
  stepEvent,
  stepInput,
  type VitalEdit,
} from "@vigil/shared/replay";
import type { Asks, Move, NotOpened, Opened, View, WhatIf, Which } from "./asking.ts";
import { NotReadable } from "./read-lines.ts";

type Settings = ConstructorParameters<typeof Replay>[1];

/** Without a session nothing alarms: a feed of readings alone is taken as this, with this cuff cycle. */
const TAKEN_AS = { name: "infusing", cuffIntervalMin: 5 } as const;
/** A day of 32 bays; a page has a few GB for them. */
const MOST_INPUTS = 3_000_000;
/** Points of a drawn line over a whole session, and over a part of it that is looked at closely. */
const POINTS = 700;
const DETAIL_POINTS = 1_500;

export class ReplayDesk {
  readonly #now: () => number;
  #settings: Settings | null = null;
  #recorded: Replay | null = null;
  #whatIf: Replay | null = null;
  /** The sessions of each bay that was looked at; those under other limits until these change. */
  readonly #sessions: { readonly [W in Which]: Map<BayId, readonly SessionRecorder[]> } = {
    recorded: new Map(),
    "what-if": new Map(),
  };

  /** @param now milliseconds of a clock for measuring */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param name what it is called when its header does not say
   * @param most no more than so many lines
   */
  async open(name: string, texts: AsyncIterable<string>, most: number | null = null): Promise<Opened | NotOpened> {
    const lines = new FeedLines();
    const inputs: ReplayInput[] = [];
    let good = 0;
    const broken = (reason: string): NotOpened => ({
      ok: false,
      reason,
      ...(inputs.length === 0 ? {} : { goodLines: good }),
    });
    try {
      for await (const text of texts) {
        const line = lines.take(text);
        if (line !== null && "reason" in line) return broken(`Line ${line.line}: ${line.reason}.`);
        if (inputs.length >= MOST_INPUTS) return broken(TOO_MANY);
        good += 1;
        if (line !== null && lines.header !== null) {
          for (const input of inputsOfLine(line, lines.header)) inputs.push({ bay: line.bay, input });
        }
        // Before the next one is asked for: what the good part was asked of may be broken right behind it.
        if (good === most) break;
      }
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
      // A packed file may break a little earlier the second time; who asked for the good part gets what there is.
      if (most === null || inputs.length === 0) {
        return broken(good === 0 ? error.message : `After line ${good}: ${error.message}`);
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
    this.#forgetWhatIf();
    this.#sessions.recorded.clear();
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
      rules: recorded.bays.map((bay) => [bay, this.#rulesOf(recorded, bay)]),
      takenAs: opens ? null : TAKEN_AS.name,
      engineMs: this.#now() - begunAt,
      lines: most === null ? null : good,
    };
  }

  #rulesOf({ inputs }: Replay, bay: BayId): Pick<Protocol, "limits" | "relative"> {
    for (const { bay: id, input } of inputs) {
      if (id !== bay) continue;
      if (input.kind === "arrival") return rulesOf(input.carried.session.protocol);
      if (input.kind === "command" && input.command.type === "open-session" && input.command.protocol !== undefined) {
        return rulesOf(input.command.protocol);
      }
    }
    return rulesOf(this.#settings?.protocol ?? protocolSchema.parse({}));
  }

  view({ from, moves, which, bay: shown }: Asks["view"]["ask"]): View {
    const replay = this.#replay(which);
    const start: StepFrom = { ...(from ?? { at: replay.from, taken: 0 }), bay: shown ?? undefined };
    const { bay = null, ...position } = moves.reduce((place, move) => went(replay, place, move), start);
    const bays = replay.at(position);
    return {
      position,
      bay,
      rows: bays.map(boardRow),
      trends: trendsAt(replay, position, bays),
      inspection: inspect(replay, position, bay ?? undefined),
    };
  }

  whatIf({ edits }: { readonly edits: readonly VitalEdit[] }): WhatIf {
    const recorded = this.#replay("recorded");
    const settings = this.#settings;
    if (settings === null) throw new Error("nothing is open");
    this.#forgetWhatIf();
    if (edits.length > 0) {
      this.#whatIf = new Replay(recorded.inputs, {
        ...settings,
        rules: editedRules(edits),
        asRecorded: () => recorded,
      });
    }
    const comparison: Comparison = compare(recorded, this.#replay("what-if"));
    return { comparison, csv: comparisonCsv(comparison), log: this.#replay("what-if").log };
  }

  charts({ bay, which }: Asks["charts"]["ask"]): readonly SessionChart[] {
    const { to } = this.#replay(which);
    return this.#sessionsOf(bay, which).flatMap((session) => session.chart(to, { buckets: POINTS }) ?? []);
  }

  detail({ bay, which, place, window }: Asks["detail"]["ask"]): SessionChart | null {
    const session = this.#sessionsOf(bay, which)[place];
    return session?.chart(this.#replay(which).to, { ...window, buckets: DETAIL_POINTS }) ?? null;
  }

  #sessionsOf(bay: BayId, which: Which): readonly SessionRecorder[] {
    const known = this.#sessions[which].get(bay);
    if (known !== undefined) return known;
    const sessions = recordSessions(this.#replay(which), bay);
    this.#sessions[which].set(bay, sessions);
    return sessions;
  }

  #forgetWhatIf(): void {
    this.#whatIf = null;
    this.#sessions["what-if"].clear();
  }

  #replay(which: Which): Replay {
    const replay = which === "what-if" ? (this.#whatIf ?? this.#recorded) : this.#recorded;
    if (replay === null) throw new Error("nothing is open");
    return replay;
  }
}

const rulesOf = ({ limits, relative }: Protocol) => ({ limits, relative });

const TOO_MANY = `It holds more than ${MOST_INPUTS.toLocaleString("en")} inputs, more than a page can. vigil alarms reads it.`;

/** What a session brings along from another bay is a server's word, checked in outline only. */
const UNDECIDABLE =
  "A session that comes from another bay is not whole in it. Was the file changed after it was recorded? Record it again.";

/** `null`: the engine cannot make sense of it. Every bay is looked at once, as it will be shown, and what came from another one charted. */
function decided(inputs: readonly ReplayInput[], settings: Settings): Replay | null {
  try {
    const replay = new Replay(inputs, settings);
    replay.at(replay.positionAt(replay.to)).map(boardRow);
    const arrivedAt = new Set(inputs.flatMap(({ bay, input }) => (input.kind === "arrival" ? [bay] : [])));
    for (const bay of arrivedAt) for (const session of recordSessions(replay, bay)) session.chart(replay.to);
    return replay;
  } catch {
    return null;
  }
}

function went(replay: Replay, from: StepFrom, move: Move): StepFrom {
  switch (move.kind) {
    case "at": {
      const { at, taken } = replay.positionAt(move.at);
      return { at, taken: Math.min(taken, move.taken ?? taken), bay: from.bay };
    }
    case "second":
      return { ...replay.positionAt(from.at + move.by * 1000), bay: from.bay };
    case "input":
      return { ...stepInput(replay, from, move.by, from.bay), bay: from.bay };
    case "event":
      return placeOf(stepEvent(replay, from, move.by, isListed)) ?? from;
    case "alarm":
      return placeOf(stepEvent(replay, from, move.by, isAlarmCall)) ?? from;
  }
}

const placeOf = (entry: LogEntry | null): StepFrom | null =>
  entry === null ? null : { at: entry.at, taken: entry.taken, bay: entry.bay };

/** What the wall would have drawn then: the last quarter of an hour of each bay's session. */
function trendsAt(replay: Replay, { at, taken }: View["position"], bays: readonly Bay[]): Trend[] {
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

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

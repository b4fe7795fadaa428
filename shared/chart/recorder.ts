/**
 * Puts a session's chart together from the session's inputs alone, by the same engine that decided that day. It is told
 * one input after the other, and can be asked for the chart after any of them.
 */
import { advance, type Bay, type BayEvent, type BayInput, dischargeFacts } from "../bay/index.ts";
import type { AtMs } from "../ids/index.ts";
import {
  type Criterion,
  dischargeCriteria,
  infusionElapsedMs,
  infusionPausedMs,
  recoveryMinimumAt,
  type Session,
} from "../session/index.ts";
import { CONTINUOUS_VITALS, type ReadingValues, type Vital } from "../vitals/index.ts";
import { AlarmEpisodes } from "./alarm-episodes.ts";
import { decimateCuffs } from "./cuffs.ts";
import { type DecimateWindow, decimate } from "./decimate.ts";
import { givenBy, givenMgPerKg } from "./given.ts";
import { readingsGrid } from "./grid.ts";
import type { Cuff, LimitSpan, PhaseSpan, RecordedAct, RecordedObservation, SessionChart } from "./session-chart.ts";
import { Spans } from "./spans.ts";

type Continuous = (typeof CONTINUOUS_VITALS)[number];
type Limit = Omit<LimitSpan, "from" | "to">;

/** product.md: "no driving or machinery until <time + 24 h>". */
const NO_DRIVING_MS = 24 * 60 * 60_000;

export class SessionRecorder {
  #bay: Bay;
  /** As it was last seen, the end included. */
  #session: Session | null = null;
  #endedAt: AtMs | null = null;
  #criteria: readonly Criterion[] = [];
  #staleAfterMs: Bay["staleAfterMs"];
  readonly #series: { readonly [V in Continuous]: { at: AtMs[]; value: (number | null)[] } } = {
    hr: { at: [], value: [] },
    spo2: { at: [], value: [] },
    rr: { at: [], value: [] },
  };
  readonly #cuffs: Cuff[] = [];
  readonly #alarms = new AlarmEpisodes();
  readonly #acts: RecordedAct[] = [];
  readonly #limits = new Spans<Limit>(
    (limit) => `${limit.vital} ${limit.direction} ${limit.tier} ${limit.limit} ${limit.priority}`,
  );
  readonly #phases = new Spans<Omit<PhaseSpan, "from" | "to">>(({ phase }) => phase);

  /** `free` is the bay before the session opened. */
  constructor(free: Bay) {
    this.#bay = free;
    this.#staleAfterMs = free.staleAfterMs;
  }

  /** One input of the session's bay, in order; the first opens the session. After the session's end nothing is taken. */
  take(input: BayInput): void {
    if (this.#endedAt !== null) return;
    const before = this.#bay;
    const { bay: after, events } = advance(before, input);
    this.#bay = after;
    if (input.kind === "reading") this.#readings(before, after.at, input.values);
    if (input.kind === "command") this.#command(before, after, input, events);
    this.#alarms.take(events, after);
  }

  /** The chart up to `at` (not before the last input), with the readings of a window, decimated. */
  chart(at: AtMs, window: Partial<DecimateWindow> = {}): SessionChart | null {
    this.take({ kind: "tick", at });
    const session = this.#session;
    if (session === null) return null;
    const until = this.#endedAt ?? at;
    const from = window.from ?? session.openedAt;
    const to = Math.max(from + 1, window.to ?? until);
    const { infusion } = session;
    const given = givenBy(session.plan, this.#phases.all);
    const whole = this.#wholeSeries(until);
    const decimated = { from, to, buckets: window.buckets ?? 1_000 };
    const shown = (vital: Continuous) => (whole[vital] === null ? null : copy(decimate(whole[vital], decimated)));
    return {
      id: session.id,
      at,
      patient: session.patient,
      protocol: { name: session.protocol.name, recoveryMinimumMin: session.protocol.recoveryMinimumMin },
      plan: session.plan,
      baseline: session.baseline,
      phase: session.phase,
      openedAt: session.openedAt,
      endedAt: this.#endedAt,
      infusion:
        infusion === null
          ? null
          : {
              startedAt: infusion.startedAt,
              endedAt: infusion.endedAt,
              ranMs: infusionElapsedMs(infusion, until),
              pausedMs: infusionPausedMs(infusion, until),
              givenMgPerKg: session.plan === null ? null : givenMgPerKg(given, until),
            },
      recoveryMinimumAt: recoveryMinimumAt(session),
      noDrivingUntil: this.#endedAt === null || infusion === null ? null : this.#endedAt + NO_DRIVING_MS,
      from,
      to,
      vitals: { hr: shown("hr"), spo2: shown("spo2"), rr: shown("rr") },
      cuffs: decimateCuffs(this.#cuffs, decimated),
      limits: [...this.#limits.all],
      phases: [...this.#phases.all],
      given: { runs: [...given.runs], boluses: [...given.boluses] },
      alarms: [...this.#alarms.all],
      observations: this.#observations(session),
      medication: [],
      acts: [...this.#acts],
      criteria: [...(this.#endedAt === null ? criteriaOf(this.#bay, at) : this.#criteria)],
      grid: readingsGrid({
        session,
        phases: this.#phases.all,
        until,
        series: whole,
        staleAfterMs: this.#staleAfterMs,
        cuffs: this.#cuffs,
      }),
    };
  }

  /** A continuous vital's values with its gaps: from when it went stale, by the engine's rule. */
  #readings(before: Bay, at: AtMs, values: ReadingValues): void {
    for (const vital of CONTINUOUS_VITALS) {
      const value = values[vital];
      if (typeof value !== "number") continue;
      const column = this.#series[vital];
      const { validAt } = before.vitals[vital];
      const staleAt = validAt === null ? null : validAt + before.staleAfterMs[vital];
      if (staleAt !== null && staleAt <= at && column.at.length > 0) {
        column.at.push(staleAt);
        column.value.push(null);
      }
      column.at.push(at);
      column.value.push(value);
    }
    this.#cuff(at, values, false);
  }

  #cuff(at: AtMs, { sbp, dbp, map }: ReadingValues, manual: boolean): void {
    if (typeof sbp !== "number" && typeof dbp !== "number") return;
    this.#cuffs.push({ at, sbp: sbp ?? null, dbp: dbp ?? null, map: map ?? null, manual });
  }

  #command(before: Bay, after: Bay, input: Extract<BayInput, { kind: "command" }>, events: readonly BayEvent[]): void {
    const act = events.find((event) => event.type === "act");
    if (act === undefined) return;
    const { at } = after;
    const { command } = input;
    // The protocol stands in the session already.
    this.#acts.push({
      at,
      by: input.by,
      command: command.type === "open-session" ? { ...command, protocol: undefined } : command,
    });
    if (command.type === "record-baseline" && command.values !== undefined) this.#cuff(at, command.values, true);
    this.#limits.now(at, limitsInForce(after));
    if (after.session !== null) {
      this.#session = after.session;
      this.#staleAfterMs = after.staleAfterMs;
      this.#phases.now(at, [{ phase: after.session.phase }]);
    } else if (this.#session !== null) {
      this.#end(before, at, command.type === "discharge" ? "discharged" : "abandoned");
    }
  }

  #end(before: Bay, at: AtMs, phase: "discharged" | "abandoned"): void {
    const session = this.#session;
    if (session === null) return;
    const { infusion } = session;
    const stopped =
      infusion === null
        ? null
        : { ...infusion, ranMs: infusionElapsedMs(infusion, at), runningSince: null, endedAt: infusion.endedAt ?? at };
    this.#session = { ...session, phase, infusion: stopped };
    this.#criteria = criteriaOf(before, at);
    this.#phases.now(at, []);
    this.#endedAt = at;
  }

  #wholeSeries(until: AtMs): { [V in Continuous]: { at: AtMs[]; value: (number | null)[] } | null } {
    const whole = (vital: Continuous) => {
      const { at, value } = this.#series[vital];
      const last = at.at(-1);
      if (last === undefined) return null;
      const staleAt = last + this.#staleAfterMs[vital];
      return staleAt > until ? { at, value } : { at: [...at, staleAt], value: [...value, null] };
    };
    return { hr: whole("hr"), spo2: whole("spo2"), rr: whole("rr") };
  }

  #observations(session: Session): RecordedObservation[] {
    return session.observations.map(({ at, ...observation }) => {
      const act = this.#acts.find((each) => each.at === at && each.command.type === "record-observation");
      return { at, name: act?.by.name ?? null, observation };
    });
  }
}

const copy = ({ at, value }: { readonly at: readonly AtMs[]; readonly value: readonly (number | null)[] }) => ({
  at: [...at],
  value: [...value],
});

function limitsInForce(bay: Bay): Limit[] {
  return bay.watches.flatMap(({ vital, direction, tiers }) =>
    tiers.map(({ tier, limit, priority }) => ({ vital: vital satisfies Vital, direction, tier, limit, priority })),
  );
}

const criteriaOf = (bay: Bay, at: AtMs): readonly Criterion[] =>
  bay.session === null ? [] : dischargeCriteria(bay.session, dischargeFacts(bay), at);

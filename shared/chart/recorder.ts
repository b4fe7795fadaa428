/**
 * Puts a session's chart together from the session's inputs alone, by the same engine that decided that day. It is told
 * one input after the other, and can be asked for the chart after any of them. What people did is told as the session has it
 * at the end: late entries in their place, what was undone as undone.
 */
import { advance, type Bay, type BayEvent, type BayInput, dischargeFacts } from "../bay/index.ts";
import type { AtMs, BayId, CommandId } from "../ids/index.ts";
import {
  type ActCommand,
  type Criterion,
  dischargeCriteria,
  doseAt,
  doseCourse,
  infusionElapsedMs,
  infusionPausedMs,
  missedObservations,
  planFigures,
  recoveryMinimumAt,
  type Session,
  toldActs,
} from "../session/index.ts";
import { CONTINUOUS_VITALS, type ReadingValues, type Vital } from "../vitals/index.ts";
import { AlarmEpisodes } from "./alarm-episodes.ts";
import { decimateCuffs } from "./cuffs.ts";
import { type DecimateWindow, decimate } from "./decimate.ts";
import { givenBy } from "./given.ts";
import { readingsGrid } from "./grid.ts";
import { handCuffs, handSigns, recordedChecks, recordedMedication, recordedObservations } from "./people.ts";
import type { Cuff, LimitSpan, PhaseSpan, RecordedAct, SessionChart } from "./session-chart.ts";
import { Spans } from "./spans.ts";

type Continuous = (typeof CONTINUOUS_VITALS)[number];
type Limit = Omit<LimitSpan, "from" | "to">;

export class SessionRecorder {
  #bay: Bay;
  /** As it was last seen, the end included. */
  #session: Session | null = null;
  /** The session has left the bay, and is not at the next one yet. */
  #onItsWay = false;
  readonly #stays: { readonly bay: BayId; readonly from: AtMs }[] = [];
  readonly #series: { readonly [V in Continuous]: { at: AtMs[]; value: (number | null)[] } } = {
    hr: { at: [], value: [] },
    spo2: { at: [], value: [] },
    rr: { at: [], value: [] },
  };
  #staleAfterMs: Bay["staleAfterMs"];
  readonly #cuffs: Cuff[] = [];
  readonly #alarms = new AlarmEpisodes();
  /** What people did that is no act of the session: alarms, sound, limits. */
  readonly #besides: RecordedAct[] = [];
  /** Baselines whose values came from the monitor: in the act they are filled in all the same. */
  readonly #measured = new Set<CommandId>();
  /** How the discharge criteria stood when the session was abandoned. */
  #abandonedWith: readonly Criterion[] | null = null;
  readonly #limits = new Spans<Limit>(
    (limit) => `${limit.vital} ${limit.direction} ${limit.tier} ${limit.limit} ${limit.priority}`,
  );

  /** `bay` before the session opened; or, when it opens by no input, with the session as it stands at the beginning. */
  constructor(bay: Bay) {
    this.#bay = bay;
    this.#staleAfterMs = bay.staleAfterMs;
    if (bay.session !== null) this.#follow(bay, bay.session, bay.at);
  }

  /** A patient is at the bay: not before the session opened, on the way to another bay, or after its end. */
  get isHere(): boolean {
    return this.#session !== null && !this.#onItsWay && this.#endedAt === null;
  }

  /** The patient moves: what is taken from now on comes from this bay, the arrival first. */
  goTo(free: Bay): void {
    this.#bay = free;
    this.#onItsWay = false;
  }

  /** One input of the session's bay, in order; the first opens the session. After the session's end nothing is taken. */
  take(input: BayInput): void {
    if (this.#onItsWay || this.#endedAt !== null) return;
    const before = this.#bay;
    const { bay: after, events } = advance(before, input);
    this.#bay = after;
    if (input.kind === "reading") this.#readings(before, after.at, input.values);
    if (input.kind === "command" || input.kind === "arrival") this.#act(before, after, input, events);
    this.#alarms.take(events, after);
  }

  /** The chart up to `at` (not before the last input), with the readings of a window, decimated. */
  chart(at: AtMs, window: Partial<DecimateWindow> = {}): SessionChart | null {
    this.take(tick(at));
    const session = this.#session;
    if (session === null) return null;
    const { infusion, plan, patient, protocol, ending } = session;
    const until = this.#endedAt ?? at;
    const from = window.from ?? session.openedAt;
    const to = Math.max(from + 1, window.to ?? until);
    const dose = doseCourse(session);
    const whole = this.#wholeSeries(until);
    const decimated = { from, to, buckets: window.buckets ?? 1_000 };
    const shown = (vital: Continuous) => (whole[vital] === null ? null : copy(decimate(whole[vital], decimated)));
    const cuffs = [...this.#cuffs, ...handCuffs(session, this.#measured)].sort((a, b) => a.at - b.at);
    const signs = handSigns(session, this.#measured);
    const phases = phaseSpans(session);
    return {
      id: session.id,
      at,
      stays: [...this.#stays],
      patient,
      protocol: { name: protocol.name, recoveryMinimumMin: protocol.recoveryMinimumMin },
      plan,
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
              given: dose === null ? null : doseAt(dose, until),
            },
      dose: dose === null ? null : { ...dose, deliveries: [...dose.deliveries], boluses: [...dose.boluses] },
      recoveryMinimumAt: recoveryMinimumAt(session),
      escort: session.escort === null ? null : { name: session.escort.escortName, phone: session.escort.phone },
      responsible: session.responsible?.name ?? null,
      noDrivingHours: protocol.noDrivingHours,
      noDrivingUntil: ending?.noDrivingUntil ?? null,
      from,
      to,
      vitals: { hr: shown("hr"), spo2: shown("spo2"), rr: shown("rr") },
      cuffs: decimateCuffs(cuffs, decimated),
      signs,
      limits: [...this.#limits.all],
      phases,
      given: givenBy(dose, plan === null ? null : planFigures(plan, patient.weightKg).weightKg),
      alarms: [...this.#alarms.all],
      observations: recordedObservations(session),
      missedObservations: [...missedObservations(session, until)],
      medication: recordedMedication(session),
      acts: this.#acts(session),
      checks: recordedChecks(session),
      criteria: [...(ending === null ? criteriaOf(this.#bay, at) : (this.#abandonedWith ?? ending.criteria))],
      grid: readingsGrid({ session, phases, until, series: whole, staleAfterMs: this.#staleAfterMs, cuffs, signs }),
    };
  }

  get #endedAt(): AtMs | null {
    return this.#session?.ending?.at ?? null;
  }

  /** A continuous vital's values with its gaps: from when it went stale, by the engine's rule. */
  #readings(before: Bay, at: AtMs, values: ReadingValues): void {
    for (const vital of CONTINUOUS_VITALS) {
      const value = values[vital];
      if (typeof value !== "number") continue;
      const column = this.#series[vital];
      const last = lastValueAt(column);
      const staleAt = last === null ? null : last + before.staleAfterMs[vital];
      if (staleAt !== null && staleAt <= at) {
        column.at.push(staleAt);
        column.value.push(null);
      }
      column.at.push(at);
      column.value.push(value);
    }
    const { sbp, dbp, map } = values;
    if (typeof sbp !== "number" && typeof dbp !== "number") return;
    this.#cuffs.push({ at, sbp: sbp ?? null, dbp: dbp ?? null, map: map ?? null, manual: false });
  }

  #act(
    before: Bay,
    after: Bay,
    input: Extract<BayInput, { kind: "command" | "arrival" }>,
    events: readonly BayEvent[],
  ): void {
    const act = events.find((event) => event.type === "act");
    if (act === undefined) return;
    const { at, session } = after;
    if (input.kind === "command") {
      const { command, id, by } = input;
      if (command.type === "record-baseline" && command.values === undefined) this.#measured.add(id);
      // Whoever abandons a session is asked for no criterion, so its end keeps none.
      if (command.type === "abandon-session") this.#abandonedWith = criteriaOf(advance(before, tick(at)).bay, at);
      if (isBesides(command))
        this.#besides.push({ at, enteredAt: at, late: false, by, command, undone: null, corrections: [] });
      if (command.type === "transfer-session") {
        this.#onItsWay = true;
        return;
      }
    }
    this.#follow(after, session ?? after.ended, at);
  }

  #follow(bay: Bay, session: Session | null, at: AtMs): void {
    this.#session = session;
    if (bay.session !== null && this.#stays.at(-1)?.bay !== bay.id) this.#stays.push({ bay: bay.id, from: at });
    this.#limits.now(at, limitsInForce(bay));
    this.#staleAfterMs = bay.staleAfterMs;
  }

  #acts({ acts }: Session): RecordedAct[] {
    const own = toldActs(acts).map(({ act, at, undoing, corrections }): RecordedAct => {
      const { id, by, enteredAt, effectiveAt, command } = act;
      return {
        at,
        enteredAt,
        late: effectiveAt < enteredAt,
        by,
        command: command.type === "record-baseline" && this.#measured.has(id) ? { type: command.type } : command,
        undone: undoing === null ? null : { name: undoing.by.name, at: undoing.enteredAt },
        corrections: corrections.map(({ by, enteredAt, was, reason }) => ({
          was,
          name: by.name,
          at: enteredAt,
          reason,
        })),
      };
    });
    return [...own, ...this.#besides].sort((a, b) => a.at - b.at);
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
}

/** Each phase of an open session with its end; how it ended is no phase. */
function phaseSpans({ phases, ending }: Session): PhaseSpan[] {
  return phases.flatMap(({ phase, from }, i) => {
    const to = phases[i + 1]?.from ?? null;
    const isEnd = ending !== null && i === phases.length - 1;
    return isEnd || to === from ? [] : [{ phase, from, to }];
  });
}

const tick = (at: AtMs): BayInput => ({ kind: "tick", at });

const lastValueAt = ({ at, value }: { readonly at: readonly AtMs[]; readonly value: readonly (number | null)[] }) =>
  value.at(-1) === null ? null : (at.at(-1) ?? null);

const copy = ({ at, value }: { readonly at: readonly AtMs[]; readonly value: readonly (number | null)[] }) => ({
  at: [...at],
  value: [...value],
});

type BesidesCommand = Exclude<RecordedAct["command"], ActCommand>;
const BESIDES: ReadonlySet<string> = new Set<BesidesCommand["type"]>([
  "acknowledge-alarm",
  "pause-audio",
  "resume-audio",
  "set-limits",
  "alarm-off",
  "alarm-on",
]);
const isBesides = (command: RecordedAct["command"]): boolean => BESIDES.has(command.type);

function limitsInForce(bay: Bay): Limit[] {
  return bay.watches.flatMap(({ vital, direction, tiers }) =>
    tiers.map(({ tier, limit, priority }) => ({ vital: vital satisfies Vital, direction, tier, limit, priority })),
  );
}

const criteriaOf = (bay: Bay, at: AtMs): readonly Criterion[] =>
  bay.session?.infusion == null ? [] : dischargeCriteria(bay.session, dischargeFacts(bay), at);

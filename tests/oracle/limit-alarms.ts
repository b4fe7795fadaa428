/**
 * Predicts every limit alarm of one bay from the whole list of its readings.
 *
 * Written from the definitions, not from an engine, and shares no code with one: nothing here is pending,
 * recovering or counting down. At every instant at which something could happen it asks anew, of all readings so far,
 * "have they violated for the whole delay?" and "have they been recovered for the whole offDelay?"; a tier is active
 * when the last of these questions to be answered yes was the first one. Quadratic, and meant to be.
 *
 * The whole feed counts as one phase in which limit alarms are on. Rules relative to a baseline are not covered.
 */

/** In the order in which events of one step are reported. */
export const VITALS = ["hr", "spo2", "rr", "sbp", "dbp", "map"] as const;
export const DIRECTIONS = ["low", "high"] as const;
/** The lower one first. */
const TIERS = ["warning", "critical"] as const;

export type Vital = (typeof VITALS)[number];
export type Direction = (typeof DIRECTIONS)[number];
type Tier = (typeof TIERS)[number];
export type Priority = "low" | "medium" | "high";

/** `limit` and `deadband` in the unit of the vital, `delay` and `offDelay` in seconds. */
export interface TierLimit {
  limit: number;
  priority: Priority;
  delay: number;
  offDelay: number;
  deadband: number;
}
export type TierLimits = Partial<Record<Tier, TierLimit>>;
export type Limits = Partial<Record<Vital, Partial<Record<Direction, TierLimits>>>>;

/** One line of a feed. `null`: the monitor reports no valid value. Absent: not measured in this line. */
export type Line = { t: number } & Partial<Record<Vital, number | null>>;

export interface Course {
  /** Non-decreasing in `t`, which is in seconds, may be negative, and counts to the millisecond. */
  lines: readonly Line[];
  /** Seconds between readings of the continuous vitals, as the monitor declares. */
  cadenceS: number;
  /** Minutes of a cuff cycle. */
  cuffIntervalMin: number;
  limits: Limits;
  /** Seconds (more than 0), where the protocol says otherwise than the defaults. */
  staleAfter?: Partial<Record<Vital, number>>;
  /** Seconds. A deadline at this instant is settled; later ones, and later lines, are in the future. */
  endT: number;
}

export interface LimitAlarmEvent {
  /** Seconds. */
  t: number;
  /** `present`: an alarm that was unknown has a valid reading again and stays in its tier. */
  event: "raised" | "escalated" | "deescalated" | "cleared" | "unknown" | "present";
  alarm: `${Vital}.${Direction}`;
  /** The tier after the step; `null` when cleared. */
  tier: Tier | null;
  /** Of the tier after the step; when cleared, of the tier before it. */
  priority: Priority;
  /** The last valid reading; with `raised` and `escalated` only. */
  value?: number;
  /** The limit of `tier`; with `raised` and `escalated` only. */
  limit?: number;
}

/** A valid value of one vital, at `at` ms, from the line with this index. */
interface Reading {
  at: number;
  line: number;
  value: number;
}

/** One step: an input line, or all the deadlines of the instant `at`, which come before the lines of that instant. */
interface Step {
  at: number;
  line: number;
}
const DEADLINES = -1;

/** What is true of one alarm once a step is done. */
interface Standing {
  tier: Tier | null;
  unknown: boolean;
  value: number | undefined;
}

/** Throws a `RangeError` naming the line when the lines go back in time, and on a `staleAfter` of 0 or less. */
export function predictLimitAlarms(course: Course): LimitAlarmEvent[] {
  refuseNonsense(course);
  return VITALS.flatMap((vital) => DIRECTIONS.flatMap((direction) => alarmEvents(course, vital, direction)))
    .sort((a, b) => inOrder(a.step, b.step)) // stable: within a step the catalogue's order stays
    .map(({ event }) => event);
}

function alarmEvents(course: Course, vital: Vital, direction: Direction): { step: Step; event: LimitAlarmEvent }[] {
  const tiers = course.limits[vital]?.[direction] ?? {};
  if (!tiers.warning && !tiers.critical) return [];
  const readings = readingsOf(vital, course.lines);
  const staleMs = staleAfterMs(course, vital);
  const steps = stepsOf(course, readings, tiers, staleMs);
  const standings = standingsAt(steps, readings, tiers, staleMs, direction);

  return steps.flatMap((step, i) => {
    const before = standings[i - 1] ?? { tier: null, unknown: false, value: undefined };
    const after = standings[i] ?? before;
    const kind = changeBetween(before, after);
    const meant = tiers[after.tier ?? before.tier ?? "warning"];
    if (!kind || !meant) return [];
    const event: LimitAlarmEvent = {
      t: step.at / 1000,
      event: kind,
      alarm: `${vital}.${direction}`,
      tier: after.tier,
      priority: meant.priority,
    };
    if ((kind === "raised" || kind === "escalated") && after.value !== undefined) {
      event.value = after.value;
      event.limit = meant.limit;
    }
    return [{ step, event }];
  });
}

function changeBetween(before: Standing, after: Standing): LimitAlarmEvent["event"] | null {
  if (before.tier !== after.tier) {
    if (before.tier === null) return "raised";
    if (after.tier === null) return "cleared";
    return after.tier === "critical" ? "escalated" : "deescalated";
  }
  if (!before.unknown && after.unknown) return "unknown";
  if (before.unknown && !after.unknown) return "present";
  return null;
}

function standingsAt(
  steps: Step[],
  readings: Reading[],
  tiers: TierLimits,
  staleMs: number,
  direction: Direction,
): Standing[] {
  const answers = steps.map((step) => {
    const known = knownAt(step, readings);
    const heldFor = (seconds: number, holds: (value: number) => boolean) =>
      held(known, step.at, ms(seconds), staleMs, holds);
    const answer = (tier: TierLimit | undefined): "violated" | "recovered" | null => {
      if (!tier) return null;
      if (heldFor(tier.delay, (value) => isViolating(value, tier, direction))) return "violated";
      if (heldFor(tier.offDelay, (value) => isRecovered(value, tier, direction))) return "recovered";
      return null;
    };
    return { warning: answer(tiers.warning), critical: answer(tiers.critical), last: known.at(-1) };
  });

  return steps.map((step, i) => {
    const soFar = answers.slice(0, i + 1);
    const isActive = (tier: Tier) => soFar.findLast((answer) => answer[tier] !== null)?.[tier] === "violated";
    const tier = TIERS.findLast(isActive) ?? null;
    const last = soFar.at(-1)?.last;
    const stale = last !== undefined && step.at >= last.at + staleMs;
    return { tier, unknown: tier !== null && stale, value: last?.value };
  });
}

function isViolating(value: number, { limit }: TierLimit, direction: Direction): boolean {
  return direction === "high" ? value > limit : value < limit;
}

function isRecovered(value: number, { limit, deadband }: TierLimit, direction: Direction): boolean {
  return direction === "high" ? value <= limit - deadband : value >= limit + deadband;
}

/**
 * True when every reading of the last `durationMs` says so, counted from a reading at least that long ago, and the vital
 * was never stale meanwhile. To be stale from this very instant on does no harm: what ends now has ended.
 */
function held(
  known: Reading[],
  now: number,
  durationMs: number,
  staleMs: number,
  holds: (value: number) => boolean,
): boolean {
  const start = known.findLastIndex((reading) => reading.at + durationMs <= now);
  if (start === -1) return false;
  const stretch = known.slice(start);
  return stretch.every((reading, i) => {
    const next = stretch[i + 1];
    const fresh = next ? next.at < reading.at + staleMs : now <= reading.at + staleMs;
    return fresh && holds(reading.value);
  });
}

/** The readings that have taken effect once `step` is done; deadlines come before the readings of their instant. */
function knownAt(step: Step, readings: Reading[]): Reading[] {
  return readings.filter((reading) => (step.line === DEADLINES ? reading.at < step.at : reading.line <= step.line));
}

/** Every line, and every instant at which a delay, an offDelay or the patience with a silent vital could end. */
function stepsOf(course: Course, readings: Reading[], tiers: TierLimits, staleMs: number): Step[] {
  const waits = [tiers.warning, tiers.critical].flatMap((tier) => (tier ? [ms(tier.delay), ms(tier.offDelay)] : []));
  const instants = new Set(readings.flatMap(({ at }) => [staleMs, ...waits].map((wait) => at + wait)));
  return [
    ...Array.from(instants, (at) => ({ at, line: DEADLINES })),
    ...course.lines.map(({ t }, line) => ({ at: ms(t), line })),
  ]
    .filter(({ at }) => at <= ms(course.endT))
    .sort(inOrder);
}

function inOrder(a: Step, b: Step): number {
  return a.at - b.at || a.line - b.line;
}

function readingsOf(vital: Vital, lines: readonly Line[]): Reading[] {
  return lines.flatMap((entry, line) => {
    const value = entry[vital];
    return typeof value === "number" ? [{ at: ms(entry.t), line, value }] : [];
  });
}

function staleAfterMs({ cadenceS, cuffIntervalMin, staleAfter }: Course, vital: Vital): number {
  const own = staleAfter?.[vital];
  if (own !== undefined) return ms(own);
  const isCuff = vital === "sbp" || vital === "dbp" || vital === "map";
  return isCuff ? ms(cuffIntervalMin * 60 * 2) : Math.max(5000, ms(2.5 * cadenceS));
}

function ms(seconds: number): number {
  return Math.round(seconds * 1000) + 0; // + 0 turns −0 into 0
}

function refuseNonsense(course: Course): void {
  course.lines.forEach(({ t }, i) => {
    const earlier = course.lines[i - 1];
    if (earlier && t < earlier.t) throw new RangeError(`line ${i} goes back in time, from ${earlier.t} to ${t}`);
  });
  for (const vital of VITALS)
    if (staleAfterMs(course, vital) <= 0) throw new RangeError(`staleAfter of ${vital} must be more than 0`);
}

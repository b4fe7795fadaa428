/** The limits and rises of the test's protocol, and how one tier goes from off to on and back (alarms.md, "Limit alarms"). */
export type Watched = "hr" | "spo2" | "sbp";
export type TierName = "warning" | "critical";
type Direction = "low" | "high";

/** Seconds and the vital's unit, as in a protocol. */
interface Weight {
  readonly priority: "high" | "medium";
  readonly delay: number;
  readonly offDelay: number;
  readonly deadband: number;
}
export interface Rule extends Weight {
  readonly limit: number;
}
export type Rules = { readonly [D in Direction]?: { readonly [T in TierName]: Rule } };

/** Over the session's baseline, in percent of it; a further warning of the vital's high alarm. */
interface Rise extends Weight {
  readonly percent: number;
}
export type Edition = "usual" | "wider";
export type Baseline = { readonly [V in Watched]: number };

const tiers = (
  [warning, critical]: readonly [number, number],
  deadband: number,
  [delay, criticalDelay]: readonly [number, number],
  offDelay: number,
): { readonly [T in TierName]: Rule } => ({
  warning: { limit: warning, priority: "medium", delay, offDelay, deadband },
  critical: { limit: critical, priority: "high", delay: criticalDelay, offDelay, deadband },
});

/** spo2's warning ends its delay, and hr its offDelay, at the very instant at which a lone reading goes stale. */
export const RULES: { readonly [V in Watched]: { readonly [E in Edition]: Rules } } = {
  hr: {
    usual: { low: tiers([50, 40], 2, [4, 2], 5), high: tiers([120, 150], 2, [4, 2], 5) },
    wider: { low: tiers([42, 36], 2, [4, 2], 5), high: tiers([140, 160], 2, [4, 2], 5) },
  },
  spo2: { usual: { low: tiers([94, 90], 1, [5, 3], 2) }, wider: { low: tiers([90, 86], 1, [5, 3], 2) } },
  sbp: { usual: { high: tiers([165, 180], 3, [0, 0], 0) }, wider: { high: tiers([175, 190], 3, [0, 0], 0) } },
};

/** Within one tier hr's rise weighs more than its limit, sbp's as much. */
export const RISES: { readonly [V in Watched]: { readonly [E in Edition]: Rise | null } } = {
  hr: { usual: { percent: 40, priority: "high", delay: 3, offDelay: 4, deadband: 2 }, wider: null },
  spo2: { usual: null, wider: null },
  sbp: {
    usual: { percent: 30, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
    wider: { percent: 60, priority: "medium", delay: 0, offDelay: 0, deadband: 3 },
  },
};

/** One rise of hr begins above its warning, the other below. 110 mmHg × 1.3 is not 143 in binary fractions, and is 143 all the same. */
export const BASELINES: { readonly higher: Baseline; readonly lower: Baseline } = {
  higher: { hr: 90, spo2: 98, sbp: 120 },
  lower: { hr: 60, spo2: 98, sbp: 110 },
};

/** As a protocol and a nurse's edit write them. */
export function writtenRises(vital: Watched, edition: Edition) {
  const rise = RISES[vital][edition];
  if (rise === null) return [];
  const { percent, ...weight } = rise;
  return [{ riseOverBaseline: percent / 100, ...weight }];
}

/** Everything that the vital's alarm of this direction may stand on, from the gravest to the mildest. */
export function rulesOf(vital: Watched, direction: Direction, edition: Edition, baseline: Baseline | null) {
  const limits = RULES[vital][edition][direction];
  const rules: { readonly name: RuleName; readonly tier: TierName; readonly rule: Rule }[] = [];
  if (limits !== undefined) rules.push({ name: "critical", tier: "critical", rule: limits.critical });
  if (limits !== undefined) rules.push({ name: "warning", tier: "warning", rule: limits.warning });
  const rise = direction === "high" && baseline !== null ? RISES[vital][edition] : null;
  if (rise === null || baseline === null) return rules;
  const rule = { ...rise, limit: (baseline[vital] * (100 + rise.percent)) / 100 };
  // Of two that weigh the same, the limit that somebody wrote down is shown.
  rules.splice(rise.priority === "high" ? 1 : 2, 0, { name: "rise", tier: "warning", rule });
  return rules;
}
export type RuleName = TierName | "rise";

/** On or off, and when the readings that ask for the other state will have held long enough. */
export interface TierRun {
  on: boolean;
  endsAt: number | null;
}

const isViolating = ({ limit }: Rule, direction: Direction, value: number): boolean =>
  direction === "high" ? value > limit : value < limit;
const isRecovered = ({ limit, deadband }: Rule, direction: Direction, value: number): boolean =>
  direction === "high" ? value <= limit - deadband : value >= limit + deadband;

/** One valid reading. */
export function advanceTier(run: TierRun, rule: Rule, direction: Direction, value: number, at: number): void {
  const asks = run.on ? isRecovered(rule, direction, value) : isViolating(rule, direction, value);
  const waitMs = (run.on ? rule.offDelay : rule.delay) * 1000;
  if (!asks) run.endsAt = null;
  else if (waitMs === 0) run.on = !run.on;
  else run.endsAt ??= at + waitMs;
}

/** Values on both sides of every limit and of every recovery, and calm ones: each step across a bound is tried. */
export const TELLING_VALUES: { readonly [V in Watched]: readonly number[] } = {
  hr: [
    80, 80, 80, 80, 80, 35, 39, 40, 41, 42, 43, 49, 50, 51, 52, 82, 83, 84, 85, 96, 97, 104, 105, 110, 111, 112, 113,
    117, 118, 119, 120, 121, 124, 125, 126, 127, 148, 149, 150, 151, 170,
  ],
  spo2: [98, 98, 85, 89, 90, 91, 92, 93, 94, 95],
  sbp: [120, 120, 120, 140, 141, 143, 144, 145, 153, 154, 156, 157, 162, 163, 165, 166, 177, 178, 180, 181, 193, 200],
};

/** The limits of the test's protocol, and how one tier goes from off to on and back (alarms.md, "Limit alarms"). */
export type Watched = "hr" | "spo2" | "sbp";
export type TierName = "warning" | "critical";
type Direction = "low" | "high";

/** Seconds and the vital's unit, as in a protocol. */
interface Rule {
  readonly limit: number;
  readonly priority: "high" | "medium";
  readonly delay: number;
  readonly offDelay: number;
  readonly deadband: number;
}
export type Rules = { readonly [D in Direction]?: { readonly [T in TierName]: Rule } };

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
export const RULES: { readonly [V in Watched]: { readonly usual: Rules; readonly wider: Rules } } = {
  hr: {
    usual: { low: tiers([50, 40], 2, [4, 2], 5), high: tiers([120, 150], 2, [4, 2], 5) },
    wider: { low: tiers([42, 36], 2, [4, 2], 5), high: tiers([140, 160], 2, [4, 2], 5) },
  },
  spo2: { usual: { low: tiers([94, 90], 1, [5, 3], 2) }, wider: { low: tiers([90, 86], 1, [5, 3], 2) } },
  sbp: { usual: { high: tiers([165, 180], 3, [0, 0], 0) }, wider: { high: tiers([175, 190], 3, [0, 0], 0) } },
};

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
  hr: [80, 80, 80, 35, 39, 40, 41, 42, 43, 49, 50, 51, 52, 117, 118, 119, 120, 121, 148, 149, 150, 151, 170],
  spo2: [98, 98, 85, 89, 90, 91, 92, 93, 94, 95],
  sbp: [120, 120, 162, 163, 165, 166, 177, 178, 180, 181, 200],
};

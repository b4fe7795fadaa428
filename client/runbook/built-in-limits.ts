/** The built-in limits behind a limit alarm, in words. */
import {
  ADULT_KETAMINE_LIMITS,
  ADULT_KETAMINE_RELATIVE,
  DIRECTIONS,
  type Priority,
  TIERS,
  type TierRule,
} from "@vigil/shared/protocol";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";

export interface LimitLine {
  readonly name: string;
  readonly priority: Priority;
  /** "below 94 % for 15 s" */
  readonly text: string;
}

/** Mildest first; none where the built-in protocol sets no such limit, or `alarm` is not about a limit. */
export function builtInLimits(alarm: string): readonly LimitLine[] {
  const vital = VITALS.find((one) => alarm.startsWith(`${one}.`));
  const direction = DIRECTIONS.find((one) => alarm.endsWith(`.${one}`));
  if (vital === undefined || direction === undefined) return [];
  const { unit } = VITAL_FACTS[vital];
  const side = direction === "low" ? "below" : "above";
  const lasting = ({ delay }: Pick<TierRule, "delay">) => (delay === 0 ? "at once" : `for ${delay} s`);
  const relative = ADULT_KETAMINE_RELATIVE.filter((rule) => rule.vital === vital && direction === "high").map(
    (rule) => ({
      name: "Rise",
      priority: rule.priority,
      text: `more than ${Math.round(rule.riseOverBaseline * 100)} % over baseline, ${lasting(rule)}`,
    }),
  );
  const fixed = TIERS.flatMap((tier) => {
    const rule = ADULT_KETAMINE_LIMITS[vital]?.[direction]?.[tier];
    if (rule === undefined) return [];
    const name = tier === "warning" ? "Warning" : "Critical";
    return [{ name, priority: rule.priority, text: `${side} ${rule.limit} ${unit} ${lasting(rule)}` }];
  });
  return [...relative, ...fixed];
}

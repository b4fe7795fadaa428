/** Rises over the baseline as they are edited: in per cent, an empty field meaning none. Times and deadbands stay as they are. */
import type { RelativeRule, TierRule } from "@vigil/shared/protocol";

export type RiseRule = Omit<RelativeRule, "vital">;

/** As typed; where there is no rise, an empty field for one. */
export const riseTexts = (rules: readonly RiseRule[]): readonly string[] =>
  rules.length === 0 ? [""] : rules.map(percentOf);

const percentOf = ({ riseOverBaseline }: RiseRule): string => String(Math.round(riseOverBaseline * 1000) / 10);

export type RisesChecked =
  | { readonly ok: true; readonly rules: RiseRule[] }
  | { readonly ok: false; readonly errors: readonly (string | undefined)[] };

/** More is a slip of the finger: nobody waits for a pressure six times the baseline's. */
const MOST_PERCENT = 500;

/**
 * @param texts one for each of {@link riseTexts}
 * @param like the warning whose delays and deadband a new rise has
 */
export function checkRises(
  texts: readonly string[],
  before: readonly RiseRule[],
  like: TierRule | undefined,
): RisesChecked {
  const rules: RiseRule[] = [];
  const errors = texts.map((typed, place): string | undefined => {
    const text = typed.trim().replace(",", ".");
    const rule = before[place];
    if (text === "") return undefined;
    const percent = /^\d+(\.\d)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(percent > 0 && percent <= MOST_PERCENT)) {
      return `A percentage above 0 and up to ${MOST_PERCENT} is needed, or nothing for no such alarm.`;
    }
    const isAsBefore = rule !== undefined && percentOf(rule) === String(percent);
    rules.push(isAsBefore ? rule : { ...(rule ?? newRise(like)), riseOverBaseline: percent / 100 });
    return undefined;
  });
  return errors.some((error) => error !== undefined) ? { ok: false, errors } : { ok: true, rules };
}

const newRise = (like: TierRule | undefined): Omit<RiseRule, "riseOverBaseline"> => ({
  priority: "medium",
  delay: like?.delay ?? 0,
  offDelay: like?.offDelay ?? 0,
  deadband: like?.deadband ?? 0,
});

/** Baseline vital signs as typed. */
import { BASELINE_VITALS } from "@vigil/shared/protocol";
import { type BaselineValues, baselineValuesSchema } from "@vigil/shared/session";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import { figureOf } from "../form/figures.ts";

export type BaselineTexts = Readonly<Record<keyof BaselineValues, string>>;
export const NO_BASELINE: BaselineTexts = { hr: "", spo2: "", sbp: "", dbp: "" };

interface BaselineRead {
  /** `null` while something is missing or wrong. */
  readonly values: BaselineValues | null;
  readonly errors: { readonly [V in keyof BaselineValues]?: string };
}

export function readBaseline(texts: BaselineTexts): BaselineRead {
  const errors: { -readonly [V in keyof BaselineRead["errors"]]: string } = {};
  const values: Partial<BaselineValues> = {};
  for (const vital of BASELINE_VITALS) {
    const { label, unit } = VITAL_FACTS[vital];
    const { minValue, maxValue } = baselineValuesSchema.shape[vital];
    const read = figureOf(texts[vital], { label: `${label}, as a baseline,`, unit, most: maxValue ?? Infinity });
    if (read === null) errors[vital] = `${label} is needed.`;
    else if ("wrong" in read) errors[vital] = read.wrong;
    else if (read.value < (minValue ?? 0))
      errors[vital] = `${label} of ${read.value} ${unit} is too low for a baseline.`;
    else values[vital] = read.value;
  }
  if (values.sbp !== undefined && values.dbp !== undefined && values.dbp >= values.sbp) {
    errors.dbp = `DBP must be below SBP (${values.sbp}).`;
  }
  const whole = baselineValuesSchema.safeParse(values);
  return { values: whole.success && Object.keys(errors).length === 0 ? whole.data : null, errors };
}

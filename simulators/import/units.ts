/** Units that others write their vitals in. */
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";

/** Factors to the unit of feeds. */
export const UNITS = {
  "/min": 1,
  "/s": 60,
  "%": 1,
  fraction: 100,
  mmHg: 1,
  kPa: 7.500_616_8,
} as const;
export type Unit = keyof typeof UNITS;

const MEASURES: { readonly [U in Unit]: "/min" | "%" | "mmHg" } = {
  "/min": "/min",
  "/s": "/min",
  "%": "%",
  fraction: "%",
  mmHg: "mmHg",
  kPa: "mmHg",
};

/** As monitors name them: ISO/IEEE 11073 by text and by number, UCUM, PhysioNet's headers. Lower case. */
const NAMES: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ["mdc_dim_beat_per_min", "/min"],
  ["264864", "/min"],
  ["mdc_dim_resp_per_min", "/min"],
  ["264928", "/min"],
  ["/min", "/min"],
  ["1/min", "/min"],
  ["{beat}/min", "/min"],
  ["{beats}/min", "/min"],
  ["{breath}/min", "/min"],
  ["{breaths}/min", "/min"],
  ["bpm", "/min"],
  ["rpm", "/min"],
  ["pm", "/min"],
  ["/s", "/s"],
  ["mdc_dim_percent", "%"],
  ["262688", "%"],
  ["%", "%"],
  ["fraction", "fraction"],
  ["mdc_dim_mmhg", "mmHg"],
  ["266016", "mmHg"],
  ["mmhg", "mmHg"],
  ["mm[hg]", "mmHg"],
  ["mdc_dim_kilo_pascal", "kPa"],
  ["265987", "kPa"],
  ["kpa", "kPa"],
]);

/** `null`: a unit that is not known, or that measures something else. */
export function factorOf(vital: Vital, unit: string): number | null {
  const known = NAMES.get(unit.trim().toLowerCase());
  return known === undefined || MEASURES[known] !== VITAL_FACTS[vital].unit ? null : UNITS[known];
}

/** To three decimals, and never −0. */
export const converted = (value: number, factor: number): number => Math.round(value * factor * 1000) / 1000 + 0;

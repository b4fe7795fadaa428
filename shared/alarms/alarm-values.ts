/** What the name of an alarm says of the values it is about: `spo2.low`, `signal-lost.hr`, `plan-elapsed`. */
import { VITALS, type Vital } from "../vitals/index.ts";

/** The vital an alarm is about, its value or its signal; `null` for others. */
export function vitalOfAlarm(alarm: string): Vital | null {
  const [first, second] = alarm.split(".");
  return VITALS.find((vital) => vital === (first === "signal-lost" ? second : first)) ?? null;
}

/** Which end of a vital's values is the worst for an alarm; `null` for alarms that no value raises. */
export function worstOfAlarm(alarm: string): "min" | "max" | null {
  if (alarm.endsWith(".low")) return "min";
  return alarm.endsWith(".high") ? "max" : null;
}

/** The worse of two values in the sense of the alarm; the other one when one is missing. */
export function worseForAlarm(alarm: string, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return worstOfAlarm(alarm) === "min" ? Math.min(a, b) : Math.max(a, b);
}

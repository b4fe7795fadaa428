/** What the log looks up among the readings of an alarm. */
import type { DatabaseSync } from "node:sqlite";
import { VITALS, type Vital } from "@vigil/shared/vitals";

/** The worst valid value that a bay's monitor sent between two inputs; `null` for alarms without a value. */
export function extremeBetween(
  database: DatabaseSync,
  bay: string,
  alarm: string,
  fromSeq: number,
  toSeq: number,
): number | null {
  const vital = isLimit(alarm) ? vitalOf(alarm) : null;
  if (vital === null) return null;
  const worst = alarm.endsWith(".low") ? "min" : "max";
  const sql = `select ${worst}(${vital}) as value from input where bay = ? and seq between ? and ?`;
  const value = database.prepare(sql).get(bay, fromSeq, toSeq)?.value;
  return typeof value === "number" ? value : null;
}

const isLimit = (alarm: string): boolean => alarm.endsWith(".low") || alarm.endsWith(".high");

/** The vital an alarm is about, its value or its signal. */
export function vitalOf(alarm: string): Vital | null {
  const [first, second] = alarm.split(".");
  return VITALS.find((vital) => vital === (first === "signal-lost" ? second : first)) ?? null;
}

export function worse(alarm: string, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return alarm.endsWith(".low") ? Math.min(a, b) : Math.max(a, b);
}

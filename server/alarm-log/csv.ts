/** The alarm log as lines of text: CSV for spreadsheets, NDJSON for programs. */
import type { Alert } from "@vigil/shared/wire";

/** An instant with the zone's offset, "2026-03-29T14:05:07.250+02:00"; empty for none. */
export type TimeText = (at: number | null) => string;

const COLUMNS: readonly (readonly [name: string, of: (alert: Alert, time: TimeText) => string | number | null])[] = [
  ["id", ({ id }) => id],
  ["raised", ({ raisedAt }, time) => time(raisedAt)],
  ["bay", ({ bay }) => bay],
  ["initials", ({ patient }) => patient.initials],
  ["name", ({ patient }) => patient.name],
  ["record_number", ({ patient }) => patient.recordNumber],
  ["session", ({ session }) => session],
  ["phase", ({ phase }) => phase],
  ["nurse", ({ nurse }) => nurse],
  ["protocol", ({ protocol }) => protocol],
  ["alarm", ({ alarm }) => alarm],
  ["vital", ({ vital }) => vital],
  ["kind", ({ kind }) => kind],
  ["priority_at_onset", ({ onsetPriority }) => onsetPriority],
  ["priority_gravest", ({ priority }) => priority],
  ["value_at_onset", ({ value }) => value],
  ["limit_at_onset", ({ limit }) => limit],
  ["extreme", ({ extreme }) => extreme],
  ["delay_ms", ({ delayMs }) => delayMs],
  ["acknowledged", ({ acknowledged }, time) => time(acknowledged?.at ?? null)],
  ["acknowledged_by", ({ acknowledged }) => acknowledged?.by ?? null],
  ["acknowledged_after_ms", ({ acknowledged }) => acknowledged?.afterMs ?? null],
  ["sound_paused_ms", ({ pausedMs }) => pausedMs],
  ["escalated", ({ rungs }) => rungs.map(({ target, state }) => `${target}: ${state}`).join("; ")],
  ["cleared", ({ clearedAt }, time) => time(clearedAt)],
  ["duration_ms", ({ durationMs }) => durationMs],
  ["ended", ({ over }, time) => time(over?.at ?? null)],
  ["ended_why", ({ over }) => over?.why ?? null],
  ["self_cleared", ({ selfCleared }) => (selfCleared ? "yes" : "no")],
  ["latched", ({ latched }) => (latched ? "yes" : "no")],
  ["actionable", ({ mark }) => mark],
];

export const CSV_HEAD = `${COLUMNS.map(([name]) => name).join(",")}\r\n`;

export const csvLine = (alert: Alert, time: TimeText): string =>
  `${COLUMNS.map(([, of]) => csvCell(of(alert, time))).join(",")}\r\n`;

export const ndjsonLine = (alert: Alert, time: TimeText): string =>
  `${JSON.stringify(Object.fromEntries(COLUMNS.map(([name, of]) => [name, of(alert, time)])))}\n`;

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"); numbers are
 * this program's own and stay numbers.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r\n]/.test(value.trimStart()) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

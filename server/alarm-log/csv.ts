/** The alarm log as lines of text: CSV for spreadsheets, NDJSON for programs. */
import { CSV_BEGINS, csvLine } from "@vigil/shared/csv";
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
  ["marked_by", ({ mark }) => mark?.by ?? null],
  ["marked_why", ({ mark }) => mark?.why ?? null],
  ["actionable", ({ mark }) => mark?.actionable ?? null],
];

export const CSV_HEAD = CSV_BEGINS + csvLine(COLUMNS.map(([name]) => name));

export const alertCsvLine = (alert: Alert, time: TimeText): string => csvLine(COLUMNS.map(([, of]) => of(alert, time)));

export const ndjsonLine = (alert: Alert, time: TimeText): string =>
  `${JSON.stringify(Object.fromEntries(COLUMNS.map(([name, of]) => [name, of(alert, time)])))}\n`;

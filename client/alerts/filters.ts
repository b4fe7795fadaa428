/** The filters of the log as they stand in the address: text in, text out, so that a link is the question itself. */
import { type AlertFilter, alertFilterSchema } from "@vigil/shared/wire";
import { wallTime } from "../ui/clinic-time.tsx";

/** What the address may hold; whatever does not parse is left out. */
export type LogSearch = Partial<{ readonly [K in keyof AlertFilter]: string }> & {
  /** The last so many hours; instead of `from` and `to`. */
  readonly last?: string;
  /** The alarm whose story is open. */
  readonly alert?: string;
};

const KEYS = [
  ...["from", "to", "bay", "patient", "nurse", "vital", "priority", "kind", "state", "over", "mark", "sort"],
] as const satisfies readonly (keyof AlertFilter)[];

export const LASTS = ["12", "24", "168", "720", "8760"] as const;

export const LAST_TEXT: { readonly [L in (typeof LASTS)[number]]: string } = {
  "12": "Last 12 hours",
  "24": "Last 24 hours",
  "168": "Last 7 days",
  "720": "Last 30 days",
  "8760": "Last year",
};

export function searchOf(given: Record<string, unknown>): LogSearch {
  const kept: Record<string, string> = {};
  for (const key of KEYS) {
    const value = given[key];
    if (value === undefined || value === null || value === "") continue;
    const text = String(value);
    if (alertFilterSchema.shape[key].safeParse(text).success) kept[key] = text;
  }
  if (LASTS.some((hours) => hours === String(given.last))) kept.last = String(given.last);
  if (/^\d{1,15}$/.test(String(given.alert))) kept.alert = String(given.alert);
  return kept;
}

/** For the address, in which a number is a number. */
export const addressOf = (search: { readonly [key: string]: string }): Record<string, string | number> =>
  Object.fromEntries(Object.entries(search).map(([key, text]) => [key, /^\d{1,15}$/.test(text) ? Number(text) : text]));

/** The question to the server. `now` is taken to the minute, so that the same question is asked again and again. */
export function queryOf(search: LogSearch, now: number): URLSearchParams {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = search[key];
    if (value !== undefined) query.set(key, value);
  }
  if (search.last !== undefined) {
    query.set("from", String(Math.floor(now / 60_000) * 60_000 - Number(search.last) * 3_600_000));
  }
  return query;
}

/** From yesterday evening until this morning, by the clock on the clinic's wall. */
export function lastNight(now: number, zone: string): { readonly from: string; readonly to: string } {
  const today = wallTime(now, zone).slice(0, 10);
  const yesterday = new Date(Date.parse(`${today}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return { from: `${yesterday}T19:00`, to: `${today}T08:00` };
}

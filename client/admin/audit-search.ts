/** The filters of the audit as they stand in the address, and an entry's detail in words. */
import { auditFilterSchema } from "@vigil/shared/wire";

export const LAST_TEXT = {
  "1": "Last hour",
  "24": "Last 24 hours",
  "168": "Last 7 days",
  "720": "Last 30 days",
} as const;

export type AuditSearch = Partial<Record<"last" | "person" | "action" | "outcome", string>>;

/** Whatever does not parse is left out. */
export function auditSearchOf(given: Readonly<Record<string, unknown>>): AuditSearch {
  const search: AuditSearch = {};
  for (const key of ["person", "action", "outcome"] as const) {
    const text = String(given[key] ?? "");
    if (text !== "" && auditFilterSchema.shape[key].safeParse(text).success) search[key] = text;
  }
  const last = String(given.last ?? "");
  if (Object.hasOwn(LAST_TEXT, last)) search.last = last;
  return search;
}

/** The question to the server. `now` is taken to the minute, so that the same question is asked again and again. */
export function queryOf({ last, ...filter }: AuditSearch, now: number): string {
  const query = new URLSearchParams(filter);
  if (last !== undefined) query.set("from", String(Math.floor(now / 60_000) * 60_000 - Number(last) * 3_600_000));
  return query.toString();
}

export const valueText = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "–");

/** What binds an entry to the row it tells of is for programs. */
const FOR_PROGRAMS: readonly string[] = ["inputHash", "table", "row", "rowHash", "earlier"];

/** "vital hr · reason shivering · session s1" */
export const detailText = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .filter(([key, value]) => !FOR_PROGRAMS.includes(key) && value !== null && value !== undefined)
    .map(([key, value]) => `${key} ${valueText(value)}`)
    .join(" · ");

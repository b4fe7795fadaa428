export const PERIODS = [
  { days: 1, text: "Day" },
  { days: 7, text: "7 days" },
  { days: 30, text: "30 days" },
  { days: 365, text: "Year" },
] as const;

/** The question of the measures as it stands in the address. */
export interface MeasuresSearch {
  /** So many days up to now; instead of `from` and `to`. */
  readonly days?: string;
  /** Days on the clinic's wall, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly bay?: string;
  readonly nurse?: string;
  readonly protocol?: string;
  /** "19-7" */
  readonly hours?: string;
}

export const HOURS = [
  ["", "All day"],
  ["7-13", "7–13"],
  ["13-19", "13–19"],
  ["19-7", "19–7"],
  ...Array.from({ length: 24 }, (_, hour) => [`${hour}-${hour + 1}`, `${hour}–${hour + 1}`] as const),
] as const;

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

/** What the address may hold; whatever does not parse is left out. A whole period of one's own, or the last days. */
export function measuresSearchOf(given: Record<string, unknown>): MeasuresSearch {
  const text = (key: string): string => String(given[key] ?? "");
  const [from, to] = [text("from"), text("to")];
  const isOwn = isDay(from) && isDay(to) && from <= to;
  const days = PERIODS.find((period) => String(period.days) === text("days"));
  return {
    ...(isOwn ? { from, to } : days === undefined ? {} : { days: String(days.days) }),
    ...(text("bay") === "" ? {} : { bay: text("bay") }),
    ...(text("nurse") === "" ? {} : { nurse: text("nurse") }),
    ...(text("protocol") === "" ? {} : { protocol: text("protocol") }),
    ...(HOURS.some(([hours]) => hours !== "" && hours === text("hours")) ? { hours: text("hours") } : {}),
  };
}

const USUAL_DAYS = 30;

/** The question to the server. `now` is taken to the minute. */
export function measuresQueryOf({ days, ...asked }: MeasuresSearch, now: number): string {
  const query = new URLSearchParams(Object.entries(asked));
  if (asked.from === undefined) {
    const to = Math.ceil(now / 60_000) * 60_000;
    query.set("from", String(to - Number(days ?? USUAL_DAYS) * 86_400_000));
    query.set("to", String(to));
  }
  return query.toString();
}

/** Two figures that count: "0.42", "4.2", "42". */
export const figure = (value: number): string =>
  value >= 10 ? Math.round(value).toLocaleString("en-GB") : value.toFixed(value >= 1 ? 1 : 2);

export const countText = (count: number): string => count.toLocaleString("en-GB");

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

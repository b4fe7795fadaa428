export const PERIODS = [
  { days: 1, text: "Day" },
  { days: 7, text: "7 days" },
  { days: 30, text: "30 days" },
  { days: 365, text: "Year" },
] as const;

export const periodOf = (search: Record<string, unknown>) =>
  PERIODS.find(({ days }) => String(days) === String(search.days)) ?? PERIODS[2];

/** Two figures that count: "0.42", "4.2", "42". */
export const figure = (value: number): string =>
  value >= 10 ? Math.round(value).toLocaleString("en-GB") : value.toFixed(value >= 1 ? 1 : 2);

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The chart of a session whose readings were thinned, from what was kept of it. */
import { decimate, type SessionChart, sessionChartSchema } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";

export interface ChartWindow {
  readonly from?: AtMs | undefined;
  readonly to?: AtMs | undefined;
  readonly buckets?: number | undefined;
}

/** @param kept as it was kept, one stretch a minute; `at`: now */
export function thinnedChart(
  kept: string,
  { from: wantedFrom, to: wantedTo, buckets = 1_000 }: ChartWindow,
  at: AtMs,
): SessionChart {
  const told: unknown = JSON.parse(kept);
  const chart = sessionChartSchema.parse(told);
  const from = wantedFrom ?? chart.openedAt;
  const to = Math.max(from + 1, wantedTo ?? chart.to);
  const shown = (series: SessionChart["vitals"]["hr"]) => {
    if (series === null) return null;
    const { at: instants, value } = decimate(series, { from, to, buckets });
    return { at: [...instants], value: [...value] };
  };
  const { hr, spo2, rr } = chart.vitals;
  return {
    ...chart,
    ...{ at, from, to },
    vitals: { hr: shown(hr), spo2: shown(spo2), rr: shown(rr) },
    cuffs: chart.cuffs.filter((cuff) => cuff.at >= from && cuff.at <= to),
  };
}

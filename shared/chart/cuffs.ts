import type { DecimateWindow } from "./decimate.ts";
import type { Cuff } from "./session-chart.ts";

/** The mean of a measurement, mmHg; estimated where the monitor, or whoever measured by hand, gave none. */
export interface MeanPressure {
  readonly value: number;
  readonly isEstimated: boolean;
}

/** Of a measurement without a mean: a third of the way from diastolic to systolic, as is usual. `null`: not to be told. */
export function meanPressure({ sbp, dbp, map }: Pick<Cuff, "sbp" | "dbp" | "map">): MeanPressure | null {
  if (map !== null) return { value: map, isEstimated: false };
  return sbp === null || dbp === null ? null : { value: (sbp + 2 * dbp) / 3, isEstimated: true };
}

/**
 * The measurements in a window. A cuff gives a few an hour and all stay; an arterial line gives one a second, and of
 * those each stretch keeps its first and the lowest and highest of each pressure.
 */
export function decimateCuffs(cuffs: readonly Cuff[], { from, to, buckets }: DecimateWindow): Cuff[] {
  const inside = cuffs.filter(({ at }) => at >= from && at <= to);
  if (inside.length <= buckets) return inside;
  const stretches = Map.groupBy(inside, ({ at }) => Math.floor(((at - from) / (to - from)) * buckets));
  return [...stretches.values()].flatMap((stretch) => {
    const kept = new Set(stretch.slice(0, 1));
    for (const pressure of ["sbp", "dbp", "map"] as const) {
      for (const worse of [lower, higher]) {
        const extreme = stretch.reduce((best, cuff) => (worse(cuff[pressure], best[pressure]) ? cuff : best));
        kept.add(extreme);
      }
    }
    return stretch.filter((cuff) => kept.has(cuff));
  });
}

const lower = (a: number | null, b: number | null): boolean => a !== null && (b === null || a < b);
const higher = (a: number | null, b: number | null): boolean => a !== null && (b === null || a > b);

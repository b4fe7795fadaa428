import type { DecimateWindow } from "./decimate.ts";
import type { Cuff } from "./session-chart.ts";

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

/** The table of readings: on the protocol's grid, as a person with a pen would chart it. */
import type { AtMs, DurationMs } from "../ids/index.ts";
import { cuffIntervalMs, type Phase, type Session } from "../session/index.ts";
import type { CONTINUOUS_VITALS } from "../vitals/index.ts";
import { nearestValue, type Series } from "./decimate.ts";
import type { Cuff, GridCell, GridRow, PhaseSpan } from "./session-chart.ts";

export interface GridFacts {
  readonly session: Session;
  readonly phases: readonly PhaseSpan[];
  /** Until when the table goes. */
  readonly until: AtMs;
  readonly series: { readonly [V in (typeof CONTINUOUS_VITALS)[number]]: Series | null };
  /** When a continuous vital is stale: a value further away says nothing of the instant. */
  readonly staleAfterMs: { readonly [V in (typeof CONTINUOUS_VITALS)[number]]: DurationMs };
  /** Oldest first. */
  readonly cuffs: readonly Cuff[];
}

const LEAST_STEP_MS = 60_000;

/** The grid is the protocol's cuff programme, on round times of the clock: every 5 min, later every 15. */
function stepMs(session: Session, phase: Phase): DurationMs {
  return Math.max(LEAST_STEP_MS, cuffIntervalMs({ ...session, phase }));
}

/**
 * One row for each instant of the grid. A cell is the nearest valid value that is not stale for the instant, and of the
 * cuff the nearest measurement within half a step, so that each is charted once; otherwise it is empty.
 */
export function readingsGrid(facts: GridFacts): GridRow[] {
  const rows: GridRow[] = [];
  for (const { phase, from, to } of facts.phases) {
    const step = stepMs(facts.session, phase);
    const end = Math.min(to ?? facts.until, facts.until);
    for (let at = Math.ceil(from / step) * step; at < end; at += step) rows.push(gridRow(facts, phase, at, step));
  }
  return rows;
}

function gridRow({ series, staleAfterMs, cuffs }: GridFacts, phase: Phase, at: AtMs, step: DurationMs): GridRow {
  const continuous = (vital: (typeof CONTINUOUS_VITALS)[number]): GridCell => {
    const of = series[vital];
    const found = of === null ? null : nearestValue(of, at, Math.min(staleAfterMs[vital], step / 2));
    return found === null ? null : { ...found, manual: false };
  };
  const cuff = nearestCuff(cuffs, at, step / 2);
  const pressure = (of: "sbp" | "dbp" | "map"): GridCell => {
    const value = cuff?.[of] ?? null;
    return cuff === null || value === null ? null : { value, at: cuff.at, manual: cuff.manual };
  };
  return {
    at,
    phase,
    cells: {
      hr: continuous("hr"),
      spo2: continuous("spo2"),
      rr: continuous("rr"),
      sbp: pressure("sbp"),
      dbp: pressure("dbp"),
      map: pressure("map"),
    },
  };
}

function nearestCuff(cuffs: readonly Cuff[], at: AtMs, withinMs: DurationMs): Cuff | null {
  let nearest: Cuff | null = null;
  for (const cuff of cuffs) {
    const away = Math.abs(cuff.at - at);
    // Half-way belongs to the later instant, so that no measurement is charted twice.
    if (away > withinMs || cuff.at === at + withinMs) continue;
    if (nearest === null || away < Math.abs(nearest.at - at)) nearest = cuff;
  }
  return nearest;
}

/** The table of readings: on the protocol's grid, as a person with a pen would chart it. */
import type { AtMs, DurationMs } from "../ids/index.ts";
import { cuffIntervalMs, type Phase, type Session } from "../session/index.ts";
import type { CONTINUOUS_VITALS } from "../vitals/index.ts";
import { nearestValue, type Series } from "./decimate.ts";
import type { Cuff, GridCell, GridRow, HandSigns, PhaseSpan } from "./session-chart.ts";

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
  /** Read off by a person, oldest first. */
  readonly signs: readonly HandSigns[];
}

const LEAST_STEP_MS = 60_000;
/** A week at a row a minute. What a file says of a session may be nonsense: it must not be charted for ever. */
const MOST_ROWS = 10_080;

/** The grid is the protocol's cuff programme, on round times of the clock: every 5 min, later every 15. */
function stepMs(session: Session, phase: Phase): DurationMs {
  return Math.max(LEAST_STEP_MS, cuffIntervalMs({ ...session, phase }));
}

/**
 * One row for each instant of the grid. A cell is the nearest valid value that is not stale for the instant, and of the
 * cuff the nearest measurement within half a step, so that each is charted once; otherwise it is empty. Where the monitor
 * had no value, what a person read off within half a step stands.
 */
export function readingsGrid(facts: GridFacts): GridRow[] {
  const rows: GridRow[] = [];
  for (const { phase, from, to } of facts.phases) {
    const step = stepMs(facts.session, phase);
    const end = Math.min(to ?? facts.until, facts.until);
    for (let at = Math.ceil(from / step) * step; at < end && rows.length < MOST_ROWS; at += step) {
      rows.push(gridRow(facts, phase, at, step));
    }
  }
  return rows;
}

function gridRow({ series, staleAfterMs, cuffs, signs }: GridFacts, phase: Phase, at: AtMs, step: DurationMs): GridRow {
  const continuous = (vital: (typeof CONTINUOUS_VITALS)[number]): GridCell => {
    const of = series[vital];
    const found = of === null ? null : nearestValue(of, at, Math.min(staleAfterMs[vital], step / 2));
    if (found !== null) return { ...found, manual: false };
    const byHand = nearest(
      signs.filter((sign) => sign[vital] !== null),
      at,
      step / 2,
    );
    const value = byHand?.[vital] ?? null;
    return byHand === null || value === null ? null : { value, at: byHand.at, manual: true };
  };
  const cuff = nearest(cuffs, at, step / 2);
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

function nearest<One extends { readonly at: AtMs }>(all: readonly One[], at: AtMs, withinMs: DurationMs): One | null {
  let found: One | null = null;
  for (const one of all) {
    const away = Math.abs(one.at - at);
    // Half-way belongs to the later instant, so that no measurement is charted twice.
    if (away > withinMs || one.at === at + withinMs) continue;
    if (found === null || away < Math.abs(found.at - at)) found = one;
  }
  return found;
}

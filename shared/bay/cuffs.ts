/** The last two measurements of a cuff pressure, by the monitor and by hand, in the order of time. */
import type { AtMs } from "../ids/index.ts";

/** One measurement, with what else was fresh when it was taken. */
export interface CuffPoint {
  readonly at: AtMs;
  readonly value: number;
  readonly beside: { readonly hr: number | null; readonly spo2: number | null };
}

/** Of one cuff pressure; each list holds at most two, oldest first. */
export interface Cuffs {
  /** By the monitor alone: what counts again when a charted value is taken back. */
  readonly measured: readonly CuffPoint[];
  /** By whomever: the last is the value in force. */
  readonly counted: readonly CuffPoint[];
}

export const NO_CUFFS: Cuffs = { measured: [], counted: [] };

export const measuredNow = ({ measured, counted }: Cuffs, point: CuffPoint): Cuffs => ({
  measured: [...measured.slice(-1), point],
  counted: [...counted.slice(-1), point],
});

/** With these charted ones among those of the monitor. */
export const withCharted = ({ measured }: Cuffs, charted: readonly CuffPoint[]): Cuffs => ({
  measured,
  counted: [...measured, ...charted].sort((a, b) => a.at - b.at).slice(-2),
});

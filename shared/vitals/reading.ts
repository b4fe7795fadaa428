import type { AtMs } from "../ids/index.ts";
import type { Vital } from "./vital.ts";

/** Values of one message: a vital left out was not measured in it; `null` means the monitor reports no valid value. */
export type ReadingValues = { readonly [V in Vital]?: number | null | undefined };

/** One message of values at one instant. */
export interface Reading {
  /** When it came in, by our clock: assigned once, at the door. */
  readonly at: AtMs;
  /** When it was measured, by the device's clock; `null` when the device does not say. */
  readonly measuredAt: AtMs | null;
  /** Seconds between readings of the continuous vitals, as the monitor declares; `null` when it does not say. */
  readonly cadenceS: number | null;
  readonly values: ReadingValues;
}

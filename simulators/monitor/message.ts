import type { AtMs } from "@vigil/shared/ids";
import type { ReadingValues } from "@vigil/shared/vitals";

/** One message of a monitor. */
export interface Message {
  /** By the monitor's own clock. */
  readonly measuredAt: AtMs;
  /** Seconds between its messages, as it declares. */
  readonly cadenceS: number;
  readonly values: ReadingValues;
}

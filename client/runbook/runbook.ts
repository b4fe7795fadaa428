/** The form of a runbook: short enough to be read in 20 seconds by someone on the way to a bay. */
import type { AlarmId, AlarmKind } from "@vigil/shared/alarms";
import type { DisplayAlarmId } from "../ui/display-alarms.ts";

/** Every alarm there is: what the engine raises, and what a display finds by itself. */
export type RunbookId = AlarmId | DisplayAlarmId;

export interface Runbook {
  readonly title: string;
  readonly kind: AlarmKind;
  readonly means: string;
  /** In the order in which to do it. */
  readonly first: readonly string[];
  readonly causes: readonly string[];
  /** Where what is said comes from. */
  readonly source: string;
}

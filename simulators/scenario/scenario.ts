/**
 * A scenario: what kind of patient comes, what befalls them and their monitor on a time line, what people do beside the
 * ordinary course, and which alarms that must raise. Ranges are drawn anew for each session.
 */
import type { AlarmId } from "@vigil/shared/alarms";
import type { Priority } from "@vigil/shared/protocol";
import type { Command, Plan } from "@vigil/shared/session";
import type { Fault, MonitorSettings } from "../monitor/index.ts";
import type { Constitution, Kinetics, Truth } from "../patient/index.ts";
import type { Range } from "../random/index.ts";

/** Where a time line begins: the session's opening, the start of the infusion, or its end. */
export const MARKS = ["opening", "infusion", "end"] as const;
export type Mark = (typeof MARKS)[number];

/** Rises, holds and falls; changes of the body, of its breathing, of the monitor, its clock or its line. */
export interface Episode {
  readonly since: Mark;
  readonly fromMin: Range;
  /** Comes again after so many minutes, until `untilMin`; `undefined`: it comes once. */
  readonly again?: { readonly everyMin: Range; readonly untilMin: number } | undefined;
  readonly riseS: Range;
  readonly holdS: Range;
  readonly fallS: Range;
  /** By how much each vital changes at its height, in its unit. */
  readonly changes?: { readonly [V in keyof Truth]?: Range | undefined } | undefined;
  /** Breathing stops or is shallow while it holds; `depth` 1 is no breathing at all. */
  readonly apnoea?: { readonly depth: Range; readonly obstructed: boolean } | undefined;
  readonly fault?: Fault | undefined;
  /** Seconds that each message is under way while it holds. */
  readonly delayS?: Range | undefined;
  /** The monitor's clock is off by `stepS`, and by `driftSPerMin` more each minute, while it holds. */
  readonly clock?: { readonly stepS: Range; readonly driftSPerMin: Range } | undefined;
}

/** What somebody does once, beside the nurse's ordinary course. */
export interface ScriptedAct {
  readonly since: Mark;
  readonly atMin: Range;
  readonly command: Command;
}

export interface ExpectedAlarm {
  readonly alarm: AlarmId;
  /** The highest priority it reaches is one of these. */
  readonly priority: readonly Priority[];
  /** `false`: it may stay away. */
  readonly always: boolean;
  /** Minutes after the start of the infusion between which it is first raised; `undefined`: whenever. */
  readonly firstMin?: Range | undefined;
  /** How often it is raised; `undefined`: however often. */
  readonly times?: Range | undefined;
}

export interface Scenario {
  /** Lower-case words with hyphens; the file's name without its ending. */
  readonly name: string;
  /** One line for lists. */
  readonly says: string;
  readonly patient: Constitution;
  readonly kinetics: Kinetics;
  readonly plan: Plan;
  readonly monitor: MonitorSettings;
  readonly episodes: readonly Episode[];
  readonly acts: readonly ScriptedAct[];
  /** Every alarm of a session beside those of the ordinary course. */
  readonly expect: readonly ExpectedAlarm[];
}

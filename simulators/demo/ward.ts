/** The demonstration ward: eight bays that stand at different points of a session. Most are calm: colour is rare. */
import { type BayId, bayIdSchema } from "@vigil/shared/ids";
import type { Pace } from "../bedside/index.ts";

export interface DemoBay {
  readonly bay: BayId;
  /** How long ago its session opened; `null`: the bay is free. */
  readonly openedMinAgo: number | null;
  /** What its patient brings, and what later ones may, all equally likely. */
  readonly first: string;
  /** Who the first patient is; the later ones come without a record number. */
  readonly identity?: { readonly initials: string; readonly recordNumber: string };
  readonly later: readonly [string, ...string[]];
}

export const DEMO_PACE: Pace = { preparationMin: [5.5, 6.5], turnoverMin: [5, 11] };
const PREPARATION_MIN = 6;
const INFUSION_MIN = 40;
const RECOVERY_MIN = 60;

const demoBay = (id: string, openedMinAgo: number | null, first: string, ...later: [string, ...string[]]): DemoBay => {
  const identity = IDENTITIES.get(id);
  return { bay: bayIdSchema.parse(id), openedMinAgo, first, later, ...(identity === undefined ? {} : { identity }) };
};

/** Two are in the middle of a course (courses.ts), the others are here for the first time. */
const IDENTITIES = new Map([
  ["1", { initials: "GT", recordNumber: "KT-1060" }],
  ["2", { initials: "RM", recordNumber: "KT-1042" }],
  ["3", { initials: "FS", recordNumber: "KT-1061" }],
  ["4", { initials: "HW", recordNumber: "KT-1062" }],
  ["5", { initials: "LP", recordNumber: "KT-1047" }],
  ["6", { initials: "OD", recordNumber: "KT-1063" }],
  ["7", { initials: "BV", recordNumber: "KT-1064" }],
]);

export const DEMO_WARD: readonly DemoBay[] = [
  demoBay("1", 4, "calm", "calm"),
  demoBay("2", PREPARATION_MIN + 6, "calm", "calm", "calm", "bradycardia"),
  demoBay("3", PREPARATION_MIN + 22, "calm", "calm", "calm", "hypertensive-surge"),
  demoBay("4", PREPARATION_MIN + 37, "calm", "calm"),
  demoBay("5", PREPARATION_MIN + INFUSION_MIN + RECOVERY_MIN - 20, "calm", "calm", "calm", "probe-off"),
  demoBay("6", PREPARATION_MIN + INFUSION_MIN + RECOVERY_MIN - 2.5, "calm", "calm"),
  demoBay("7", PREPARATION_MIN + 17, "desaturation", "desaturation", "bradycardia", "monitor-dropout"),
  demoBay("8", null, "calm", "calm", "calm", "hypertensive-surge"),
];

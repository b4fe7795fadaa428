import type { BoardAlarm, BoardRow, BoardVital } from "@vigil/shared/board";
import { type AtMs, bayIdSchema, boardIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Frame, FrameReading, Snapshot } from "@vigil/shared/wire";

const bayId = (name: string) => bayIdSchema.parse(name);
export const sessionId = (name: string) => sessionIdSchema.parse(name);
export const BOARD = boardIdSchema.parse("ward");

export const vital = (value: number | null, at: AtMs | null, staleAfterMs = 5_000): BoardVital => ({
  value,
  at,
  staleAfterMs,
  low: null,
  high: null,
});

/** A free bay; what a test is about is given. */
export function row(bay: string, given: Partial<BoardRow> = {}): BoardRow {
  const none = vital(null, null);
  return {
    bay: bayId(bay),
    sessionId: null,
    phase: null,
    initials: null,
    infusionStartedAt: null,
    ranMs: 0,
    runningSince: null,
    plannedMs: null,
    recoveryStartedAt: null,
    recoveryMinimumAt: null,
    baselineTaken: false,
    monitor: "talking",
    lastMessageAt: null,
    cuffDueAt: null,
    observationDueAt: null,
    vitals: { hr: none, spo2: none, rr: none, sbp: none, dbp: none, map: none },
    alarms: [],
    audioPausedUntil: null,
    alarmsOff: [],
    ...given,
  };
}

/** A bay that infuses since `from`. */
export function infusing(bay: string, from: AtMs, given: Partial<BoardRow> = {}): BoardRow {
  return row(bay, {
    sessionId: sessionId(`s-${bay}`),
    phase: "infusing",
    initials: "A.R.",
    infusionStartedAt: from,
    runningSince: from,
    plannedMs: 40 * 60_000,
    baselineTaken: true,
    ...given,
  });
}

export const alarm = (given: Partial<BoardAlarm> = {}): BoardAlarm => ({
  id: "spo2.low",
  kind: "physiological",
  condition: "present",
  tier: "critical",
  priority: "high",
  raisedAt: 0,
  value: 89,
  extreme: 88,
  limit: 90,
  acknowledged: false,
  annunciation: "sounding",
  callsSince: 0,
  remindedAt: null,
  escalatedTo: null,
  ...given,
});

export const snapshot = (rows: readonly BoardRow[], given: Partial<Snapshot> = {}): Snapshot => ({
  board: { id: BOARD, name: "Ward", bays: rows.map(({ bay }) => ({ id: bay, name: String(bay) })) },
  epoch: "first",
  seq: 10,
  at: 1_000_000,
  zone: "UTC",
  rows,
  trends: rows.map(() => ({ buckets: [], cuffs: [] })),
  flood: null,
  ...given,
});

export const frame = (seq: number, given: Partial<Frame> = {}): Frame => ({
  board: BOARD,
  seq,
  at: 1_000_000,
  readings: [],
  rows: [],
  alarms: [],
  flood: null,
  ...given,
});

export const reading = (index: number, at: AtMs, hr: number | null, spo2: number | null = null): FrameReading => [
  index,
  at,
  hr,
  spo2,
  null,
  null,
  null,
  null,
];

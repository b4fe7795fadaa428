/**
 * The whole session as a bay's own page and the record show it: facts, and for what changes by itself the facts to compute
 * it from, so that whoever shows it ticks on without asking. Plain data that survives JSON; instants in ms since epoch.
 */
import type { AtMs, BayId, CommandId, DurationMs, SessionId } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import {
  type ActCommand,
  type Actor,
  type Confirmation,
  type Criterion,
  type DissociationCourse,
  type Dose,
  type DoseCourse,
  dischargeCriteria,
  dissociationCourse,
  doseAt,
  doseCourse,
  infusionElapsedMs,
  infusionPausedMs,
  isConfirmed,
  isLate,
  isTimed,
  isUndoable,
  type MissedObservation,
  missedObservations,
  observationDueAt,
  type PlanFigures,
  type PlanStep,
  planArithmetic,
  planFigures,
  plannedEndAt,
  plannedMs,
  recoveryMinimumAt,
  type Session,
  type SessionFacts,
  type TimeCorrection,
  toldActs,
  UNDO_WITHIN_MS,
} from "../session/index.ts";
import type { Bay } from "./bay.ts";
import { cuffDueAt, dischargeFacts } from "./conditions.ts";

/** One line of the timeline: what was done, when, by whom, and whether it still counts. */
export interface TimelineEntry {
  readonly id: CommandId;
  readonly command: ActCommand;
  readonly by: Actor;
  readonly at: AtMs;
  readonly enteredAt: AtMs;
  readonly late: boolean;
  /** How its time was put right, oldest first. */
  readonly corrections: readonly TimeCorrection[];
  /** Its time can be corrected. */
  readonly timed: boolean;
  /** Until when it can be taken back; `null` when it cannot, or is already. */
  readonly undoUntil: AtMs | null;
  /** Who took it back, and when; `null` when it counts. */
  readonly undone: { readonly name: string; readonly at: AtMs } | null;
}

export interface CheckView {
  readonly check: string;
  readonly confirmed: boolean;
  readonly needsSecond: boolean;
  readonly first: Confirmation["first"] | null;
  readonly second: Confirmation["second"];
}

export interface SessionView extends SessionFacts {
  readonly id: SessionId;
  readonly bay: BayId;
  readonly protocol: Protocol;
  readonly edition: number;
  readonly openedAt: AtMs;
  /** Of the plan that is set: every figure that follows, and how; `null` and none before. */
  readonly figures: PlanFigures | null;
  readonly arithmetic: readonly PlanStep[];
  readonly startChecks: readonly CheckView[];
  readonly dischargeChecks: readonly CheckView[];
  /** The dose at any instant (`doseAt`); `null` before a plan is set. */
  readonly dose: DoseCourse | null;
  readonly plannedMs: DurationMs | null;
  readonly plannedEndAt: AtMs | null;
  readonly recoveryMinimumAt: AtMs | null;
  readonly observationDueAt: AtMs | null;
  /** Slots of the schedule that nobody kept, or kept late. */
  readonly missedObservations: readonly MissedObservation[];
  readonly cuffDueAt: AtMs | null;
  readonly dissociation: DissociationCourse;
  /** From the first infusion on; when the session has ended, as they were then. */
  readonly criteria: readonly Criterion[];
  /** What is true at one instant only. */
  readonly now: {
    readonly at: AtMs;
    readonly elapsedMs: DurationMs;
    readonly pausedMs: DurationMs;
    readonly dose: Dose | null;
  };
  /** By the time at which it was done. */
  readonly timeline: readonly TimelineEntry[];
}

/** The open session, or the last that ended at this bay; `null` when there is neither. `bay` must be settled to `at`. */
export function sessionView(bay: Bay, at: AtMs): SessionView | null {
  const session = bay.session ?? bay.ended;
  if (session === null) return null;
  const { acts: _acts, origin: _origin, ...facts } = session;
  const { plan, patient, infusion, ending, protocol } = session;
  const dose = doseCourse(session);
  return {
    ...facts,
    bay: bay.id,
    figures: plan === null ? null : planFigures(plan, patient.weightKg),
    arithmetic: plan === null ? [] : planArithmetic(plan, patient.weightKg),
    startChecks: protocol.startChecks.map((check) => checkView(session, "start", check)),
    dischargeChecks: protocol.dischargeChecks.map((check) => checkView(session, "discharge", check)),
    dose,
    plannedMs: plannedMs(session),
    plannedEndAt: plannedEndAt(session),
    recoveryMinimumAt: recoveryMinimumAt(session),
    observationDueAt: observationDueAt(session),
    missedObservations: missedObservations(session, at),
    cuffDueAt: cuffDueAt(bay),
    dissociation: dissociationCourse(session.observations),
    criteria:
      ending !== null ? ending.criteria : infusion === null ? [] : dischargeCriteria(session, dischargeFacts(bay), at),
    now: {
      at,
      elapsedMs: infusion === null ? 0 : infusionElapsedMs(infusion, at),
      pausedMs: infusion === null ? 0 : infusionPausedMs(infusion, at),
      dose: dose === null ? null : doseAt(dose, at),
    },
    timeline: timelineOf(session),
  };
}

function checkView(session: Session, part: Confirmation["part"], check: string): CheckView {
  const found = session.confirmed.find((each) => each.part === part && each.check === check);
  return {
    check,
    confirmed: isConfirmed(session, part, check),
    needsSecond: session.protocol.secondPersonChecks.includes(check),
    first: found?.first ?? null,
    second: found?.second ?? null,
  };
}

function timelineOf({ acts }: Session): readonly TimelineEntry[] {
  return toldActs(acts)
    .map(
      ({ act, at, corrections, undoing }): TimelineEntry => ({
        id: act.id,
        command: act.command,
        by: act.by,
        at,
        enteredAt: act.enteredAt,
        late: isLate(act),
        corrections,
        timed: undoing === null && isTimed(act),
        undoUntil: undoing === null && isUndoable(act) ? act.enteredAt + UNDO_WITHIN_MS : null,
        undone: undoing === null ? null : { name: undoing.by.name, at: undoing.enteredAt },
      }),
    )
    .sort((a, b) => a.at - b.at);
}

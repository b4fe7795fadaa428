/**
 * A nurse who does by the protocol what a session needs, one thing at a time, at a person's pace. She goes by what the
 * server says and looks after her own sessions only: what somebody opened in a browser is theirs.
 */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Command, RefusalCode } from "@vigil/shared/session";
import type { Mind } from "../patient/index.ts";
import { type Random, type Range, randomFrom } from "../random/index.ts";
import type { BayView } from "./view.ts";
import { scoreOfWell } from "./well.ts";

export interface Pace {
  /** From opening the session to starting the infusion, minutes. */
  readonly preparationMin: Range;
  /** From one patient's leaving to the next one's coming, minutes. */
  readonly turnoverMin: Range;
  /** Mostly she comes as soon as ever, sometimes much later. */
  readonly answersUnevenly?: true;
}

/** What she sees that the row does not say. */
export interface Sight {
  /** A cuff pressure came since the session opened. */
  readonly pressureTaken: boolean;
  readonly drugRanMs: DurationMs;
  /** What the patient says and shows when she looks. */
  readonly mind: () => Mind;
}

export interface Nurse {
  /** What she does now for the open session; `null`: nothing. */
  next(at: AtMs, view: BayView, sight: Sight): Command | null;
  /** What became of her last command; `null`: it was carried out. */
  told(at: AtMs, command: Command, refused: RefusalCode | "unreachable" | null): void;
}

const BETWEEN_ACTS_S: Range = [4, 9];
const AFTER_REFUSAL_MS = 30_000;
/** She begins with the discharge confirmations this long before the minimum is over. */
const CONFIRMS_BEFORE_MS = 6 * 60_000;
/** High alarms and those that latched are seen to soon, medium ones when they stay. */
const SEES_HIGH_AFTER_MS = 14_000;
const SEES_MEDIUM_AFTER_MS = 45_000;

/** What she saw holds for so long. */
const ASSESSED_FOR_MS = 10 * 60_000;
const LOOKS_AGAIN_MS = 3 * 60_000;

export function newNurse(seed: number, session: string, protocol: Protocol, pace: Pace): Nurse {
  const random: Random = randomFrom(seed, `nurse/${session}`);
  const preparationMs = random.within(pace.preparationMin) * 60_000;
  const endsLateMs = random.within([3, 20]) * 1000;
  const readyLateMs = random.within([60, 200]) * 1000;
  const leavesLateMs = random.within([60, 180]) * 1000;
  const confirmed = new Set<string>();
  let since: AtMs | null = null;
  let readySince: AtMs | null = null;
  let escortNamed = !protocol.dischargeFacts.includes("escort-named");
  /** When she last looked at everything that discharge asks for. */
  let assessedAt = Number.NEGATIVE_INFINITY;
  let busyUntil = Number.NEGATIVE_INFINITY;

  const unconfirmed = (checks: readonly string[]): Command | null => {
    const check = checks.find((each) => !confirmed.has(each));
    return check === undefined ? null : { type: "confirm-check", check };
  };

  const slownessAt = (raisedAt: AtMs): number =>
    pace.answersUnevenly ? 0.4 + 7 * randomFrom(seed, `answer/${session}/${raisedAt}`).within([0, 1]) ** 4 : 1;

  function alarmToAcknowledge(at: AtMs, view: BayView): Command | null {
    const alarm = view.alarms.find(({ acknowledged, condition, priority, raisedAt }) => {
      if (acknowledged || priority === "low") return false;
      const usual = priority === "high" || condition === "gone" ? SEES_HIGH_AFTER_MS : SEES_MEDIUM_AFTER_MS;
      return at - raisedAt >= usual * slownessAt(raisedAt);
    });
    return alarm === undefined ? null : { type: "acknowledge-alarm", alarm: alarm.id };
  }

  function observes(at: AtMs, view: BayView, sight: Sight): Command | null {
    return view.observationDueAt === null || at < view.observationDueAt ? null : observation(view, sight);
  }

  function observation({ phase }: BayView, { mind }: Sight): Command {
    const seen = mind();
    const recovers = phase === "recovery" || phase === "ready";
    return { type: "record-observation", observation: recovers ? { ...seen, score: scoreOfWell(protocol) } : seen };
  }

  function prepares(at: AtMs, openedAt: AtMs, view: BayView, sight: Sight): Command | null {
    if (!view.baselineTaken && sight.pressureTaken) return { type: "record-baseline" };
    const check = unconfirmed(protocol.startChecks);
    if (check !== null) return check;
    return view.baselineTaken && at >= openedAt + preparationMs ? { type: "start-infusion" } : null;
  }

  function watchesRecovery(at: AtMs, view: BayView, sight: Sight): Command | null {
    if (view.recoveryMinimumAt === null || at < view.recoveryMinimumAt - CONFIRMS_BEFORE_MS) return null;
    const check = unconfirmed(protocol.dischargeChecks);
    if (check !== null) return check;
    if (!escortNamed) return { type: "name-escort", name: "Escort of the patient", phone: "555 0100" };
    if (at < view.recoveryMinimumAt + readyLateMs) return null;
    return at - assessedAt < ASSESSED_FOR_MS ? { type: "declare-ready" } : observation(view, sight);
  }

  function forPhase(at: AtMs, view: BayView, sight: Sight): Command | null {
    since ??= at;
    readySince = view.phase === "ready" ? (readySince ?? at) : null;
    switch (view.phase) {
      case "preparation":
        return prepares(at, since, view, sight);
      case "infusing":
        return view.plannedMs !== null && sight.drugRanMs >= view.plannedMs + endsLateMs
          ? // At a higher speed the server's clock shows less: it asks why.
            { type: "end-infusion", reason: "planned dose given" }
          : null;
      case "recovery":
        return watchesRecovery(at, view, sight);
      case "ready":
        return readySince !== null && at >= readySince + leavesLateMs ? { type: "discharge" } : null;
      default:
        // Whoever paused the infusion knows why, and resumes it.
        return null;
    }
  }

  return {
    next(at, view, sight) {
      if (at < busyUntil) return null;
      const command = alarmToAcknowledge(at, view) ?? observes(at, view, sight) ?? forPhase(at, view, sight);
      if (command !== null) busyUntil = at + random.within(BETWEEN_ACTS_S) * 1000;
      return command;
    },
    told(at, command, refused) {
      if (refused !== null && refused !== "already-done") busyUntil = at + AFTER_REFUSAL_MS;
      // After a restart she does not know what is confirmed already, and another protocol may not ask for it at all.
      if (command.type === "record-observation" && command.observation.score !== undefined && refused === null) {
        assessedAt = at;
      }
      if (command.type === "name-escort" && refused === null) escortNamed = true;
      // Something was not as she thought: before long she looks again.
      if (refused === "criteria-missing") assessedAt = Math.min(assessedAt, at - ASSESSED_FOR_MS + LOOKS_AGAIN_MS);
      const settled = refused === null || refused === "already-done" || refused === "unknown-check";
      if (command.type === "confirm-check" && settled) confirmed.add(command.check);
    },
  };
}

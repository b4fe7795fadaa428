/** Why the engine decided what it decided: the rule and the figures it went by, in words for people. */
import type { AlarmEvent, AlarmId, DeliveryEvent } from "../alarms/index.ts";
import {
  cuffIntervalMs,
  isDrugOnBoard,
  OBSERVATION_GRACE_MS,
  observationIntervalMs,
  plannedMs,
  REFUSAL_CODES,
} from "../session/index.ts";
import { VITAL_FACTS, VITALS } from "../vitals/index.ts";
import { type Bay, validForMs } from "./bay.ts";
import { CUFF_GRACE_MS, silentAfterMs, silentHighAfterMs } from "./conditions.ts";
import { CLOCK_SKEW_MS } from "./device-clock.ts";
import type { ActEvent, BayEvent } from "./event.ts";
import { limitReason, seconds } from "./limit-reasons.ts";

/** Of one event of the step that led from `before` to `after`; `null` when there is nothing to say beside the event. */
export function reasonOf(event: BayEvent, before: Bay, after: Bay): string | null {
  switch (event.type) {
    case "alarm":
      return `${alarmReason(event, before, after)}${event.latched === true ? LATCHED : ""}`;
    case "delivery":
      return deliveryReason(event, before);
    case "act":
      return actReason(event, before);
    case "refused":
      return `Nothing was changed, because ${REFUSAL_CODES[event.code]}.`;
    case "audio":
      return AUDIO[event.reason];
  }
}

const LATCHED = " Nobody has seen it, and an alarm as grave as it was stays until somebody has.";
const AUDIO = {
  elapsed: "The time it was asked for is over.",
  "ended-early": "A person ended it.",
  "session-ended": "The session has ended, and its pause with it.",
} as const;

function alarmReason(event: AlarmEvent, before: Bay, after: Bay): string {
  if (event.change === "acknowledged") {
    const wasGone = before.alarms.some(({ id, condition }) => id === event.alarm && condition === "gone");
    return wasGone
      ? "It was over and waited only to be seen: it leaves."
      : "A person has seen it: it sounds no more until it ends or becomes graver.";
  }
  if (event.change === "reminded") return "Acknowledged three minutes ago, it is still of high priority.";
  switch (event.reason) {
    case "session-ended":
      return "The session has ended: nobody is watched here any more.";
    case "transferred":
      return "The patient goes to another bay, and the alarm goes along.";
    case "alarm-off":
      return "Alarms of this vital were switched off by a person.";
    case "inhibited":
      return "The whole monitor is silent, and that alarm says it for every signal.";
  }
  if (event.kind === "physiological") return limitReason(event, before, after);
  return event.change === "cleared" ? endReason(event.alarm, before, after) : conditionReason(event, before, after);
}

const minutes = (ms: number): string => `${Math.round(ms / 6_000) / 10} min`;
const vitalOf = (alarm: AlarmId) => VITALS.find((vital) => alarm === `signal-lost.${vital}`);

/** A technical or procedural alarm begins, or weighs otherwise. */
function conditionReason({ alarm, change, priority }: AlarmEvent, before: Bay, after: Bay): string {
  const { session } = after;
  const vital = vitalOf(alarm);
  const wasOnBoard = before.session !== null && isDrugOnBoard(before.session.phase);
  const isOnBoard = session !== null && isDrugOnBoard(session.phase);
  if (change !== "raised" && wasOnBoard !== isOnBoard) {
    return `The session's phase has changed: ${isOnBoard ? "with a drug on board" : "without a drug on board"} it has ${priority} priority.`;
  }
  if (vital !== undefined) {
    return `No valid ${VITAL_FACTS[vital].label} came for ${seconds(validForMs(before, vital))}, while the monitor goes on talking.`;
  }
  switch (alarm) {
    case "monitor-silent": {
      const waited = change === "raised" ? silentAfterMs(after) : silentHighAfterMs(after);
      return `The monitor has sent nothing for ${seconds(waited)}${isOnBoard ? "" : "; without a drug on board that is of low priority"}.`;
    }
    case "pressure-overdue": {
      const interval = session === null ? 0 : cuffIntervalMs(session);
      const late = (change === "raised" ? interval : 2 * interval) + CUFF_GRACE_MS;
      return `No cuff pressure came for ${minutes(late)}; one is due every ${minutes(interval)}.`;
    }
    case "clock-skew":
      return `The monitor's clock is off by more than ${seconds(CLOCK_SKEW_MS)}, by several of its messages.`;
    case "plan-elapsed":
      return `The planned ${minutes(session === null ? 0 : (plannedMs(session) ?? 0))} of the infusion are over, and it has not been stopped.`;
    case "recovery-minimum-reached":
      return `The least stay of ${session?.protocol.recoveryMinimumMin} min is over; not every criterion for going home holds.`;
    case "ready-for-discharge":
      return "The least stay is over, and every criterion for going home holds.";
    case "dissociation-prolonged":
      return `Dissociation was noted and not its end, ${session?.protocol.dissociationExpectedMin} min after the infusion.`;
    case "observation-overdue": {
      const every = session === null ? 0 : observationIntervalMs(session);
      return `Nobody recorded an observation for ${minutes(every + OBSERVATION_GRACE_MS)}; one is due every ${minutes(every)}.`;
    }
    default:
      return `It has ${priority} priority now.`;
  }
}

/** A technical or procedural alarm ends. */
function endReason(alarm: AlarmId, before: Bay, after: Bay): string {
  const vital = vitalOf(alarm);
  const { session } = after;
  if (before.session?.phase !== session?.phase)
    return "The session's phase has changed, and it is not asked for in this one.";
  if (vital !== undefined) return `A valid ${VITAL_FACTS[vital].label} came again.`;
  switch (alarm) {
    case "monitor-silent":
      return "The monitor has sent something again.";
    case "pressure-overdue":
      return "A cuff pressure came.";
    case "clock-skew":
      return "By its latest messages the monitor's clock is right again.";
    case "plan-elapsed":
      return "The planned time was changed, or the infusion does not run any more.";
    case "recovery-minimum-reached":
      return "Every criterion for going home holds now, which another alarm says.";
    case "ready-for-discharge":
      return "A criterion for going home does not hold any more.";
    case "dissociation-prolonged":
      return "The end of the dissociation was noted.";
    case "observation-overdue":
      return "An observation was recorded.";
    default:
      return "Its condition does not hold any more.";
  }
}

function deliveryReason({ alarm, rung, target, state }: DeliveryEvent, before: Bay): string {
  const ladder = (before.session?.protocol ?? before.protocol).escalation;
  const waited = ladder[rung]?.afterS;
  switch (state) {
    case "queued":
      return `It is of high priority and nobody acknowledged it for ${waited} s: the ladder takes it to ${target}.`;
    case "sent":
      return `It was handed over to ${target}; whether they have it is not known yet.`;
    case "confirmed":
      return `The screens of ${target} have it.`;
    case "failed":
      return `It did not reach ${target}; the next rung is tried in its time.`;
    case "cancelled": {
      const was = before.alarms.find(({ id }) => id === alarm);
      return was === undefined
        ? `${target} need not come any more.`
        : `Acknowledged, over, or changed in priority: ${target} need not be called for what it was.`;
    }
  }
}

function actReason({ at, command, effectiveAt, phase }: ActEvent, before: Bay): string | null {
  const was = before.session?.phase ?? null;
  const said: string[] = [];
  if (was !== phase) said.push(`From ${was ?? "a free bay"} to ${phase ?? "a free bay"}.`);
  if (effectiveAt !== undefined && effectiveAt !== at) {
    said.push(`It holds from ${minutes(at - effectiveAt)} before it was entered.`);
  }
  if (command === "undo-act") said.push("The session is as if that act had not been.");
  return said.length === 0 ? null : said.join(" ");
}

/**
 * Takes alarms to the targets of the escalation ladder and tells the engine what became of each rung. How a target is
 * reached is a port; what was under way is taken up again after a restart, so that no rung is lost.
 */
import type { Alarm, Delivery } from "@vigil/shared/alarms";
import type { Bay, DeliveryInput } from "@vigil/shared/bay";
import type { BayId } from "@vigil/shared/ids";
import type { EscalationNotice } from "@vigil/shared/wire";
import type { Observable } from "rxjs";
import type { Clock } from "../clock.ts";
import type { WardChange } from "../ward/index.ts";

/** Reaches targets: on screens now; push and webhook are further ones of the same shape. */
export interface Target {
  /** Says what became of it, once or twice (`sent`, then `confirmed` or `failed`). Never throws. */
  deliver(notice: EscalationNotice, tell: (state: DeliveryInput["state"], reason: string | null) => void): void;
}

export interface LadderOptions {
  readonly clock: Clock;
  readonly changes: Observable<WardChange>;
  /** As they were found at the start. */
  readonly bays: readonly Bay[];
  readonly bayOf: (id: BayId) => Bay | null;
  readonly target: Target;
  readonly tell: (bay: BayId, outcome: Omit<DeliveryInput, "kind" | "at">) => void;
}

/** After a restart screens need a moment to come back: what was under way before waits for them. */
const SCREENS_RETURN_WITHIN_MS = 5_000;

/** @returns the undo */
export function serveLadder({ clock, changes, bays, bayOf, target, tell }: LadderOptions): () => void {
  const callsNow = (bay: BayId, { id, callsSince }: Alarm): Alarm | undefined =>
    bayOf(bay)?.alarms.find((alarm) => alarm.id === id && alarm.callsSince === callsSince);

  const dispatch = (bay: BayId, alarm: Alarm, { rung, target: called, at }: Delivery) => {
    const notice: EscalationNotice = { bay, alarm: alarm.id, rung, target: called, priority: alarm.priority, at };
    target.deliver(notice, (state, reason) => {
      // Raised or escalated anew, an alarm climbs from below: late word is not about its new rungs.
      if (callsNow(bay, alarm) !== undefined) tell(bay, { alarm: alarm.id, rung, state, reason });
    });
  };

  const found = bays.flatMap(({ id, alarms }) =>
    alarms.flatMap((alarm) => alarm.deliveries.filter(isUnderWay).map(({ rung }) => ({ bay: id, alarm, rung }))),
  );
  const cancelResume = clock.at(clock.now() + SCREENS_RETURN_WITHIN_MS, () => {
    for (const { bay, alarm, rung } of found) {
      const delivery = callsNow(bay, alarm)?.deliveries[rung];
      if (delivery !== undefined && isUnderWay(delivery)) dispatch(bay, alarm, delivery);
    }
  });
  const subscription = changes.subscribe(({ after, events }) => {
    for (const event of events) {
      if (event.type !== "delivery" || event.state !== "queued") continue;
      const alarm = after.alarms.find(({ id }) => id === event.alarm);
      // Not within the step that decided it: what a target answers is a step of its own.
      if (alarm !== undefined) queueMicrotask(() => dispatch(after.id, alarm, event));
    }
  });
  return () => {
    cancelResume();
    subscription.unsubscribe();
  };
}

const isUnderWay = ({ state }: Delivery): boolean => state === "queued" || state === "sent";

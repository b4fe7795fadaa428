/**
 * Takes alarms to the targets of the escalation ladder and tells the engine what became of each rung. How a target is
 * reached is a port; what is queued is found again after a restart, so that no rung is lost.
 */
import type { DeliveryEvent } from "@vigil/shared/alarms";
import type { Bay, DeliveryInput } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { EscalationNotice } from "@vigil/shared/wire";
import type { Observable } from "rxjs";
import type { WardChange } from "../ward/index.ts";

/** Reaches targets: on screens now; push and webhook are further ones of the same shape. */
export interface Target {
  /** Says what became of it, once or twice (`sent`, then `confirmed` or `failed`). Never throws. */
  deliver(notice: EscalationNotice, tell: (state: DeliveryInput["state"], reason: string | null) => void): void;
}

export interface LadderOptions {
  readonly changes: Observable<WardChange>;
  readonly bays: readonly Bay[];
  readonly target: Target;
  readonly tell: (bay: BayId, outcome: Omit<DeliveryInput, "kind" | "at">) => void;
}

/** @returns the undo */
export function serveLadder({ changes, bays, target, tell }: LadderOptions): () => void {
  const dispatch = (bay: BayId, event: Pick<DeliveryEvent, "alarm" | "rung" | "target" | "priority">, at: AtMs) => {
    const { alarm, rung } = event;
    const notice: EscalationNotice = { bay, alarm, rung, target: event.target, priority: event.priority, at };
    // Not within the step that decided it: what a target answers is a step of its own.
    queueMicrotask(() => target.deliver(notice, (state, reason) => tell(bay, { alarm, rung, state, reason })));
  };
  for (const bay of bays) {
    for (const alarm of bay.alarms) {
      for (const delivery of alarm.deliveries) {
        if (delivery.state === "queued")
          dispatch(bay.id, { ...delivery, alarm: alarm.id, priority: alarm.priority }, delivery.at);
      }
    }
  }
  const subscription = changes.subscribe(({ after, events }) => {
    for (const event of events) {
      if (event.type === "delivery" && event.state === "queued") dispatch(after.id, event, event.at);
    }
  });
  return () => subscription.unsubscribe();
}

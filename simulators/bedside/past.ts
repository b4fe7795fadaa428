/** A bay's past, told in no time: the bedside lives through it with the engine itself as its server. */
import { advance, type BayInput, newBay } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Actor } from "@vigil/shared/session";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import type { Bedside } from "./bedside.ts";
import { viewOf } from "./view.ts";

/** One second of a bay: everything that happened in it. To be asked for second by second. */
export type PastSecond = (at: AtMs) => BayInput[];

export function newPast(bedside: Bedside, bayId: BayId, protocol: Protocol, by: Actor): PastSecond {
  let bay = newBay(bayId, protocol);
  return (at) => {
    const { messages, act } = bedside.step(at, viewOf(bay, at));
    const happened: BayInput[] = [];
    for (const { measuredAt, cadenceS, values } of messages) {
      const reading: BayInput = { kind: "reading", at, measuredAt, cadenceS, values };
      bay = advance(bay, reading).bay;
      happened.push(reading);
    }
    if (act !== null) {
      const command: BayInput = { kind: "command", at, id: act.id, by, command: act.command };
      const { bay: after, events } = advance(bay, command);
      const refusal = events.find((event) => event.type === "refused");
      bedside.told(at, act, refusal?.code ?? null);
      bay = after;
      // What was refused changed nothing and is no part of the past.
      if (refusal === undefined) happened.push(command);
    }
    return happened;
  };
}

/** Everything that happens from `from` (included) until before `to`. */
export function liveThrough(second: PastSecond, from: AtMs, to: AtMs): BayInput[] {
  const happened: BayInput[] = [];
  for (let at = from; at < to; at += MONITOR_STEP_MS) happened.push(...second(at));
  return happened;
}

/** The night decided again, from its inputs alone. */
import { isDeepStrictEqual } from "node:util";
import { advance, type BayEvent, newBay, settle } from "@vigil/shared/bay";
import type { BayId } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Kept } from "./kept.ts";

/** One sentence for each bay whose inputs, given to the engine again, bring other events than were kept. */
export function replayProblems({ inputs, events }: Kept, protocol: Protocol): string[] {
  const problems: string[] = [];
  for (const id of new Set(inputs.map(({ bay }) => bay))) {
    const kept = events.filter(({ bay }) => bay === id).map(({ event }) => event);
    const again = eventsOf(id, inputs, protocol, kept.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
    const at = Math.max(kept.length, again.length);
    for (let n = 0; n < at; n++) {
      if (isDeepStrictEqual(kept[n], again[n])) continue;
      problems.push(`bay ${id}, event ${n}: kept ${JSON.stringify(kept[n])}, replayed ${JSON.stringify(again[n])}`);
      break;
    }
  }
  return problems;
}

function eventsOf(id: BayId, inputs: Kept["inputs"], protocol: Protocol, until: number): BayEvent[] {
  let bay = newBay(id, protocol);
  const events: BayEvent[] = [];
  for (const kept of inputs) {
    if (kept.bay !== id) continue;
    const next = advance(bay, kept.input);
    bay = next.bay;
    events.push(...next.events);
  }
  events.push(...settle(bay, until).events);
  // As a journal keeps them: what is undefined is left out.
  return events.map((event): BayEvent => JSON.parse(JSON.stringify(event)));
}

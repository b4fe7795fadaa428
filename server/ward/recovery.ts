/**
 * After a crash: an open session is rebuilt from its inputs alone, by the same engine, and what it decides is compared
 * with what was decided then.
 */
import { isDeepStrictEqual } from "node:util";
import { advance, type Bay, type BayEvent, settle } from "@vigil/shared/bay";
import type { BayId } from "@vigil/shared/ids";
import type { Journal } from "../journal/index.ts";
import type { WardChange } from "./change.ts";

export interface Recovery {
  readonly recovered: readonly { readonly bay: Bay; readonly seq: number }[];
  /** Bays whose replay decided otherwise than the journal tells. */
  readonly diverged: readonly BayId[];
}

export function recoverBays(
  journal: Journal,
  fresh: readonly Bay[],
  onReplayed: (change: WardChange) => void,
): Recovery {
  const open = new Map(journal.openSessions().map((session) => [session.bay, session]));
  const running = new Map(fresh.map((bay) => [bay.id, { bay, seq: 0, events: [] as BayEvent[] }]));
  const from = Math.min(...[...open.values()].map((session) => session.openedSeq));
  if (Number.isFinite(from)) {
    for (const { seq, bay: id, input } of journal.inputsFrom(from)) {
      const one = running.get(id);
      const session = open.get(id);
      if (one === undefined || session === undefined || seq < session.openedSeq) continue;
      const before = one.bay;
      const { bay, events } = advance(before, input);
      one.bay = bay;
      one.seq = seq;
      for (const event of events) one.events.push(event);
      onReplayed({ before, after: bay, input, events });
    }
  }
  const diverged = [...open.values()].filter(({ bay: id, openedSeq }) => {
    const one = running.get(id);
    if (one === undefined) return true;
    const kept = journal.eventsFrom(id, openedSeq);
    const last = kept.at(-1);
    // What time alone brought after the last input was kept too, up to here; what fell due later is new.
    if (last !== undefined) {
      const before = one.bay;
      const { bay, events } = settle(before, last.at);
      one.bay = bay;
      one.events.push(...events);
      if (bay !== before) onReplayed({ before, after: bay, input: null, events });
    }
    return !isDeepStrictEqual(JSON.parse(JSON.stringify(one.events)), kept);
  });
  return {
    recovered: [...running.values()].map(({ bay, seq }) => ({ bay, seq })),
    diverged: diverged.map((session) => session.bay),
  };
}

/** A server for tests: the engine behind a link, by a clock that is handed in. It can go away and come back. */
import { advance, type Bay, type BayEvent, type BayInput, newBay } from "@vigil/shared/bay";
import { boardRow } from "@vigil/shared/board";
import { type BayId, bayIdSchema, commandIdSchema, personIdSchema } from "@vigil/shared/ids";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";
import type { ReadingMessage } from "@vigil/shared/wire";
import type { Clock } from "../clock/index.ts";
import type { CommandOutcome, WardLink } from "../link/index.ts";

export interface EngineWard extends WardLink {
  away: boolean;
  readonly received: ReadingMessage[];
  readonly events: (BayEvent & { readonly bay: BayId })[];
  bay(id: string): Bay;
  /** What somebody does in a browser. */
  someoneDoes(id: string, command: Command): CommandOutcome;
}

export function engineWard(
  ids: readonly string[],
  clock: Clock,
  protocol: Protocol = protocolSchema.parse({}),
): EngineWard {
  const bays = new Map<string, Bay>(ids.map((id) => [id, newBay(bayIdSchema.parse(id), protocol)]));
  const received: ReadingMessage[] = [];
  const events: EngineWard["events"] = [];
  let acts = 0;

  function bay(id: string): Bay {
    const found = bays.get(id);
    if (found === undefined) throw new Error(`no bay ${id}`);
    return found;
  }

  function take(id: string, input: BayInput): readonly BayEvent[] {
    const after = advance(bay(id), input);
    bays.set(id, after.bay);
    events.push(...after.events.map((event) => ({ ...event, bay: after.bay.id })));
    return after.events;
  }

  function carryOut(id: string, command: Command, role: "nurse" | "supervisor"): CommandOutcome {
    acts += 1;
    const by = { id: personIdSchema.parse("somebody"), name: "Somebody", role };
    const input: BayInput = { kind: "command", at: clock.now(), id: commandIdSchema.parse(`act-${acts}`), by, command };
    const refused = take(id, input).find((event) => event.type === "refused");
    return refused === undefined ? { ok: true } : { ok: false, code: refused.code, reason: refused.reason };
  }

  const ward: EngineWard = {
    away: false,
    received,
    events,
    bay,
    someoneDoes: (id, command) => carryOut(id, command, "nurse"),
    async bays() {
      if (ward.away) throw new Error("nobody there");
      const at = clock.now();
      for (const id of ids) take(id, { kind: "tick", at });
      return { at, bays: ids.map((id) => ({ id: bay(id).id, row: boardRow(bay(id)) })) };
    },
    async command({ bay: id, command, by }) {
      if (ward.away) return { ok: false, code: "unreachable", reason: "nobody there" };
      return carryOut(id, command, by.role === "supervisor" ? "supervisor" : "nurse");
    },
    async send(readings) {
      if (ward.away) return null;
      const refused: { index: number; code: string; field: string | null; reason: string }[] = [];
      for (const [index, reading] of readings.entries()) {
        const { bay: id, cadence, ...values } = reading;
        if (!bays.has(id)) {
          refused.push({ index, code: "unknown-bay", field: "bay", reason: `There is no bay "${id}".` });
          continue;
        }
        received.push(reading);
        take(id, { kind: "reading", at: clock.now(), measuredAt: null, cadenceS: cadence ?? null, values });
      }
      return { accepted: readings.length - refused.length, refused };
    },
    close: () => {},
  };
  return ward;
}

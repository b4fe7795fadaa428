/** A server for tests: the engine behind a link, by a clock that is handed in. It can go away and come back. */
import {
  advance,
  type Bay,
  type BayEvent,
  type BayInput,
  type CommandInput,
  departure,
  newBay,
} from "@vigil/shared/bay";
import { type BayId, bayIdSchema, commandIdSchema, personIdSchema } from "@vigil/shared/ids";
import { type Protocol, protocolSchema } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";
import type { ReadingMessage } from "@vigil/shared/wire";
import { viewOf } from "../bedside/index.ts";
import type { Clock } from "../clock/index.ts";
import type { CommandOutcome, WardLink, WatchListener } from "../link/index.ts";

export interface EngineWard extends WardLink {
  /** Goes away, or comes back. */
  setAway(away: boolean): void;
  readonly received: ReadingMessage[];
  readonly events: (BayEvent & { readonly bay: BayId })[];
  bay(id: string): Bay;
  /** What somebody does in a browser. */
  someoneDoes(id: string, command: Command): CommandOutcome;
}

/** Deadlines between inputs, as a server's timers would settle them. */
const SETTLES_EVERY_MS = 1000;

export function engineWard(
  ids: readonly string[],
  clock: Clock,
  protocol: Protocol = protocolSchema.parse({}),
): EngineWard {
  const bays = new Map<string, Bay>(ids.map((id) => [id, newBay(bayIdSchema.parse(id), protocol)]));
  const received: ReadingMessage[] = [];
  const events: EngineWard["events"] = [];
  const watching = new Set<WatchListener>();
  let away = false;
  let acts = 0;

  function tell(): void {
    if (away) return;
    const rows = new Map(ids.map((id) => [bay(id).id, viewOf(bay(id), clock.now())]));
    for (const listener of watching) listener.bays({ at: clock.now(), rows });
  }

  function bay(id: string): Bay {
    const found = bays.get(id);
    if (found === undefined) throw new Error(`no bay ${id}`);
    return found;
  }

  function take(id: string, input: BayInput): readonly BayEvent[] {
    const after = advance(bay(id), input);
    bays.set(id, after.bay);
    events.push(...after.events.map((event) => ({ ...event, bay: after.bay.id })));
    if (after.events.length > 0) tell();
    return after.events;
  }

  function carryOut(id: string, told: Omit<CommandInput, "kind" | "at" | "target">): CommandOutcome {
    const at = clock.now();
    const { command, by } = told;
    const to = command.type === "transfer-session" ? command.to : null;
    const next = to === null ? undefined : bays.get(to);
    const target = next === undefined ? "unknown" : next.session === null ? "free" : "occupied";
    const input: CommandInput = { kind: "command", at, ...told, ...(to === null ? {} : { target }) };
    const carried = departure(bay(id), input);
    const refused = take(id, input).find((event) => event.type === "refused");
    if (carried !== null && to !== null) take(to, { kind: "arrival", at, by, from: bay(id).id, carried });
    return refused === undefined ? { ok: true } : { ok: false, code: refused.code, reason: refused.reason };
  }

  return {
    setAway(now) {
      away = now;
      if (away) for (const listener of watching) listener.lost("nobody there");
      tell();
    },
    received,
    events,
    bay,
    someoneDoes(id, command) {
      acts += 1;
      const by = { id: personIdSchema.parse("somebody"), name: "Somebody", role: "nurse" } as const;
      return carryOut(id, { id: commandIdSchema.parse(`act-${acts}`), by, command });
    },
    watch(listener) {
      watching.add(listener);
      tell();
      const settles = setInterval(() => {
        for (const id of ids) take(id, { kind: "tick", at: clock.now() });
      }, SETTLES_EVERY_MS);
      return () => {
        clearInterval(settles);
        watching.delete(listener);
      };
    },
    async command({ bay: at, id, command, by }) {
      if (away) return { ok: false, code: "unreachable", reason: "nobody there" };
      return carryOut(at, { id, by, command });
    },
    async send(readings) {
      if (away) return null;
      const refused: { index: number; code: string; field: string | null; reason: string }[] = [];
      for (const [index, reading] of readings.entries()) {
        const { bay: id, cadence, measuredAt, ...values } = reading;
        if (!bays.has(id)) {
          refused.push({ index, code: "unknown-bay", field: "bay", reason: `There is no bay "${id}".` });
          continue;
        }
        received.push(reading);
        take(id, {
          kind: "reading",
          at: clock.now(),
          measuredAt: measuredAt ?? null,
          cadenceS: cadence ?? null,
          values,
        });
      }
      return { accepted: readings.length - refused.length, refused };
    },
    close: () => {},
  };
}

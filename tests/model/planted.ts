/** Faults planted between the ward and what it stands on: the engine's four functions, and the journal. */

import type { Journal, StoredInput } from "@vigil/server/journal";
import type { Alarm } from "@vigil/shared/alarms";
import type { ArrivalInput, Bay, BayEvent, BayInput, Carried, CommandInput, Outcome } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import type { ProtocolDocument } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";

/** What the ward uses of the engine. */
export interface Engine {
  advance(bay: Bay, input: BayInput): Outcome;
  settle(bay: Bay, at: AtMs): Outcome;
  nextDeadline(bay: Bay): AtMs | null;
  departure(bay: Bay, input: CommandInput): Carried | null;
}

export interface Fault {
  readonly engine?: (real: Engine) => Engine;
  /** What a restart reads back of the inputs that were kept. */
  readonly replayed?: (inputs: readonly StoredInput[]) => readonly StoredInput[];
  /** Whether this commit, counted from 1, is only said to be done. */
  readonly commitSkipped?: (count: number) => boolean;
  /** The protocol that every session is opened with. */
  readonly protocol?: (document: ProtocolDocument) => ProtocolDocument;
}

/** The fault that is planted now; none while the sound program is tested. */
export const planted: { fault: Fault } = { fault: {} };

export const faultyEngine = (real: Engine): Engine => planted.fault.engine?.(real) ?? real;

export function faultyJournal(journal: Journal): Journal {
  const { replayed, commitSkipped } = planted.fault;
  let commits = 0;
  return new Proxy(journal, {
    get(target, name) {
      if (name === "inputsFrom" && replayed !== undefined) {
        return (from: number) => replayed([...target.inputsFrom(from)]);
      }
      if (name === "commit" && commitSkipped !== undefined) {
        return () => {
          commits += 1;
          if (!commitSkipped(commits)) target.commit();
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** What a step gives is changed after the engine has decided it. */
export const afterStep = (
  change: (after: Bay, before: Bay, events: readonly BayEvent[], command: Command | null) => Bay,
): Fault => ({
  engine: (real) => ({
    ...real,
    advance(before, input) {
      const { bay, events } = real.advance(before, input);
      const refused = events.some((event) => event.type === "refused");
      return { bay: change(bay, before, events, input.kind === "command" && !refused ? input.command : null), events };
    },
    settle(before, at) {
      const { bay, events } = real.settle(before, at);
      return { bay: bay === before ? bay : change(bay, before, events, null), events };
    },
  }),
});

/** Each alarm that a step leaves is changed; `null` takes it away. `was`: the same alarm before the step. */
export const eachAlarm = (
  change: (alarm: Alarm, was: Alarm | undefined, changes: readonly string[]) => Alarm | null,
): Fault =>
  afterStep((after, before, events) => ({
    ...after,
    alarms: after.alarms.flatMap((alarm) => {
      const changes = events.flatMap((event) =>
        event.type === "alarm" && event.alarm === alarm.id ? event.change : [],
      );
      const was = before.alarms.find(({ id }) => id === alarm.id);
      return change(alarm, was, changes) ?? [];
    }),
  }));

/** What comes in is changed before the engine sees it. */
export const beforeStep = (change: (input: BayInput) => BayInput): Fault => ({
  engine: (real) => ({ ...real, advance: (bay, input) => real.advance(bay, change(input)) }),
});

/** What is done is changed before the engine sees it: commands of one type. */
export const beforeCommand = <T extends Command["type"]>(
  type: T,
  change: (command: Extract<Command, { type: T }>) => Command,
): Fault =>
  beforeStep((input) =>
    input.kind === "command" && isOf(input.command, type) ? { ...input, command: change(input.command) } : input,
  );

const isOf = <T extends Command["type"]>(command: Command, type: T): command is Extract<Command, { type: T }> =>
  command.type === type;

/** What a patient brings to another bay is not what was taken along. */
export const onArrival = (change: (carried: Carried, input: ArrivalInput) => Partial<Carried>): Fault =>
  beforeStep((input) =>
    input.kind === "arrival" ? { ...input, carried: { ...input.carried, ...change(input.carried, input) } } : input,
  );

/** What is decided is told otherwise. */
export const telling = (change: (event: BayEvent) => readonly BayEvent[]): Fault => ({
  engine: (real) => ({
    ...real,
    advance(before, input) {
      const { bay, events } = real.advance(before, input);
      return { bay, events: events.flatMap(change) };
    },
    settle(before, at) {
      const { bay, events } = real.settle(before, at);
      return { bay, events: events.flatMap(change) };
    },
  }),
});

type Waiting = "delay" | "offDelay" | "deadband";
type TierRules = { readonly limit: number } & { readonly [W in Waiting]?: number | undefined };

/** Every tier of every limit is changed. */
export const everyTier = (change: (rule: TierRules, direction: "low" | "high") => Partial<TierRules>): Fault => ({
  protocol: (document) => ({
    ...document,
    limits: Object.fromEntries(
      Object.entries(document.limits ?? {}).map(([vital, rules]) => [
        vital,
        Object.fromEntries(
          (["low", "high"] as const).flatMap((direction) => {
            const { warning, critical } = rules?.[direction] ?? {};
            if (warning == null || critical == null) return [];
            return [
              [
                direction,
                {
                  warning: { ...warning, ...change(warning, direction) },
                  critical: { ...critical, ...change(critical, direction) },
                },
              ],
            ];
          }),
        ),
      ]),
    ),
  }),
});

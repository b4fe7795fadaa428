/**
 * Tries a scenario: one whole session, from opening until the patient has left, with the engine itself as the server, in no
 * time. What it raised is compared with what the scenario says it must raise, and nothing else.
 */
import type { AlarmId } from "@vigil/shared/alarms";
import { advance, type BayEvent, type BayInput, newBay } from "@vigil/shared/bay";
import { type AtMs, bayIdSchema } from "@vigil/shared/ids";
import { type Priority, protocolSchema } from "@vigil/shared/protocol";
import { newBedside, newPast, nurseOfPlace, type Pace } from "../bedside/index.ts";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import { ORDINARY_ALARMS, type Scenario } from "../scenario/index.ts";

export interface Reached {
  readonly alarm: AlarmId;
  /** The highest. */
  readonly priority: Priority;
  /** Minutes after the start of the infusion; `null`: before it. */
  readonly firstMin: number | null;
  /** How often it was raised. */
  readonly times: number;
}

export interface Trial {
  /** Every alarm that was raised, in the order in which they first were. */
  readonly reached: readonly Reached[];
  /** A sentence for everything that was not as the scenario expects; empty: all was. */
  readonly complaints: readonly string[];
}

/** Longer than the longest script: who has not left by then never will. */
const LONGEST_MS = 8 * 3_600_000;
const PACE: Pace = { preparationMin: [2, 3], turnoverMin: [0, 0] };
const PROTOCOL = protocolSchema.parse({});
/** Sooner than this after a measurement none can have failed. */
const SHORTEST_CYCLE_MS = PROTOCOL.cuffIntervalMin.infusing * 60_000;
const GRAVITY: readonly Priority[] = ["low", "medium", "high"];

export function tryScenario(scenario: Scenario, seed: number): Trial {
  const bayId = bayIdSchema.parse("1");
  const bedside = newBedside({ bay: bayId, seed, protocol: PROTOCOL, pace: PACE, scenarioFor: () => scenario });
  const second = newPast(bedside, bayId, PROTOCOL, nurseOfPlace(0));
  const log = newLog();
  let bay = newBay(bayId, PROTOCOL);
  for (let at = 0; at < LONGEST_MS && !log.ended; at += MONITOR_STEP_MS) {
    const inputs: readonly BayInput[] = [...second(at), { kind: "tick", at }];
    for (const input of inputs) {
      const after = advance(bay, input);
      bay = after.bay;
      for (const event of after.events) log.take(event);
      // What was due before it came is told with it.
      if (input.kind === "reading" && typeof input.values.sbp === "number") log.measured(input.at);
    }
  }
  const reached = log.reached();
  const unfinished = log.ended ? [] : [`the patient has not left after ${LONGEST_MS / 3_600_000} h`];
  return { reached, complaints: [...unfinished, ...log.wrong, ...compare(scenario, reached)] };
}

function newLog() {
  const reached = new Map<AlarmId, Reached>();
  const wrong: string[] = [];
  let startedAt: AtMs | null = null;
  let measuredAt: AtMs | null = null;
  let ended = false;

  function take(event: BayEvent): void {
    if (event.type === "act" && event.command === "start-infusion") startedAt = event.at;
    if (event.type === "act" && (event.command === "discharge" || event.command === "abandon-session")) ended = true;
    if (event.type === "refused") wrong.push(`${event.command} was refused: ${event.reason}`);
    if (event.type === "alarm" && event.change === "raised" && event.alarm === "pressure-overdue") {
      const sinceMs = measuredAt === null ? Number.POSITIVE_INFINITY : event.at - measuredAt;
      if (sinceMs < SHORTEST_CYCLE_MS)
        wrong.push(`pressure-overdue was raised ${sinceMs / 1000} s after a measurement`);
    }
    if (event.type !== "alarm" || (event.change !== "raised" && event.change !== "escalated")) return;
    const { alarm, priority, at } = event;
    const before = reached.get(alarm);
    const firstMin = startedAt === null ? null : (at - startedAt) / 60_000;
    const times = (before?.times ?? 0) + (event.change === "raised" ? 1 : 0);
    const isGraver = before === undefined || GRAVITY.indexOf(priority) > GRAVITY.indexOf(before.priority);
    reached.set(alarm, { alarm, firstMin, ...before, priority: isGraver ? priority : before.priority, times });
  }

  return {
    take,
    measured: (at: AtMs) => {
      measuredAt = at;
    },
    wrong,
    get ended() {
      return ended;
    },
    reached: () => [...reached.values()],
  };
}

function compare({ expect }: Scenario, reached: readonly Reached[]): string[] {
  const complaints: string[] = [];
  for (const { alarm, priority, always, firstMin, times } of expect) {
    const found = reached.find((each) => each.alarm === alarm);
    if (found === undefined) {
      if (always) complaints.push(`${alarm} was expected and not raised`);
      continue;
    }
    if (!priority.includes(found.priority)) {
      complaints.push(`${alarm} reached ${found.priority}, expected was ${priority.join(" or ")}`);
    }
    if (firstMin !== undefined && !isWithin(found.firstMin, firstMin)) {
      const at = found.firstMin === null ? "before the infusion" : `at minute ${found.firstMin.toFixed(1)}`;
      complaints.push(`${alarm} was first raised ${at}, expected was minute ${firstMin.join(" to ")}`);
    }
    if (times !== undefined && !isWithin(found.times, times)) {
      complaints.push(`${alarm} was raised ${found.times} times, expected was ${times.join(" to ")}`);
    }
  }
  for (const { alarm, priority } of reached) {
    if ((ORDINARY_ALARMS.has(alarm) && priority === "low") || expect.some((each) => each.alarm === alarm)) continue;
    complaints.push(`${alarm} (${priority}) was raised and not expected`);
  }
  return complaints;
}

const isWithin = (minute: number | null, [from, to]: readonly [number, number]): boolean =>
  minute !== null && minute >= from && minute <= to;

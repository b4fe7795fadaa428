/** From a place in a recording to the next one or the one before. */
import type { BayId } from "../ids/index.ts";
import type { LogEntry, Position, Replay, ReplayInput } from "./replay.ts";

/** `bay`: of what several bays decided at this instant, that of this bay was the last looked at. */
export interface StepFrom extends Position {
  readonly bay?: BayId | undefined;
}

/** One input further, or back: of one bay, or of any. */
export function stepInput(
  { inputs, from, to }: Pick<Replay, "inputs" | "from" | "to">,
  { at, taken }: Position,
  by: 1 | -1,
  bay?: BayId,
): Position {
  if (by === 1) {
    const next = inputs.findIndex((each, index) => index >= taken && isOf(each, bay));
    const input = inputs[next]?.input;
    return input === undefined ? { at: to, taken: inputs.length } : { at: Math.max(at, input.at), taken: next + 1 };
  }
  const last = lastInput(inputs, taken, bay);
  const before = last === null ? null : lastInput(inputs, last, bay);
  const input = before === null ? undefined : inputs[before]?.input;
  return before === null || input === undefined
    ? { at: from, taken: Math.min(1, inputs.length) }
    : { at: input.at, taken: before + 1 };
}

/** Of a bay, or of any, among the first `taken`: its place; `null` when there is none. */
export function lastInput(inputs: readonly ReplayInput[], taken: number, bay?: BayId): number | null {
  for (let index = taken - 1; index >= 0; index -= 1) {
    const each = inputs[index];
    if (each !== undefined && isOf(each, bay)) return index;
  }
  return null;
}

const isOf = (input: ReplayInput, bay: BayId | undefined): boolean => bay === undefined || input.bay === bay;

/** The next decision, or the one before, of those that `wanted` names; `null` when there is none. */
export function stepEvent(
  { log, bays }: Pick<Replay, "log" | "bays">,
  from: StepFrom,
  by: 1 | -1,
  wanted: (entry: LogEntry) => boolean = () => true,
): LogEntry | null {
  const isAfter = (a: StepFrom, b: StepFrom): boolean => {
    if (a.at !== b.at) return a.at > b.at;
    if (a.taken !== b.taken) return a.taken > b.taken;
    return a.bay !== undefined && b.bay !== undefined && bays.indexOf(a.bay) > bays.indexOf(b.bay);
  };
  const entry =
    by === 1
      ? log.find((each) => isAfter(each, from) && wanted(each))
      : log.findLast((each) => isAfter(from, each) && wanted(each));
  return entry ?? null;
}

/** An alarm begins, or becomes graver: what one jumps to. */
export const isAlarmCall = ({ event }: LogEntry): boolean =>
  event.type === "alarm" && (event.change === "raised" || event.change === "escalated");

/** What a log lists: not how each alarm was taken to whom. */
export const isListed = ({ event }: LogEntry): boolean => event.type !== "delivery";

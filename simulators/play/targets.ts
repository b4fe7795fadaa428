import { type BayId, commandIdSchema, personIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Command } from "@vigil/shared/session";
import type { ReadingMessage, SimulatedRequest } from "@vigil/shared/wire";
import type { FeedHeader, NumberedLine } from "../feed/index.ts";

/** Which bays of the server each bay of the feed is played to. */
export type Targets = ReadonlyMap<BayId, readonly BayId[]>;

/**
 * One bay to one or many, or several to as many, in order; none given: each to its own.
 * @returns a sentence when the numbers do not fit
 */
export function targetsOf(feedBays: readonly BayId[], given: readonly BayId[]): Targets | string {
  const [only] = feedBays;
  if (given.length === 0) return new Map(feedBays.map((bay) => [bay, [bay]]));
  if (feedBays.length === 1 && only !== undefined) return new Map([[only, given]]);
  if (given.length !== feedBays.length) {
    return `the feed has ${feedBays.length} bays (${feedBays.join(", ")}); name as many, or none`;
  }
  return new Map(feedBays.map((bay, i) => [bay, given.slice(i, i + 1)]));
}

/** The values exactly as recorded, with the cadence that the header declares. */
export function readingsOf(line: NumberedLine, header: FeedHeader, targets: Targets): ReadingMessage[] {
  const { bay, values, recorded } = line;
  if (values === null) return [];
  const cadence = recorded?.cadence ?? header.cadence;
  const declared = cadence === null ? {} : { cadence };
  return (targets.get(bay) ?? []).map((target) => ({ bay: target, ...declared, ...values }));
}

/** A feed does not say who acted; what was recorded was allowed to whoever did it. */
const WHO_ACTED = { id: personIdSchema.parse("player"), name: "As recorded", role: "supervisor" } as const;

/** `run` sets this playing apart from others of the same feed: neither commands nor sessions are mistaken for theirs. */
export function requestsOf({ bay, command, number }: NumberedLine, run: string, targets: Targets): SimulatedRequest[] {
  if (command === null) return [];
  return (targets.get(bay) ?? []).map((target) => ({
    id: commandIdSchema.parse(`play-${run}-${number}-${target.slice(0, 24)}`),
    bay: target,
    by: WHO_ACTED,
    command: withOwnSession(command, run, target),
  }));
}

function withOwnSession(command: Command, run: string, target: BayId): Command {
  if (command.type !== "open-session") return command;
  const sessionId = sessionIdSchema.parse(`${command.sessionId.slice(0, 32)}-${run}-${target.slice(0, 16)}`);
  return { ...command, sessionId };
}

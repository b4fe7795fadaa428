/** Between the lines of a feed and the inputs of bays. */
import type { BayInput } from "../bay/index.ts";
import { type AtMs, type BayId, type CommandId, commandIdSchema, personIdSchema } from "../ids/index.ts";
import type { Actor, Command } from "../session/index.ts";
import type { FeedHeader, FeedLine, NumberedLine, Recorded } from "./feed.ts";

export interface FeedInput {
  readonly bay: BayId;
  readonly input: BayInput;
}

/** A feed that does not say who acted: what was recorded was allowed to whoever did it. */
const WHO_ACTED: Actor = { id: personIdSchema.parse("feed"), name: "As recorded", role: "supervisor" };

/** The instant of t = 0, ms since the epoch; 0 when the header does not say. */
export const startOf = ({ startedAt }: Pick<FeedHeader, "startedAt">): AtMs =>
  startedAt === undefined ? 0 : Date.parse(startedAt);

/** What the command of a line is known by, also to one that undoes it. */
export const commandIdOf = ({ recorded, number }: Pick<NumberedLine, "recorded" | "number">): CommandId =>
  recorded?.id ?? commandIdSchema.parse(`line-${number}`);

/** What a line brings to its bay, in order, dated by the header's start. */
export function inputsOfLine(line: NumberedLine, header: Pick<FeedHeader, "startedAt" | "cadence">): BayInput[] {
  const at = startOf(header) + line.at;
  const { values, command, recorded = {} } = line;
  const inputs: BayInput[] = [];
  if (values !== null) {
    const cadenceS = recorded.cadence ?? header.cadence;
    inputs.push({ kind: "reading", at, measuredAt: recorded.measuredAt ?? null, cadenceS, values });
  }
  if (command !== null) {
    const id = commandIdOf(line);
    const by = recorded.by ?? WHO_ACTED;
    const target = recorded.target === undefined ? {} : { target: recorded.target };
    const input: BayInput = { kind: "command", at, id, by, command, ...target };
    if (comesBeforeValues(command)) inputs.unshift(input);
    else inputs.push(input);
  }
  if (recorded.arrival !== undefined) inputs.push({ kind: "arrival", at, ...recorded.arrival });
  if (recorded.delivery !== undefined) inputs.push({ kind: "delivery", at, ...recorded.delivery });
  if (recorded.tick === true) inputs.push({ kind: "tick", at });
  return inputs;
}

/**
 * Of a line that holds both, values are measured before the command is given: who goes is judged by them, and they are still
 * this patient's. But a session is open before its first values are: opening forgets what was measured before.
 */
export const comesBeforeValues = (command: Command): boolean => command.type === "open-session";

/** The line that keeps an input whole, in a feed that begins at `startedAt` and whose header declares no cadence. */
export function feedLineOf(bay: BayId, input: BayInput, startedAt: AtMs): FeedLine {
  const line = { at: input.at - startedAt, bay, values: null, command: null, other: {} };
  switch (input.kind) {
    case "reading": {
      const { values, measuredAt, cadenceS } = input;
      const recorded: Recorded = {
        ...(measuredAt === null ? {} : { measuredAt }),
        ...(cadenceS === null ? {} : { cadence: cadenceS }),
      };
      return { ...line, values, recorded };
    }
    case "command": {
      const { id, by, command, target } = input;
      return { ...line, command, recorded: { id, by, ...(target === undefined ? {} : { target }) } };
    }
    case "arrival": {
      const { kind: _kind, at: _at, ...arrival } = input;
      return { ...line, recorded: { arrival } };
    }
    case "delivery": {
      const { kind: _kind, at: _at, ...delivery } = input;
      return { ...line, recorded: { delivery } };
    }
    case "tick":
      return { ...line, recorded: { tick: true } };
  }
}

import { advance, type Bay, type BayEvent, type BayInput, newBay, settle } from "@vigil/shared/bay";
import { bayIdSchema } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";

/** One input, the bay before and after it, and what it decided. */
interface Step {
  readonly before: Bay;
  readonly input: BayInput;
  readonly after: Bay;
  readonly events: readonly BayEvent[];
}

export const freshBay = (protocol: Protocol): Bay => newBay(bayIdSchema.parse("1"), protocol);

export function stepsOf(bay: Bay, inputs: readonly BayInput[]): Step[] {
  let before = bay;
  return inputs.map((input) => {
    const { bay: after, events } = advance(before, input);
    const step = { before, input, after, events };
    before = after;
    return step;
  });
}

/** The whole of a script: every event, and the bay at its end. */
export function run(bay: Bay, inputs: readonly BayInput[], endAt: number): { bay: Bay; events: BayEvent[] } {
  const steps = stepsOf(bay, inputs);
  const end = settle(steps.at(-1)?.after ?? bay, endAt);
  return { bay: end.bay, events: [...steps.flatMap(({ events }) => events), ...end.events] };
}

/** From here on nobody changes it: an attempt throws. */
export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) frozen(each);
  }
  return value;
}

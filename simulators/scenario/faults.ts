/** Faults that befall monitor and line again and again, beside what a scenario brings. */
import { FAULTS, type Fault } from "../monitor/index.ts";
import type { Episode, Scenario } from "./scenario.ts";

const isFault = (word: string): word is Fault => Object.hasOwn(FAULTS, word);

/** `late`: messages are seconds under way. `clock`: the monitor's clock is a minute wrong. */
export const FAULT_WORDS: readonly string[] = [...Object.keys(FAULTS), "late", "clock"];

export const withFaults = (scenario: Scenario, words: readonly string[]): Scenario => ({
  ...scenario,
  // After the scenario's own, which are then drawn as they are without these.
  episodes: [...scenario.episodes, ...words.map(episodeOf)],
});

function episodeOf(word: string): Episode {
  const now = { since: "infusion", riseS: [0, 0], fallS: [0, 0] } as const;
  const again = { everyMin: [8, 16], untilMin: 240 } as const;
  const often = { ...now, fromMin: [2, 8], again, holdS: [40, 90] } as const;
  if (isFault(word)) return { ...often, fault: word };
  const long = { ...often, holdS: [120, 240] } as const;
  return word === "late"
    ? { ...long, delayS: [6, 9] }
    : { ...long, clock: { stepS: [-70, -50], driftSPerMin: [0, 0] } };
}

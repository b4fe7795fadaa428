/** A ward of simulated bays that all play one scenario. */
import type { BayId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { type Bedside, newBedside, type Pace } from "../bedside/index.ts";
import type { FeedHeader } from "../feed/index.ts";
import type { Scenario } from "../scenario/index.ts";

export const SIMULATED_PROTOCOL = protocolSchema.parse({});

/** Preparation is short: who simulates wants to see the infusion. */
const PACE: Pace = { preparationMin: [1.5, 2.5], turnoverMin: [0.1, 1.5] };

export const simulatedWard = (bays: readonly BayId[], scenario: Scenario, seed: number): Bedside[] =>
  bays.map((bay) => newBedside({ bay, seed, protocol: SIMULATED_PROTOCOL, pace: PACE, scenarioFor: () => scenario }));

export const wardHeader = (
  bays: readonly BayId[],
  scenario: Scenario,
  seed: number,
  startedAt?: string,
): FeedHeader => ({
  title: `simulated: ${scenario.name}`,
  bays,
  startedAt,
  cadence: scenario.monitor.cadenceS,
  other: { scenario: scenario.name, seed },
});

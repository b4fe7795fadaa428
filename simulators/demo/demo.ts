import type { BayInput } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { liveOn, liveThrough, newBedside, newPast, nurseOfPlace } from "../bedside/index.ts";
import type { Clock } from "../clock/index.ts";
import { openLink, type ServerDoor } from "../link/index.ts";
import { randomFrom } from "../random/index.ts";
import { type Scenario, scenarioNamed } from "../scenario/index.ts";
import { DEMO_PACE, DEMO_WARD } from "./ward.ts";

const PROTOCOL = protocolSchema.parse({});

function scenario(name: string): Scenario {
  const found = scenarioNamed(name);
  if (found === null) throw new Error(`the library has no scenario named ${name}`);
  return found;
}

/**
 * What happened on the demonstration ward before `now`: for each bay every input since its session opened, all legal, in
 * time order, the last before `now`. The same `now` and `seed` give the same past.
 */
export function demoHistory(now: AtMs, seed: number): { readonly bay: BayId; readonly inputs: BayInput[] }[] {
  return DEMO_WARD.map(({ bay, openedMinAgo, first, identity }, place) => {
    if (openedMinAgo === null) return { bay, inputs: [] };
    const bedside = newBedside({
      bay,
      seed,
      protocol: PROTOCOL,
      pace: { ...DEMO_PACE, turnoverMin: [0, 0] },
      scenarioFor: () => scenario(first),
      ...(identity === undefined ? {} : { identity }),
    });
    // Monitors of a ward do not beat in time with each other.
    const from = now - Math.round(openedMinAgo * 60_000) + place * 119;
    return { bay, inputs: liveThrough(newPast(bedside, bay, PROTOCOL, nurseOfPlace(place)), from, now) };
  });
}

export interface DemoSettings {
  readonly server: ServerDoor;
  /** The one that `demoHistory` was given: the patients are the same. */
  readonly seed: number;
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Goes on with all eight bays in real time, patient after patient, until `signal` aborts; waits for a server that restarts. */
export function runDemo({ server, seed, clock, signal }: DemoSettings): Promise<void> {
  const bedsides = DEMO_WARD.map(({ bay, later }, place) => {
    const scenarioFor = (at: AtMs) => scenario(randomFrom(seed, `later/${bay}/${at}`).pick(later));
    const bedside = newBedside({ bay, seed, protocol: PROTOCOL, pace: DEMO_PACE, scenarioFor });
    return { bedside, by: nurseOfPlace(place) };
  });
  // The server's own log tells of its comings and goings.
  const link = openLink(server, { connected: () => {}, lost: () => {} });
  return liveOn({ link, bedsides, clock, speed: 1, signal });
}

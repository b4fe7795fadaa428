/** The simulated ward of the night: every scenario in turn, nurses of whom some are late, and faults of links and devices. */
import type { AlarmId } from "@vigil/shared/alarms";
import { type AtMs, type BayId, bayIdSchema } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { ReadingMessage } from "@vigil/shared/wire";
import { type Bedside, newBedside, nurseOfPlace } from "@vigil/simulators/bedside";
import type { WardLink } from "@vigil/simulators/link";
import { randomFrom } from "@vigil/simulators/random";
import { type Scenario, scenarioNamed, scenarioNames } from "@vigil/simulators/scenario";

const MIN = 60_000;

/** The last bays are free, and nobody comes to them but from another bay. */
export const SPARE_BAYS = 1;
const NEVER_MIN = 1e6;

export const bayNames = (count: number): BayId[] =>
  Array.from({ length: count }, (_, place) => bayIdSchema.parse(String(place + 1)));

/** Every scenario of the library, one after the other, by whoever's session opens next. */
function inTurn(opened: (scenario: string) => void): () => Scenario {
  const scenarios = scenarioNames().flatMap((name) => scenarioNamed(name) ?? []);
  let sessions = 0;
  return () => {
    const scenario = scenarios[sessions % scenarios.length];
    if (scenario === undefined) throw new Error("the library of scenarios is empty");
    sessions += 1;
    opened(scenario.name);
    return scenario;
  };
}

export function bedsides(bays: readonly BayId[], seed: number, protocol: Protocol, opened: (scenario: string) => void) {
  const scenarioFor = inTurn(opened);
  return bays.map((bay, place) => {
    const isSpare = place >= bays.length - SPARE_BAYS;
    const turnoverMin = isSpare ? ([NEVER_MIN, NEVER_MIN] as const) : ([0.2, 6] as const);
    const pace = { preparationMin: [2, 5], turnoverMin } as const;
    const bedside = newBedside({ bay, seed, protocol, pace, scenarioFor });
    return { bedside: withLateNurse(bedside, seed), by: nurseOfPlace(place) };
  });
}

/** How long an alarm may stand before its nurse sees it: most at once, some after each rung of the ladder, some much later. */
const SEEN_AFTER_MS = [0, 0, 0, 0, 40_000, 50_000, 60_000, 90_000, 150_000, 10 * MIN] as const;
/** Of four sessions, this many have nobody who asks the patient from the middle of the infusion until after the stay. */
const NEGLECTED_OF_FOUR = 1;
const NEGLECTED_AFTER_MS = 20 * MIN;
const REMEMBERED_AFTER_MS = 75 * MIN;

function withLateNurse(bedside: Bedside, seed: number): Bedside {
  return {
    ...bedside,
    step(at, view) {
      const alarms = view.alarms.filter(({ id, raisedAt }) => {
        const after = randomFrom(seed, `seen/${bedside.bay}/${id}/${Math.round(raisedAt)}`).pick(SEEN_AFTER_MS);
        return at - raisedAt >= after;
      });
      const neglected = randomFrom(seed, `neglected/${view.sessionId}`).within([0, 4]) < NEGLECTED_OF_FOUR;
      const sinceStart = view.infusionStartedAt === null ? 0 : at - view.infusionStartedAt;
      const sinceEnd = view.recoveryStartedAt === null ? 0 : at - view.recoveryStartedAt;
      const forgotten = neglected && sinceStart > NEGLECTED_AFTER_MS && sinceEnd < REMEMBERED_AFTER_MS;
      return bedside.step(at, {
        ...view,
        alarms,
        observationDueAt: forgotten ? null : view.observationDueAt,
        // Nobody sends a patient home whom nobody has asked.
        recoveryMinimumAt: forgotten && view.recoveryMinimumAt !== null ? Infinity : view.recoveryMinimumAt,
      });
    },
  };
}

/** Troubles of devices and links beyond those of the scenarios, by the place of the bay and the minute of the hour. */
export function withFaults(link: WardLink, bays: readonly BayId[], now: () => AtMs): WardLink {
  const faulty = (reading: ReadingMessage): ReadingMessage[] => {
    const minute = (now() / MIN) % 60;
    switch (bays.indexOf(reading.bay) % 4) {
      case 0: // The device's clock runs ahead, then behind.
        return [{ ...reading, measuredAt: Math.round(now() + (minute < 20 ? 0 : minute < 40 ? 12_000 : -90_000)) }];
      case 1: {
        // The cuff's hose is off.
        const { sbp: _sbp, dbp: _dbp, map: _map, ...rest } = reading;
        return [minute > 20 && minute < 42 ? rest : reading];
      }
      case 2: // The gateway between monitor and server loses everything for a while, shortly and for long.
        return (minute > 15 && minute < 15.4) || (minute > 35 && minute < 38) ? [] : [reading];
      default: // The electrodes are off: no heart rate, no respiration.
        return [minute > 25 && minute < 27 ? { ...reading, hr: null, rr: null } : reading];
    }
  };
  return { ...link, send: (readings) => link.send(readings.flatMap(faulty)) };
}

/** Every alarm of the default protocol that the simulated patients, monitors and people can bring about. */
export const EXPECTED_ALARMS: readonly AlarmId[] = [
  "hr.low",
  "spo2.low",
  "sbp.high",
  "dbp.high",
  "signal-lost.hr",
  "signal-lost.spo2",
  "signal-lost.rr",
  "monitor-silent",
  "pressure-overdue",
  "clock-skew",
  "plan-elapsed",
  "recovery-minimum-reached",
  "dissociation-prolonged",
  "observation-overdue",
  "ready-for-discharge",
];

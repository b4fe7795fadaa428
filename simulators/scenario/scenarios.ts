/** The scenarios there are. Clinical figures: clinical.md; how deep and how long are chosen to cross the default limits. */
import type { Constitution } from "../patient/index.ts";
import type { Episode, Scenario } from "./scenario.ts";

/** Someone who stays well inside the default limits: most patients, and what a quiet wall is made of. */
const EVEN: Constitution = { pressure: [-0.3, 0.5], pressorResponse: [-1, -0.3], heartResponse: [-0.7, 0.8] };

const AT_ONCE = { riseS: [0.5, 0.5], fallS: [0.5, 0.5] } as const;

/** Moves an arm now and then: shorter than every delay, so nothing alarms. */
const FIDGETING: Episode = {
  fromMin: [2, 8],
  again: { everyMin: [7, 16], untilMin: 110 },
  ...AT_ONCE,
  holdS: [2, 4],
  fault: "artefact",
};

export const SCENARIOS = {
  calm: {
    says: "an ordinary session: a mild rise of the pressure, a little movement, no alarm",
    constitution: EVEN,
    cuffOnProbeArm: false,
    episodes: [FIDGETING],
  },
  "hypertensive-surge": {
    says: "the pressure rises past the limits around the middle of the infusion and comes back",
    constitution: { pressure: [0, 0.8], pressorResponse: [0.2, 1], heartResponse: [0, 1] },
    cuffOnProbeArm: false,
    episodes: [
      {
        fromMin: [12, 16],
        riseS: [120, 240],
        holdS: [500, 800],
        fallS: [300, 420],
        changes: { sbp: [30, 44], dbp: [13, 24], hr: [6, 14] },
      },
      FIDGETING,
    ],
  },
  desaturation: {
    says: "shallow breathing: SpO₂ dips every few minutes, now and then below 90 %, and recovers",
    constitution: EVEN,
    cuffOnProbeArm: false,
    episodes: [
      {
        fromMin: [2.5, 4],
        again: { everyMin: [4.5, 7], untilMin: 62 },
        riseS: [15, 25],
        holdS: [28, 50],
        fallS: [15, 25],
        changes: { spo2: [-6.4, -5.6], rr: [-4, -2] },
      },
      {
        fromMin: [8, 12],
        again: { everyMin: [13, 18], untilMin: 58 },
        riseS: [15, 25],
        holdS: [25, 40],
        fallS: [20, 30],
        changes: { spo2: [-12.5, -11], rr: [-4, -2] },
      },
    ],
  },
  bradycardia: {
    says: "a vasovagal spell: heart rate and pressure fall for a minute or two",
    constitution: { ...EVEN, heartResponse: [-1, -0.3], heartRate: [-0.8, -0.3] },
    cuffOnProbeArm: false,
    episodes: [
      {
        fromMin: [5, 9],
        again: { everyMin: [14, 22], untilMin: 45 },
        riseS: [8, 15],
        holdS: [50, 100],
        fallS: [40, 80],
        changes: { hr: [-27, -22], sbp: [-34, -24], dbp: [-18, -12] },
      },
    ],
  },
  "probe-off": {
    says: "the finger probe comes off twice and is put back; the cuff sits on the probe's arm",
    constitution: EVEN,
    cuffOnProbeArm: true,
    episodes: [
      { fromMin: [4, 7], ...AT_ONCE, holdS: [50, 120], fault: "probe-off" },
      { fromMin: [17, 23], ...AT_ONCE, holdS: [50, 120], fault: "probe-off" },
    ],
  },
  "monitor-dropout": {
    says: "the monitor falls silent, first briefly, then for more than a minute",
    constitution: EVEN,
    cuffOnProbeArm: false,
    episodes: [
      { fromMin: [3, 5], ...AT_ONCE, holdS: [14, 24], fault: "drop-out" },
      { fromMin: [9, 13], ...AT_ONCE, holdS: [60, 110], fault: "drop-out" },
    ],
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const isScenarioName = (text: string): text is ScenarioName => Object.hasOwn(SCENARIOS, text);
export const SCENARIO_NAMES: readonly ScenarioName[] = Object.keys(SCENARIOS).filter(isScenarioName);

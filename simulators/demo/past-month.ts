/**
 * The month before the demonstration: sessions that the simulators lived through, decided by the same engine, told one by
 * one and in small steps so that whoever asks for them can do other things in between. The newest first.
 */
import { advance, type BayEvent, type BayInput, newBay } from "@vigil/shared/bay";
import { addDays, instantOf, localDateOf, type Zone } from "@vigil/shared/course";
import { type AtMs, type BayId, bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { newBedside, newPast, nurseOfPlace } from "../bedside/index.ts";
import { MONITOR_STEP_MS } from "../monitor/index.ts";
import { randomFrom } from "../random/index.ts";
import { type Scenario, scenarioNamed } from "../scenario/index.ts";
import { marksOf, type PastMark } from "./past-marks.ts";

/** A whole session of the past: every input with what was decided on it. */
export interface PastSession {
  readonly bay: BayId;
  readonly steps: readonly {
    readonly input: Exclude<BayInput, { kind: "tick" }>;
    readonly events: readonly BayEvent[];
    /** What the nurse judged later of alarms that were raised in this step. */
    readonly marks: readonly PastMark[];
  }[];
}

const PROTOCOL = protocolSchema.parse({});
const DAYS = 30;
/** As gateways do that save; a month of every second would be a hundred times the rest of the demonstration. */
const CADENCE_S = 15;
const LONGEST_MS = 5 * 3_600_000;
/** Seconds lived through between two turns of whoever asks. */
const STEPS_AT_ONCE = 240;
const EVENING = "18:20";
/** Three bays have an evening patient too. */
const STARTS = [
  ["08:30", 8],
  ["13:10", 8],
  [EVENING, 3],
] as const;

const MIX = [
  ...["calm", "calm", "calm", "desaturation", "hypertensive-surge", "bradycardia", "probe-off", "snoring"],
  ...["monitor-dropout", "relative-rise", "desaturation-in-recovery", "tachycardia", "motion-artefact"],
] as const;
/** Whatever the day, last night has a grave alarm for whoever asks the log about it. */
const LAST_NIGHT = "desaturation";

/** `null`: nothing to tell yet, go on asking. The same `now` and `seed` give the same month. */
export function* pastMonth(now: AtMs, seed: number, zone: Zone): Generator<PastSession | null> {
  const today = localDateOf(now, zone);
  for (let ago = 1; ago <= DAYS; ago += 1) {
    const date = addDays(today, -ago);
    // Closed on Sundays, but for yesterday: there is always a last night.
    const isSunday = new Date(`${date}T12:00Z`).getUTCDay() === 0;
    if (isSunday && ago > 1) continue;
    for (const [time, bays] of [...STARTS].reverse()) {
      const startsAt = instantOf(date, time, zone);
      if (startsAt === null) continue;
      for (let place = 0; place < bays; place += 1) {
        const chance = randomFrom(seed, `past/${date}/${time}/${place}`);
        const isLastNight = ago === 1 && time === EVENING && place === 0;
        if (chance.within([0, 1]) < 0.25 && !isLastNight) continue;
        const from = startsAt + Math.round(chance.within([0, 50])) * 60_000;
        yield* liveSession(place, from, seed, scenario(isLastNight ? LAST_NIGHT : chance.pick(MIX)));
      }
    }
  }
}

function* liveSession(place: number, from: AtMs, seed: number, played: Scenario): Generator<PastSession | null> {
  const bayId = bayIdSchema.parse(String(place + 1));
  const bedside = newBedside({
    bay: bayId,
    seed,
    protocol: PROTOCOL,
    pace: { preparationMin: [5.5, 12], turnoverMin: [0, 0], answersUnevenly: true },
    scenarioFor: () => played,
  });
  const second = newPast(bedside, bayId, PROTOCOL, nurseOfPlace(place));
  const steps: Omit<PastSession["steps"][number], "marks">[] = [];
  let bay = newBay(bayId, PROTOCOL);
  for (let at = from, lived = 1; at < from + LONGEST_MS; at += MONITOR_STEP_MS, lived += 1) {
    for (const input of second(at)) {
      if (input.kind === "tick") continue;
      // Opened with its rules, as the ward does.
      const whole: typeof input =
        input.kind === "command" && input.command.type === "open-session"
          ? { ...input, command: { ...input.command, protocol: PROTOCOL } }
          : input;
      const { bay: after, events } = advance(bay, whole);
      const ended = bay.session !== null && after.session === null;
      bay = after;
      steps.push({ input: whole, events });
      if (ended) {
        const chance = randomFrom(seed, `marks/${bayId}/${from}`);
        const marks = marksOf(steps, { by: nurseOfPlace(place), endedAt: at, chance });
        yield { bay: bayId, steps: steps.map((step, i) => ({ ...step, marks: marks.get(i) ?? [] })) };
        return;
      }
    }
    if (lived % STEPS_AT_ONCE === 0) yield null;
  }
}

function scenario(name: string): Scenario {
  const found = scenarioNamed(name);
  if (found === null) throw new Error(`the library has no scenario named ${name}`);
  return { ...found, monitor: { ...found.monitor, cadenceS: CADENCE_S } };
}

/**
 * Which burst sounds when: pure, time handed in (milliseconds of any clock that never goes back).
 *
 * - One burst at a time. A burst speaks for every alarm of its priority.
 * - A *call* (an alarm that is new, has escalated, or sounds again after a pause) is heard at once. It cuts off a milder burst;
 *   it waits for an equal or graver one, and for the rest that follows it. What is cut off is heard again afterwards.
 * - Then the gravest priority that sounds repeats at its own interval; milder ones wait until it no longer sounds. A repeat
 *   cuts nothing off.
 * - A reminder calls like any other, and is not repeated.
 * - Nothing sounding: silence, at once, in the middle of a burst too.
 */
import type { Priority } from "@vigil/shared/protocol";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";
import { burstLengthMs, isGraver, REPEAT_EVERY_MS, SOUNDS_IN_ORDER, type Sound } from "./tones.ts";

/** An alarm whose annunciation is "sounding", or of which a person has just been reminded. */
export interface SoundingAlarm {
  readonly bay: string;
  readonly id: string;
  readonly priority: Priority;
  /** When it last called: raised, escalated or brought to mind. Newer than what was heard: it calls again. */
  readonly callsSince: number;
  /** A reminder: heard once, and never again for this call. */
  readonly once?: true;
}

/** Keeps two bursts apart that follow one another, so that neither is taken for a part of the other. */
export const REST_MS = 500;

interface Playing {
  readonly sound: Sound;
  readonly endsAt: number;
  /** The calls it answers, heard once it has ended. */
  readonly calls: readonly SoundingAlarm[];
  readonly requested: boolean;
}

export interface SoundQueue {
  readonly alarms: readonly SoundingAlarm[];
  /** Those of `alarms` that have been heard as they are. */
  readonly heard: readonly SoundingAlarm[];
  /** One burst each, once. */
  readonly requests: readonly Sound[];
  readonly playing: Playing | null;
  readonly resting: { readonly after: Sound; readonly until: number } | null;
  /** When the last burst of at least this priority began. */
  readonly lastStart: { readonly [P in Priority]: number };
}

export const EMPTY_QUEUE: SoundQueue = {
  alarms: [],
  heard: [],
  requests: [],
  playing: null,
  resting: null,
  lastStart: { high: -Infinity, medium: -Infinity, low: -Infinity },
};

export interface Step {
  readonly queue: SoundQueue;
  /** End the burst that plays, before `play` if there is one. */
  readonly stop: boolean;
  readonly play: Sound | null;
  /** When to step again if nothing happens before; `Infinity` for never. */
  readonly wakeAt: number;
}

/** The alarms that sound now: the whole list, each time. */
export function withAlarms(queue: SoundQueue, alarms: readonly SoundingAlarm[]): SoundQueue {
  return { ...queue, alarms, heard: alarms.filter((alarm) => covers(queue.heard, alarm)) };
}

/** One burst, once: the test tone. Asked for twice before it is heard, it is heard once. */
export function withRequest(queue: SoundQueue, sound: Sound): SoundQueue {
  return queue.requests.includes(sound) ? queue : { ...queue, requests: [...queue.requests, sound] };
}

/** The burst that plays was lost, with the sound itself: what it had to say is still to be heard. */
export function interrupted(queue: SoundQueue): SoundQueue {
  const { playing } = queue;
  if (playing === null) return queue;
  const still = { ...queue, playing: null };
  return playing.requested ? withRequest(still, playing.sound) : still;
}

export function step(before: SoundQueue, now: number): Step {
  let queue = settle(before, now);
  let stop = false;
  let due = dueSound(queue, now);

  if (queue.playing !== null) {
    const { playing } = queue;
    const wanted = queue.alarms.some(
      (alarm) => alarm.priority === playing.sound && (!alarm.once || covers(playing.calls, alarm)),
    );
    const unwanted = !playing.requested && !wanted;
    if (!unwanted && !(due?.isCall && isGraver(due.sound, playing.sound))) {
      return { queue, stop: false, play: null, wakeAt: playing.endsAt };
    }
    stop = true;
    queue = { ...interrupted(queue), resting: { after: playing.sound, until: now + REST_MS } };
    // What the burst was about to answer calls again.
    due = dueSound(queue, now);
  }

  if (due === null) return { queue, stop, play: null, wakeAt: nextRepeat(queue) };
  const { resting } = queue;
  if (resting !== null && !(due.isCall && isGraver(due.sound, resting.after))) {
    return { queue, stop, play: null, wakeAt: resting.until };
  }
  const started = start(queue, due.sound, now);
  return { queue: started, stop, play: due.sound, wakeAt: now + burstLengthMs(due.sound) };
}

/** What has ended by now has been heard. */
function settle(queue: SoundQueue, now: number): SoundQueue {
  const { playing, resting } = queue;
  if (playing !== null && now >= playing.endsAt) {
    const until = playing.endsAt + REST_MS;
    return {
      ...queue,
      heard: queue.alarms.filter((alarm) => covers(queue.heard, alarm) || covers(playing.calls, alarm)),
      playing: null,
      resting: now < until ? { after: playing.sound, until } : null,
    };
  }
  return resting !== null && now >= resting.until ? { ...queue, resting: null } : queue;
}

/** The gravest sound that ought to begin now. */
function dueSound(queue: SoundQueue, now: number): { readonly sound: Sound; readonly isCall: boolean } | null {
  const isRepeatDue = now >= nextRepeat(queue);
  const gravest = gravestSounding(queue);
  for (const sound of SOUNDS_IN_ORDER) {
    if (queue.requests.includes(sound) || calls(queue, sound).length > 0) return { sound, isCall: true };
    if (sound === gravest && isRepeatDue) return { sound, isCall: false };
  }
  return null;
}

function calls({ alarms, heard, playing }: SoundQueue, sound: Sound): readonly SoundingAlarm[] {
  return alarms.filter(
    (alarm) => alarm.priority === sound && !covers(heard, alarm) && !(playing && covers(playing.calls, alarm)),
  );
}

function covers(heard: readonly SoundingAlarm[], alarm: SoundingAlarm): boolean {
  return heard.some(
    (known) =>
      known.bay === alarm.bay &&
      known.id === alarm.id &&
      known.callsSince >= alarm.callsSince &&
      !isGraver(alarm.priority, known.priority),
  );
}

const gravestSounding = ({ alarms }: SoundQueue): Priority | undefined =>
  PRIORITIES_IN_ORDER.find((priority) => alarms.some((alarm) => alarm.priority === priority && !alarm.once));

function nextRepeat(queue: SoundQueue): number {
  const gravest = gravestSounding(queue);
  return gravest === undefined ? Infinity : queue.lastStart[gravest] + REPEAT_EVERY_MS[gravest];
}

function start(queue: SoundQueue, sound: Sound, now: number): SoundQueue {
  const lastFor = (priority: Priority): number => (isGraver(priority, sound) ? queue.lastStart[priority] : now);
  return {
    ...queue,
    requests: queue.requests.filter((requested) => requested !== sound),
    playing: {
      sound,
      endsAt: now + burstLengthMs(sound),
      calls: calls(queue, sound),
      requested: queue.requests.includes(sound),
    },
    resting: null,
    lastStart: { high: lastFor("high"), medium: lastFor("medium"), low: lastFor("low") },
  };
}

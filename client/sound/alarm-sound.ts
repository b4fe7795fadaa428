import { BehaviorSubject, type Subscription } from "rxjs";
import type { LocalTime } from "../live/index.ts";
import { BURST_HEARD, HUM_HEARD, type SoundOutput } from "./output.ts";
import { EMPTY_QUEUE, interrupted, type SoundingAlarm, step, withAlarms, withRequest } from "./queue.ts";
import type { SoundMemory } from "./sound-memory.ts";
import { burstLengthMs, type Sound } from "./tones.ts";

/**
 * `suspended`: the browser or the machine has stopped the sound, or waits for a person. `start-failed`: there is no sound to
 * be had. `silent-output`: it claims to sound, and what was measured is silence.
 */
export type BlockReason = "suspended" | "start-failed" | "silent-output";

export type SoundState =
  /** Nobody has armed it: nothing sounds. `notHeard`: someone tried, and did not hear the test tone. */
  | { readonly kind: "off"; readonly notHeard: boolean }
  /** The test tone was played and nobody has answered yet. Alarms sound. */
  | { readonly kind: "testing" }
  | { readonly kind: "armed" }
  /** It ought to sound and cannot. Tried again every few seconds, for ever. `detail`: in the browser's words. */
  | { readonly kind: "blocked"; readonly reason: BlockReason; readonly detail: string | null };

export interface AlarmSound {
  readonly state: BehaviorSubject<SoundState>;
  /** What is to be heard now (`soundingOf`): the whole list, each time. */
  set(alarms: readonly SoundingAlarm[]): void;
  /** Plays the test tone. Call it from a press or a key: browsers let a page sound because of one. */
  arm(): void;
  /** A person's answer: did they hear the test tone? */
  confirm(heard: boolean): void;
  close(): void;
}

interface AlarmSoundParts {
  /** @throws where there is no sound to be had */
  readonly openOutput: () => SoundOutput;
  readonly time: Pick<LocalTime, "now" | "scheduler">;
  readonly memory: SoundMemory;
}

const WATCH_EVERY_MS = 5_000;
/** A context that is in trouble for so long is thrown away for a new one: its audio device may be gone. */
const RENEW_AFTER_MS = 30_000;
/** A browser that was just asked may take so long before its silence is told. */
const PATIENCE_MS = 1_000;
const LISTEN_EVERY_MS = 100;
/** Fewer looks at a burst than these (the page was held up) prove nothing. */
const LOOKS_TO_JUDGE = 4;

export function openAlarmSound({ openOutput, time, memory }: AlarmSoundParts): AlarmSound {
  /** What people want of it; what the machine does is seen in `trouble`. */
  let person: "off" | "testing" | "armed" = "off";
  let notHeard = false;
  let queue = EMPTY_QUEUE;

  let output: SoundOutput | null = null;
  let unwatch = (): void => undefined;
  let refusal: string | null = null;
  let isBurstSilent = false;
  let isHumSilent = false;
  /** At the last look; `null` before there was one. */
  let renderedS: number | null = null;
  let askedAt = -Infinity;
  let troubleSince: number | null = null;

  let burst: { stop(): void } | null = null;
  let wake: Subscription | null = null;
  let listening: Subscription | null = null;
  let patience: Subscription | null = null;

  const state = new BehaviorSubject<SoundState>({ kind: "off", notHeard });

  function trouble(): Extract<SoundState, { kind: "blocked" }> | null {
    const blocked = (reason: BlockReason) => ({ kind: "blocked", reason, detail: refusal }) as const;
    if (refusal !== null) return blocked("start-failed");
    if (!output?.isRunning()) return time.now() - askedAt < PATIENCE_MS ? null : blocked("suspended");
    return isBurstSilent || isHumSilent ? blocked("silent-output") : null;
  }

  function tell(): void {
    const found = person === "off" ? null : trouble();
    if (found === null) troubleSince = null;
    else troubleSince ??= time.now();
    const next: SoundState = person === "off" ? { kind: "off", notHeard } : (found ?? { kind: person });
    if (!isSame(state.value, next)) state.next(next);
  }

  /** Looks at what has changed and does what follows from it. */
  function look(): void {
    if (output?.isRunning()) {
      refusal = null;
      // No press was needed: a kiosk. Someone has heard this screen before.
      if (person === "off" && memory.wasHeard()) person = "armed";
    }
    sound();
    tell();
  }

  function sound(): void {
    wake?.unsubscribe();
    if (output === null || person === "off" || !output.isRunning()) {
      cutOff();
      queue = interrupted(queue);
      return;
    }
    const { queue: next, stop, play, wakeAt } = step(queue, time.now());
    queue = next;
    if (stop) cutOff();
    if (play !== null) {
      burst = output.play(play);
      listenTo(output, play);
    }
    if (wakeAt !== Infinity) wake = time.scheduler.schedule(sound, Math.max(0, Math.ceil(wakeAt - time.now())));
  }

  function cutOff(): void {
    burst?.stop();
    burst = null;
    listening?.unsubscribe();
  }

  /** Measures a burst while it plays, until it is loud or over. */
  function listenTo(from: SoundOutput, played: Sound): void {
    const until = time.now() + burstLengthMs(played);
    let looks = 0;
    listening?.unsubscribe();
    listening = time.scheduler.schedule(function listen() {
      looks++;
      const isLoud = from.peak() >= BURST_HEARD;
      if (!isLoud && time.now() < until) {
        this.schedule(undefined, LISTEN_EVERY_MS);
        return;
      }
      if (isLoud || looks >= LOOKS_TO_JUDGE) isBurstSilent = !isLoud;
      tell();
    }, LISTEN_EVERY_MS);
  }

  function ask(): void {
    if (output === null) {
      try {
        output = openOutput();
        unwatch = output.onChange(look);
      } catch (error) {
        refuse(error);
        return;
      }
    }
    const asked = output;
    asked.resume().then(
      () => asked === output && look(),
      (error: unknown) => {
        if (asked !== output) return;
        // It will not come back: it is closed.
        discard();
        refuse(error);
      },
    );
  }

  function refuse(error: unknown): void {
    refusal = error instanceof Error ? error.message : String(error);
    look();
  }

  function discard(): void {
    cutOff();
    queue = interrupted(queue);
    unwatch();
    output?.close();
    output = null;
    renderedS = null;
  }

  /** The night watch: finds a loss that no event has told, and never stops trying to undo it. */
  function watch(): void {
    if (person === "off" && !memory.wasHeard()) return;
    const rendered = output?.isRunning() ? output.renderedS() : null;
    if (output !== null && rendered !== null && renderedS !== null) {
      isHumSilent = rendered <= renderedS || output.peak() < HUM_HEARD;
    }
    renderedS = rendered;
    if (troubleSince !== null && time.now() - troubleSince >= RENEW_AFTER_MS) {
      troubleSince = time.now();
      discard();
      // The hum of the new one has to prove it.
      isHumSilent ||= isBurstSilent;
      isBurstSilent = false;
    }
    if (!output?.isRunning()) ask();
    look();
  }

  const watching = time.scheduler.schedule(function again() {
    watch();
    this.schedule(undefined, WATCH_EVERY_MS);
  });

  return {
    state,
    set(alarms) {
      queue = withAlarms(queue, alarms);
      sound();
    },
    arm() {
      person = "testing";
      notHeard = false;
      refusal = null;
      askedAt = time.now();
      queue = withRequest(queue, "test");
      patience?.unsubscribe();
      patience = time.scheduler.schedule(tell, PATIENCE_MS);
      ask();
      look();
    },
    confirm(heard) {
      if (person !== "testing") return;
      person = heard ? "armed" : "off";
      notHeard = !heard;
      memory.remember(heard);
      look();
    },
    close() {
      watching.unsubscribe();
      wake?.unsubscribe();
      patience?.unsubscribe();
      discard();
    },
  };
}

function isSame(a: SoundState, b: SoundState): boolean {
  if (a.kind === "off" && b.kind === "off") return a.notHeard === b.notHeard;
  if (a.kind === "blocked" && b.kind === "blocked") return a.reason === b.reason && a.detail === b.detail;
  return a.kind === b.kind;
}

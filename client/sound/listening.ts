import type { Observable } from "rxjs";
import { browserTime } from "../live/index.ts";
import { type AlarmSound, openAlarmSound } from "./alarm-sound.ts";
import { openOutput } from "./output.ts";
import type { SoundingAlarm } from "./queue.ts";

export type Listening = Pick<AlarmSound, "state" | "close">;

/**
 * The tones of what is not live, for somebody who asked to hear them: begins with the test tone. Call it from a press. It
 * remembers nothing: the walls of this screen ask for their own test tone all the same.
 */
export function openListening(alarms: Observable<readonly SoundingAlarm[]>): Listening {
  const sound = openAlarmSound({
    openOutput: () => openOutput(() => new AudioContext({ latencyHint: "interactive" })),
    time: browserTime,
    memory: { wasHeard: () => false, remember: () => undefined },
  });
  sound.arm();
  sound.confirm(true);
  const subscription = alarms.subscribe(sound.set);
  return {
    state: sound.state,
    close() {
      subscription.unsubscribe();
      sound.close();
    },
  };
}

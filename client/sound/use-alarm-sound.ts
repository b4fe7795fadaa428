import { useEffect, useState } from "react";
import type { Observable } from "rxjs";
import { browserTime } from "../live/index.ts";
import { type AlarmSound, openAlarmSound } from "./alarm-sound.ts";
import { openOutput } from "./output.ts";
import type { SoundingAlarm } from "./queue.ts";
import { soundMemory } from "./sound-memory.ts";

/**
 * The sound of a page, for as long as the page is there. `alarms` gives the whole list of what sounds now, at once and with
 * every change; it goes to the tones without passing through a render. Keep it the same object: another one starts over.
 */
export function useAlarmSound(alarms: Observable<readonly SoundingAlarm[]>): AlarmSound | null {
  const [sound, setSound] = useState<AlarmSound | null>(null);
  useEffect(() => {
    const opened = openAlarmSound({
      openOutput: () => openOutput(() => new AudioContext({ latencyHint: "interactive" })),
      time: browserTime,
      memory: soundMemory(() => localStorage),
    });
    const subscription = alarms.subscribe(opened.set);
    setSound(opened);
    return () => {
      subscription.unsubscribe();
      opened.close();
    };
  }, [alarms]);
  return sound;
}

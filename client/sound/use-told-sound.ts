import type { SoundReport } from "@vigil/shared/wire";
import { useEffect } from "react";
import type { LiveBoard } from "../live/index.ts";
import type { AlarmSound, SoundState } from "./alarm-sound.ts";

/** Until somebody says that they heard the test tone, nobody knows that anything is heard. */
const TOLD: { readonly [K in SoundState["kind"]]: SoundReport["sound"] } = {
  armed: "heard",
  testing: "off",
  off: "off",
  blocked: "blocked",
};

/** Tells the server whether alarms are heard here: whoever looks after the screens does not stand before this one. */
export function useToldSound(live: LiveBoard, sound: AlarmSound | null): void {
  useEffect(() => {
    const telling = sound?.state.subscribe(({ kind }) => live.tellSound(TOLD[kind]));
    return () => telling?.unsubscribe();
  }, [live, sound]);
}

import { useMemo } from "react";
import { map } from "rxjs";
import type { LiveBoard } from "../live/index.ts";
import { SoundBanner, soundingOf, useAlarmSound, WakeLockNote } from "../sound/index.ts";
import { useScreen } from "../ui/use-screen.ts";
import { useValue } from "../ui/use-value.ts";
import { WallOf } from "./wall-of.tsx";

/** As the banner's style has it: 9 % of the screen, and never too small to read. */
const bannerHeight = (screenHeight: number): number => Math.ceil(Math.max(0.09 * screenHeight, 56));

/** The wall and its voice. Until a person has heard the test tone, the bays make room for the words SOUND OFF. */
export function WallWithSound({ live }: { readonly live: LiveBoard }) {
  const sounding = useMemo(
    () => live.summary.pipe(map(({ alarms }) => soundingOf(alarms, live.shown.value.now))),
    [live],
  );
  const sound = useAlarmSound(sounding);
  return sound === null ? <WallOf live={live} below={0} /> : <Heard live={live} sound={sound} />;
}

type HeardProps = { readonly live: LiveBoard; readonly sound: NonNullable<ReturnType<typeof useAlarmSound>> };

function Heard({ live, sound }: HeardProps) {
  const { kind } = useValue(sound.state);
  const screen = useScreen();
  return (
    <>
      <WallOf live={live} below={kind === "armed" ? 0 : bannerHeight(screen.height)} />
      <SoundBanner sound={sound} anyKey />
      <WakeLockNote />
    </>
  );
}

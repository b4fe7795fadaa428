import { useMemo } from "react";
import { map } from "rxjs";
import type { LiveBoard } from "../live/index.ts";
import { SoundBanner, soundingOf, useAlarmSound, WakeLockNote } from "../sound/index.ts";
import { useScreen } from "../ui/use-screen.ts";
import { useValue } from "../ui/use-value.ts";
import { WallOf } from "./wall-of.tsx";

/** As the banner's style has it: 9 % of the screen, and never too small to read. */
const bannerHeight = (screenHeight: number): number => Math.ceil(Math.max(0.09 * screenHeight, 56));

interface WallWithSoundProps {
  readonly live: LiveBoard;
  readonly runbook: string | null;
}

/** The wall and its voice. Until a person has heard the test tone, the bays make room for the words SOUND OFF. */
export function WallWithSound({ live, runbook }: WallWithSoundProps) {
  const sounding = useMemo(
    () => live.summary.pipe(map(({ alarms }) => soundingOf(alarms, live.shown.value.now))),
    [live],
  );
  const sound = useAlarmSound(sounding);
  return sound === null ? (
    <WallOf live={live} below={0} runbook={runbook} />
  ) : (
    <Heard live={live} sound={sound} runbook={runbook} />
  );
}

type HeardProps = WallWithSoundProps & { readonly sound: NonNullable<ReturnType<typeof useAlarmSound>> };

function Heard({ live, sound, runbook }: HeardProps) {
  const { kind } = useValue(sound.state);
  const screen = useScreen();
  return (
    <>
      <WallOf live={live} below={kind === "armed" ? 0 : bannerHeight(screen.height)} runbook={runbook} />
      <SoundBanner sound={sound} anyKey />
      <WakeLockNote />
    </>
  );
}

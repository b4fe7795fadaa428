import { useMemo } from "react";
import { map } from "rxjs";
import type { LiveBoard } from "../live/index.ts";
import { SoundBanner, soundingOf, useAlarmSound, useToldSound, WakeLockNote } from "../sound/index.ts";
import { useScreen } from "../ui/use-screen.ts";
import { useValue } from "../ui/use-value.ts";
import { RunbookButton } from "./runbook-button.tsx";
import { WallOf } from "./wall-of.tsx";
import type { Reading } from "./wall-runbook.tsx";

/** As the banner's style has it: 9 % of the screen, and never too small to read. */
const bannerHeight = (screenHeight: number): number => Math.ceil(Math.max(0.09 * screenHeight, 56));

interface WallWithSoundProps {
  readonly live: LiveBoard;
  readonly reading: Reading | null;
}

/** The wall and its voice. Until a person has heard the test tone, the bays make room for the words SOUND OFF. */
export function WallWithSound({ live, reading }: WallWithSoundProps) {
  const sounding = useMemo(
    () => live.summary.pipe(map(({ alarms }) => soundingOf(alarms, live.shown.value.now))),
    [live],
  );
  const sound = useAlarmSound(sounding);
  useToldSound(live, sound);
  return sound === null ? (
    <WallOf live={live} below={0} reading={reading} />
  ) : (
    <Heard live={live} sound={sound} reading={reading} />
  );
}

type HeardProps = WallWithSoundProps & { readonly sound: NonNullable<ReturnType<typeof useAlarmSound>> };

function Heard({ live, sound, reading }: HeardProps) {
  const { kind } = useValue(sound.state);
  // A screen that shows no bays has nothing to be heard.
  const hasBays = useValue(live.state).kind === "board";
  const screen = useScreen();
  return (
    <>
      <WallOf live={live} below={kind === "armed" || !hasBays ? 0 : bannerHeight(screen.height)} reading={reading} />
      {hasBays && (
        <SoundBanner
          sound={sound}
          anyKey
          whatToDo={
            <RunbookButton className="sound-runbook" alarm="sound-blocked">
              What to do
            </RunbookButton>
          }
        />
      )}
      <WakeLockNote />
    </>
  );
}

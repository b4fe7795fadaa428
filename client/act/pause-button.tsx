import { useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { ageText } from "../ui/clock-text.ts";
import { BellPaused } from "../ui/icons.tsx";
import { useValue } from "../ui/use-value.ts";
import { setText, usePaintSecond } from "../wall/use-paint.ts";
import { useActing } from "./acting.ts";
import type { BayDetail } from "./bay-detail.ts";
import type { ActCommand } from "./send.ts";

/** As long as it may be (alarms.md, "Audio pause"). */
export const PAUSE_S = 120;

interface PauseButtonProps {
  readonly bay: LiveBay;
  /** Where a refusal is said. */
  readonly place: string;
  /** Why, where somebody said so. */
  readonly reason?: string;
  /** It was done. */
  readonly onDone?: () => void;
}

/** By whom the sound is paused, and why where they said so: " by Bo: suctioning". */
export const pauseText = ({ name, reason }: NonNullable<BayDetail["audioPause"]>): string =>
  ` by ${name}${reason === "" ? "" : `: ${reason}`}`;

/** Pauses the alarm sound of a bay for two minutes; while it is paused, counts down and ends it. */
export function PauseButton({ bay, place, reason = "", onDone }: PauseButtonProps) {
  const { desk } = useActing();
  const { audioPausedUntil, alarms } = useValue(bay.facts);
  const waiting = useValue(desk.waiting).has(place);
  const isPaused = audioPausedUntil !== null;
  const press = async () => {
    const why = reason.trim() === "" ? {} : { reason: reason.trim() };
    const command: ActCommand = isPaused ? { type: "resume-audio" } : { type: "pause-audio", seconds: PAUSE_S, ...why };
    if (await desk.act(place, bay.id, command)) onDone?.();
  };
  return (
    <button
      type="button"
      className="act act-pause"
      data-paused={isPaused}
      data-calm={alarms.length === 0}
      aria-disabled={waiting}
      onClick={() => void press()}
    >
      {isPaused ? (
        <>
          <BellPaused label="sound paused" /> <PauseLeft bay={bay} /> End now
        </>
      ) : (
        "Pause sound 2 min"
      )}
      <span className="unseen">, bay {bay.name}</span>
    </button>
  );
}

/** How long the pause still lasts. */
export function PauseLeft({ bay }: { readonly bay: LiveBay }) {
  const left = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => {
    setText(left.current, ageText((bay.row.value.audioPausedUntil ?? now) - now));
  });
  return <span ref={left} />;
}

import { useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { ageText } from "../ui/clock-text.ts";
import { BellPaused } from "../ui/icons.tsx";
import { useValue } from "../ui/use-value.ts";
import { setText, usePaintSecond } from "../wall/use-paint.ts";
import { useActing } from "./acting.ts";

/** As long as it may be (alarms.md, "Audio pause"). */
export const PAUSE_S = 120;

interface PauseButtonProps {
  readonly bay: LiveBay;
  /** Where a refusal is said. */
  readonly place: string;
}

/** Pauses the alarm sound of a bay for two minutes; while it is paused, counts down and ends it. */
export function PauseButton({ bay, place }: PauseButtonProps) {
  const { desk } = useActing();
  const { audioPausedUntil, alarms } = useValue(bay.facts);
  const waiting = useValue(desk.waiting).has(place);
  const isPaused = audioPausedUntil !== null;
  const press = () => {
    void desk.act(place, bay.id, isPaused ? { type: "resume-audio" } : { type: "pause-audio", seconds: PAUSE_S });
  };
  return (
    <button
      type="button"
      className="act act-pause"
      data-paused={isPaused}
      data-calm={alarms.length === 0}
      aria-disabled={waiting}
      onClick={press}
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
  usePaintSecond(({ now }) => setText(left.current, ageText((bay.row.value.audioPausedUntil ?? now) - now)));
  return <span ref={left} />;
}

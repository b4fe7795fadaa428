import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { ageText } from "../ui/clock-text.ts";
import { useLive } from "./live-context.ts";
import "./frozen.css";

/** A picture that has stood still for so long is called frozen. */
const FROZEN_AFTER_MS = 5_000;
/** Shown so long after it was put off last: 4 to 7 s after the picture stopped. */
const REVEAL_AFTER_MS = 7_000;
const PUT_OFF_EVERY_MS = 1_900;
/** So long after it moves again it still says that it stood. */
const REMEMBERED_S = 60;

export interface FrozenScreen {
  readonly curtain: RefObject<HTMLDivElement | null>;
  /** For how long it stood still, in the minute after it moved again; `null` otherwise. */
  readonly stoodMs: number | null;
}

/**
 * `screen-frozen`: this display finds that its own picture stands still. A page that hangs can say nothing any more, so the
 * words are laid out beforehand and the compositor, which goes on without the page, is to show them in seven seconds; the page
 * puts that off with every other second, as long as it has painted the one before. Once it moves again it says for how long it stood.
 */
export function useFrozen(): FrozenScreen {
  const { shown } = useLive();
  const curtain = useRef<HTMLDivElement>(null);
  const [stoodMs, setStoodMs] = useState<number | null>(null);
  useEffect(() => {
    let paintedAt = performance.now();
    let forget = 0;
    let wanted = 0;
    const reveal = curtain.current === null ? null : revealLater(curtain.current);
    let putOffAt = performance.now();
    const putOff = () => {
      putOffAt = performance.now();
      if (reveal !== null) reveal.currentTime = 0;
    };
    let isPainted = true;
    const painted = () => {
      paintedAt = performance.now();
      isPainted = true;
      wanted = 0;
    };
    const look = () => {
      const stood = performance.now() - paintedAt;
      if (document.visibilityState === "visible" && stood > FROZEN_AFTER_MS) {
        setStoodMs(stood);
        forget = REMEMBERED_S;
      } else if (forget > 0 && --forget === 0) setStoodMs(null);
      // With what the second changes anyway, and seldom: the browser makes a picture more for it.
      if (isPainted && performance.now() - putOffAt > PUT_OFF_EVERY_MS) putOff();
      isPainted = false;
      // One that waits is left to wait: seconds may come faster than pictures on a machine that catches up.
      if (wanted === 0) wanted = requestAnimationFrame(painted);
    };
    const subscription = shown.subscribe(look);
    // A page that nobody can see is not painted.
    const seen = () => {
      painted();
      putOff();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      subscription.unsubscribe();
      cancelAnimationFrame(wanted);
      document.removeEventListener("visibilitychange", seen);
      reveal?.cancel();
    };
  }, [shown]);
  return { curtain, stoodMs };
}

interface FrozenNoteProps extends FrozenScreen {
  /** The way to its runbook. */
  readonly whatToDo: ReactNode;
}

/** While it stands still nothing on it is worth seeing; what is said afterwards lies over nothing. */
export function FrozenNote({ curtain, stoodMs, whatToDo }: FrozenNoteProps) {
  return (
    <>
      <div className="frozen frozen-curtain" ref={curtain} aria-hidden="true">
        <b>SCREEN FROZEN</b>
        <span>Nothing here is live. Look at the bedside monitors. Reload this page or restart this machine.</span>
      </div>
      {stoodMs !== null && (
        <div className="frozen frozen-note" role="alert">
          <b>SCREEN WAS FROZEN</b>
          <span>It stood still for {ageText(stoodMs)}. If that comes again, use another display.</span>
          {whatToDo}
        </div>
      )}
    </>
  );
}

/** Where it makes room for itself. */
export const Frozen = ({ whatToDo }: Pick<FrozenNoteProps, "whatToDo">) => (
  <FrozenNote {...useFrozen()} whatToDo={whatToDo} />
);

/** By opacity alone: the compositor needs nobody for it. `null` where there are no animations. */
function revealLater(element: HTMLElement): Animation | null {
  if (!("animate" in element)) return null;
  return element.animate([{ opacity: 0 }, { opacity: 1 }], { delay: REVEAL_AFTER_MS, duration: 1, fill: "both" });
}

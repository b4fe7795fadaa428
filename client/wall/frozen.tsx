import { type ReactNode, useEffect, useRef, useState } from "react";
import { ageText } from "../ui/clock-text.ts";
import { useLive } from "./live-context.ts";
import "./frozen.css";

/** A picture that has stood still for so long is called frozen. */
const FROZEN_AFTER_MS = 5_000;
/** So long after it moves again it still says that it stood. */
const REMEMBERED_S = 60;

/**
 * `screen-frozen`: this display finds that its own picture stands still. A page that hangs can say nothing any more, so the
 * words are laid out beforehand and the compositor, which goes on without the page, is to show them in five seconds; the page
 * puts that off each second, after it has painted. Once it moves again the page says for how long it stood.
 * @param whatToDo the way to its runbook
 */
export function Frozen({ whatToDo }: { readonly whatToDo: ReactNode }) {
  const { shown } = useLive();
  const curtain = useRef<HTMLDivElement>(null);
  const [stoodMs, setStoodMs] = useState<number | null>(null);
  useEffect(() => {
    let paintedAt = performance.now();
    let forget = 0;
    let wanted = 0;
    const reveal = curtain.current === null ? null : revealLater(curtain.current);
    const painted = () => {
      paintedAt = performance.now();
      if (reveal !== null) reveal.currentTime = 0;
    };
    const look = () => {
      const stood = performance.now() - paintedAt;
      if (document.visibilityState === "visible" && stood > FROZEN_AFTER_MS) {
        setStoodMs(stood);
        forget = REMEMBERED_S;
      } else if (forget > 0 && --forget === 0) setStoodMs(null);
      cancelAnimationFrame(wanted);
      wanted = requestAnimationFrame(painted);
    };
    const subscription = shown.subscribe(look);
    // A page that nobody can see is not painted.
    document.addEventListener("visibilitychange", painted);
    return () => {
      subscription.unsubscribe();
      cancelAnimationFrame(wanted);
      document.removeEventListener("visibilitychange", painted);
      reveal?.cancel();
    };
  }, [shown]);
  return (
    <>
      <div className="frozen frozen-curtain" ref={curtain} aria-hidden="true">
        <b>SCREEN FROZEN</b>
        <span>Nothing here is live. Look at the bedside monitors. Reload this page or restart this machine.</span>
      </div>
      {stoodMs !== null && (
        <div className="frozen" role="alert">
          <b>SCREEN WAS FROZEN</b>
          <span>It stood still for {ageText(stoodMs)}. If that comes again, use another display.</span>
          {whatToDo}
        </div>
      )}
    </>
  );
}

/** By opacity alone: the compositor needs nobody for it. `null` where there are no animations. */
function revealLater(element: HTMLElement): Animation | null {
  if (!("animate" in element)) return null;
  return element.animate([{ opacity: 0 }, { opacity: 1 }], { delay: FROZEN_AFTER_MS, duration: 1, fill: "both" });
}

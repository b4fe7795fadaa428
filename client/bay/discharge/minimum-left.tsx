import type { AtMs } from "@vigil/shared/ids";
import { useRef } from "react";
import type { LiveBay } from "../../live/index.ts";
import { countdownText } from "../../ui/clock-text.ts";
import type { ZoneText } from "../../ui/zone-text.ts";
import { setData, setText, usePaintSecond } from "../../wall/use-paint.ts";

interface MinimumLeftProps {
  readonly bay: LiveBay;
  readonly minimumAt: AtMs;
  readonly zone: ZoneText;
}

/** The countdown of the minimum stay: what is left, or how long it has been over. */
export function MinimumLeft({ bay, minimumAt, zone }: MinimumLeftProps) {
  const box = useRef<HTMLParagraphElement>(null);
  const figure = useRef<HTMLElement>(null);
  const words = useRef<HTMLElement>(null);
  usePaintSecond(({ now }) => {
    const leftMs = minimumAt - now;
    setText(figure.current, countdownText(leftMs));
    setText(
      words.current,
      leftMs > 0 ? `left of the minimum stay, until ${zone.time(minimumAt)}` : `over since ${zone.time(minimumAt)}`,
    );
    setData(box.current, "over", String(leftMs <= 0));
  }, bay);
  return (
    <p className="minimum-left" ref={box} role="timer">
      <b ref={figure} /> <span ref={words} />
    </p>
  );
}

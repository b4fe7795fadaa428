import type { Phase } from "@vigil/shared/session";
import { useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { PHASE_SHORT, PHASE_TEXT } from "../ui/phase-text.ts";
import type { Density } from "./layout.ts";
import { ringView } from "./ring-view.ts";
import { setData, setText, usePaintSecond } from "./use-paint.ts";
import "./ring.css";

/** The ring moves in so many steps, some pixels each, so that it is left alone in most seconds. */
const STEPS = { roomy: 480, dense: 180, sparse: 180 };

interface RingProps {
  readonly bay: LiveBay;
  readonly phase: Phase;
  readonly density: Density;
}

export function Ring({ bay, phase, density }: RingProps) {
  const ring = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLElement>(null);
  const caption = useRef<HTMLElement>(null);
  const drawn = useRef(-1);
  usePaintSecond((shown) => {
    const view = ringView(bay.row.value, shown.now, shown.estimated);
    setText(time.current, view.time);
    // "≈" is as wide as two figures.
    setData(time.current, "length", String(view.time.length + (view.time.startsWith("≈") ? 1 : 0)));
    setText(caption.current, view.caption);
    const degrees = (Math.round(view.share * STEPS[density]) / STEPS[density]) * 360;
    if (degrees === drawn.current) return;
    drawn.current = degrees;
    ring.current?.style.setProperty("--share", `${degrees}deg`);
  }, bay);
  return (
    <div className="ring" ref={ring} data-phase={phase}>
      <span className="ring-phase">{density === "sparse" ? PHASE_SHORT[phase] : PHASE_TEXT[phase]}</span>
      <b className="ring-time" ref={time} />
      <span className="ring-caption" ref={caption} />
    </div>
  );
}

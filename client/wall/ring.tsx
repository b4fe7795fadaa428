import type { Phase } from "@vigil/shared/session";
import { useRef } from "react";
import type { LiveBay } from "../live/index.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { ringView } from "./ring-view.ts";
import { setData, setText, usePaintSecond } from "./use-paint.ts";
import "./ring.css";

/** The ring moves in so many steps, about a screen pixel each, so that it is left alone in most seconds. */
const STEPS = 480;

interface RingProps {
  readonly bay: LiveBay;
  readonly phase: Phase;
}

export function Ring({ bay, phase }: RingProps) {
  const arc = useRef<HTMLElement>(null);
  const time = useRef<HTMLElement>(null);
  const caption = useRef<HTMLElement>(null);
  const drawn = useRef(-1);
  usePaintSecond((shown) => {
    const view = ringView(bay.row.value, shown.now, shown.estimated);
    setText(time.current, view.time);
    // "≈" is as wide as two figures.
    setData(time.current, "length", String(view.time.length + (view.time.startsWith("≈") ? 1 : 0)));
    setText(caption.current, view.caption);
    const steps = Math.round(view.share * STEPS);
    if (steps === drawn.current) return;
    drawn.current = steps;
    arc.current?.style.setProperty("--share", `${(steps / STEPS) * 360}deg`);
  });
  return (
    <div className="ring" data-phase={phase}>
      <i className="ring-arc" ref={arc} />
      <span className="ring-phase">{PHASE_TEXT[phase]}</span>
      <b className="ring-time" ref={time} />
      <span className="ring-caption" ref={caption} />
    </div>
  );
}

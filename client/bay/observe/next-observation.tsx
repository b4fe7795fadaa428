import type { AtMs, DurationMs } from "@vigil/shared/ids";
import { useRef } from "react";
import type { LiveBay } from "../../live/index.ts";
import { countdownText, dueText } from "../../ui/clock-text.ts";
import { setData, setText, usePaintSecond } from "../../wall/use-paint.ts";

interface NextObservationProps {
  readonly bay: LiveBay;
  /** `null`: none is owed. */
  readonly dueAt: AtMs | null;
  readonly everyMs: DurationMs;
}

/** When the protocol wants the next observation, to the second once it is due. */
export function NextObservation({ bay, dueAt, everyMs }: NextObservationProps) {
  const text = useRef<HTMLParagraphElement>(null);
  usePaintSecond(({ now }) => {
    const leftMs = (dueAt ?? 0) - now;
    setData(text.current, "due", String(dueAt !== null && leftMs <= 0));
    setText(text.current, textOf(dueAt === null ? null : leftMs, everyMs));
  }, bay);
  return <p className="observe-due" ref={text} />;
}

/** A minute of grace: due is not overdue. */
const GRACE_MS = 60_000;

function textOf(leftMs: DurationMs | null, everyMs: DurationMs): string {
  const every = `every ${Math.round(everyMs / 60_000)} min`;
  if (leftMs === null) return `No observation is due; from the start on, ${every}`;
  if (leftMs > 0) return `Next in ${dueText(leftMs)}, ${every}`;
  return leftMs > -GRACE_MS ? `Due now, ${every}` : `Overdue by ${countdownText(leftMs).slice(1)}, ${every}`;
}

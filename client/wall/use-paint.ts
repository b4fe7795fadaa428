import type { BoardRow } from "@vigil/shared/board";
import { useEffectEvent, useLayoutEffect } from "react";
import { merge } from "rxjs";
import type { LiveBay, Shown } from "../live/index.ts";
import { useLive } from "./live-context.ts";

/**
 * Writes what changes with every second and every reading straight into the elements of a component. Rendering 64 tiles
 * a second would cost several times what their three numbers do; React renders what changes seldom.
 */
export function usePaint(bay: LiveBay, paint: (row: BoardRow, shown: Shown) => void): void {
  const live = useLive();
  const onPaint = useEffectEvent(() => paint(bay.row.value, live.shown.value));
  useLayoutEffect(() => onPaint());
  useLayoutEffect(() => {
    const subscription = merge(bay.row, live.shownFor(bay)).subscribe(() => onPaint());
    return () => subscription.unsubscribe();
  }, [bay, live]);
}

/** For what shows the second alone; of a `bay`, in the bay's turn. */
export function usePaintSecond(paint: (shown: Shown) => void, bay?: LiveBay): void {
  const live = useLive();
  const onPaint = useEffectEvent(() => paint(live.shown.value));
  useLayoutEffect(() => onPaint());
  useLayoutEffect(() => {
    const subscription = (bay === undefined ? live.shown : live.shownFor(bay)).subscribe(() => onPaint());
    return () => subscription.unsubscribe();
  }, [bay, live]);
}

/** Writes a text where it differs: an element that is left alone costs nothing. */
export function setText(element: Element | null, text: string): void {
  if (element === null) return;
  const node = element.firstChild;
  if (!(node instanceof Text)) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

export function setData(element: HTMLElement | SVGElement | null, name: string, value: string): void {
  if (element !== null && element.dataset[name] !== value) element.dataset[name] = value;
}

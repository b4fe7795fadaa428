import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { BEGINNING, elementPx, goTo, type Place, scrolled } from "./long-scroll.ts";

export interface LongRows {
  /** Of the element in the box. */
  readonly heightPx: number;
  /** The first and the last row that are drawn; the last is -1 when there are none. */
  readonly from: number;
  readonly to: number;
  /** Nobody has scrolled away from the first row. */
  readonly isAtTop: boolean;
  /** Where a row stands in the element, px. */
  topOf(index: number): number;
  /** Scrolls as little as shows it whole. */
  show(index: number): void;
}

const DRAWN_BEYOND = 10;
/** Before the box has been measured. */
const USUAL_VIEW_PX = 640;

/** Rows of one height, any number of them, of which those in sight are drawn. */
export function useLongRows(box: RefObject<HTMLElement | null>, count: number, rowPx: number): LongRows {
  const [place, setPlace] = useState<Place>(BEGINNING);
  const [viewPx, setViewPx] = useState(USUAL_VIEW_PX);
  const extent = useRef({ wholePx: count * rowPx, viewPx });
  extent.current = { wholePx: count * rowPx, viewPx };
  const latest = useRef(place);
  const take = useCallback((next: Place) => {
    latest.current = next;
    setPlace(next);
  }, []);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setViewPx(element.clientHeight || USUAL_VIEW_PX);
    const follow = () => take(scrolled(latest.current, element.scrollTop, extent.current));
    const resized = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(measure);
    measure();
    resized?.observe(element);
    element.addEventListener("scroll", follow, { passive: true });
    return () => {
      resized?.disconnect();
      element.removeEventListener("scroll", follow);
    };
  }, [box, take]);

  const show = useCallback(
    (index: number) => {
      const { viewPx: view } = extent.current;
      const { top } = latest.current;
      const above = index * rowPx;
      const to = above < top ? above : above + rowPx > top + view ? above + rowPx - view : top;
      const { scrollTop, ...next } = goTo(latest.current, to, extent.current);
      take(next);
      if (box.current !== null) box.current.scrollTop = scrollTop;
    },
    [box, rowPx, take],
  );
  return {
    heightPx: elementPx(extent.current),
    from: Math.max(0, Math.floor(place.top / rowPx) - DRAWN_BEYOND),
    to: Math.min(count - 1, Math.ceil((place.top + viewPx) / rowPx) + DRAWN_BEYOND),
    isAtTop: place.top < rowPx / 2,
    topOf: (index) => index * rowPx - place.shift,
    show,
  };
}

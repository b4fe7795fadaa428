/**
 * Scrolling a list that is higher than a browser draws (Firefox ends at 17.9 million px, Chromium at 33.5 million; a million
 * rows are 48 million): the box scrolls a lower element, and what is shown is shifted within it. Small movements are true to
 * the pixel; a large one, by the scroll bar, goes to the same share of the whole.
 */

/** Where the box stands. `top`: px from the beginning of the whole list. `shift`: so much lower than in the element. */
export interface Place {
  readonly top: number;
  readonly shift: number;
}

export interface Extent {
  /** Of all rows, px. */
  readonly wholePx: number;
  /** Of what is seen, px. */
  readonly viewPx: number;
}

export const BEGINNING: Place = { top: 0, shift: 0 };

const MOST_PX = 8_000_000;

/** Of the element that is scrolled. */
export const elementPx = ({ wholePx }: Pick<Extent, "wholePx">): number => Math.min(wholePx, MOST_PX);

/** Somebody scrolled the element to `scrollTop`. */
export function scrolled(before: Place, scrollTop: number, extent: Extent): Place {
  const { wholePx, viewPx } = extent;
  const room = Math.max(0, elementPx(extent) - viewPx);
  const wholeRoom = Math.max(0, wholePx - viewPx);
  const top = (): number => {
    if (scrollTop <= 0) return 0;
    if (scrollTop >= room) return wholeRoom;
    const isSmall = Math.abs(scrollTop - (before.top - before.shift)) < viewPx;
    return isSmall ? Math.min(wholeRoom, Math.max(0, scrollTop + before.shift)) : (scrollTop / room) * wholeRoom;
  };
  const now = top();
  return { top: now, shift: now - scrollTop };
}

/** To `top` of the whole list. @returns where the element must be scrolled to, too */
export function goTo(before: Place, top: number, extent: Extent): Place & { readonly scrollTop: number } {
  const { wholePx, viewPx } = extent;
  const room = Math.max(0, elementPx(extent) - viewPx);
  const wholeRoom = Math.max(0, wholePx - viewPx);
  const to = Math.min(wholeRoom, Math.max(0, top));
  const near = to - before.shift;
  const isNear = Math.abs(to - before.top) < viewPx && near > 0 && near < room;
  const scrollTop = isNear ? near : wholeRoom === 0 ? 0 : Math.round((to / wholeRoom) * room);
  return { top: to, shift: to - scrollTop, scrollTop };
}

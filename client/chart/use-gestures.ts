/** Wheel, drag, pinch and hover on the lanes. */
import { type RefObject, useEffect } from "react";
import { moved, spanOf, zoomed } from "./view.ts";
import type { ViewStore } from "./view-store.ts";

const WHEEL_PER_PX = 0.0015;
/** A finger that moved less has tapped. */
const TAP_PX = 6;

export function useGestures(lanes: RefObject<HTMLElement | null>, store: ViewStore, left: number, width: number): void {
  useEffect(() => {
    const element = lanes.current;
    if (element === null || width <= 0) return;
    const pointers = new Map<number, number>();
    let travelled = 0;
    const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left - left;
    const atOf = (x: number) => store.view.from + (x / width) * spanOf(store.view);

    const onWheel = (event: WheelEvent) => {
      // The plain wheel scrolls the page, as everywhere. With Ctrl or ⌘ it zooms, and so do two fingers on a trackpad, which
      // browsers tell as a wheel with Ctrl. Sideways, or with Shift, it moves along the session.
      if (event.ctrlKey || event.metaKey) {
        store.look(zoomed(store.view, Math.exp(event.deltaY * WHEEL_PER_PX), atOf(xOf(event)), store.bounds));
      } else {
        const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
        if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
        store.look(moved(store.view, (sideways / width) * spanOf(store.view), store.bounds));
      }
      event.preventDefault();
    };
    const onDown = (event: PointerEvent) => {
      if (xOf(event) < 0 || event.button !== 0) return;
      pointers.set(event.pointerId, xOf(event));
      travelled = 0;
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      const x = xOf(event);
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        if (event.pointerType === "mouse" && x >= 0 && x <= width) store.hover(atOf(x));
        return;
      }
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      travelled += Math.abs(x - before);
      if (other === undefined) {
        store.look(moved(store.view, ((before - x) / width) * spanOf(store.view), store.bounds));
      } else {
        const [apartBefore, apart] = [Math.abs(before - other), Math.abs(x - other)];
        if (apart > 10 && apartBefore > 10) {
          store.look(zoomed(store.view, apartBefore / apart, atOf(other), store.bounds));
        }
      }
      pointers.set(event.pointerId, x);
    };
    const onUp = (event: PointerEvent) => {
      if (pointers.delete(event.pointerId) && travelled < TAP_PX) store.point(atOf(xOf(event)));
    };
    const onLeave = () => {
      if (pointers.size === 0) store.hover(null);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    element.addEventListener("mouseleave", onLeave);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
      element.removeEventListener("mouseleave", onLeave);
    };
  }, [lanes, store, left, width]);
}

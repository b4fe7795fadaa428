import { useEffect } from "react";
import type { Here } from "./here.ts";

export const TOUCHES = ["pointerdown", "keydown", "wheel"] as const;

/** Word to the server that somebody is at the screen. */
export function useTouches({ touched }: Pick<Here, "touched">): void {
  useEffect(() => {
    for (const event of TOUCHES) window.addEventListener(event, touched, { passive: true });
    return () => {
      for (const event of TOUCHES) window.removeEventListener(event, touched);
    };
  }, [touched]);
}

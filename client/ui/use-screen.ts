import { useSyncExternalStore } from "react";

export interface Screen {
  readonly width: number;
  readonly height: number;
}

let current: Screen = { width: 0, height: 0 };

/** The size of the window; the same object until it changes. */
function screenNow(): Screen {
  const { innerWidth: width, innerHeight: height } = window;
  if (current.width !== width || current.height !== height) current = { width, height };
  return current;
}

function onResize(changed: () => void): () => void {
  window.addEventListener("resize", changed);
  return () => window.removeEventListener("resize", changed);
}

export const useScreen = (): Screen => useSyncExternalStore(onResize, screenNow);

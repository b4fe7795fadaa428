import { useEffect, useState } from "react";
import { browserTime } from "../live/index.ts";
import { openWakeLock, type WakeLockSource, type WakeLockState } from "./wake-lock.ts";

/** Keeps the screen on while the component is there, and says whether it could. */
export function useWakeLock(): WakeLockState {
  const [state, setState] = useState<WakeLockState>({ kind: "asking" });
  useEffect(() => {
    const lock = openWakeLock({ source: wakeLockOf(navigator), page: document, time: browserTime });
    const subscription = lock.state.subscribe(setState);
    return () => {
      subscription.unsubscribe();
      lock.close();
    };
  }, []);
  return state;
}

/** It is missing, against its type, in old browsers and wherever the page did not come over https. */
function wakeLockOf(browser: Navigator): WakeLockSource | undefined {
  return "wakeLock" in browser ? { request: () => browser.wakeLock.request("screen") } : undefined;
}

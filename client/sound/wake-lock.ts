import { BehaviorSubject, type Subscription } from "rxjs";
import type { LocalTime } from "../live/index.ts";

/**
 * `held`: the screen stays on. `hidden`: nobody sees this page now, it asks again when shown. `refused`: the browser said no
 * (power saving); asked again every minute. `unsupported`: this browser cannot, or the page did not come over https.
 */
export type WakeLockState =
  | { readonly kind: "asking" | "held" | "hidden" | "unsupported" }
  | { readonly kind: "refused"; readonly reason: string };

export interface ScreenWakeLock {
  readonly state: BehaviorSubject<WakeLockState>;
  close(): void;
}

/** What a browser has of it. `undefined` outside of https and in old browsers. */
export interface WakeLockSource {
  request(): Promise<WakeLockHold>;
}
interface WakeLockHold {
  readonly released: boolean;
  release(): Promise<void>;
  addEventListener(type: "release", listener: () => void): void;
}

interface WakeLockParts {
  readonly source: WakeLockSource | undefined;
  readonly page: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
  readonly time: Pick<LocalTime, "scheduler">;
}

const RETRY_EVERY_MS = 60_000;

/** Keeps the screen on for as long as it is open, asking anew whenever the browser took it back. */
export function openWakeLock({ source, page, time }: WakeLockParts): ScreenWakeLock {
  const state = new BehaviorSubject<WakeLockState>({ kind: source === undefined ? "unsupported" : "asking" });
  if (source === undefined) return { state, close: () => undefined };

  let isOpen = true;
  let isAsking = false;
  let hold: WakeLockHold | null = null;
  let retry: Subscription | null = null;

  const letGo = (held: WakeLockHold): void => {
    held.release().catch((error: unknown) => state.next({ kind: "refused", reason: text(error) }));
  };

  function ask(): void {
    if (!isOpen || isAsking || source === undefined || (hold !== null && !hold.released)) return;
    if (page.visibilityState !== "visible") {
      state.next({ kind: "hidden" });
      return;
    }
    isAsking = true;
    source.request().then(
      (held) => {
        isAsking = false;
        if (!isOpen) {
          letGo(held);
          return;
        }
        hold = held;
        held.addEventListener("release", ask);
        state.next({ kind: "held" });
      },
      (error: unknown) => {
        isAsking = false;
        if (isOpen) state.next({ kind: "refused", reason: text(error) });
      },
    );
  }

  page.addEventListener("visibilitychange", ask);
  retry = time.scheduler.schedule(function again() {
    ask();
    this.schedule(undefined, RETRY_EVERY_MS);
  });

  return {
    state,
    close() {
      isOpen = false;
      page.removeEventListener("visibilitychange", ask);
      retry?.unsubscribe();
      if (hold !== null && !hold.released) letGo(hold);
    },
  };
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import type { DurationMs } from "@vigil/shared/ids";
import { Observable, type SchedulerAction, Subscription } from "rxjs";
import type { LocalTime } from "./local-time.ts";

/** `connecting`: nothing heard yet. `lost`: nothing heard for LOST_AFTER_MS. */
export type LinkState = "connecting" | "live" | "lost";

export const LOST_AFTER_MS = 3_000;

/** Tells whenever there was no sign for so long, and again after as long. Of many signs a second none sets a timer. */
export function silences(signs: Observable<unknown>, afterMs: DurationMs, time: LocalTime): Observable<void> {
  return new Observable((told) => {
    let since = time.now();
    function look(this: SchedulerAction<unknown>): void {
      if (time.now() - since >= afterMs) {
        since = time.now();
        told.next();
      }
      this.schedule(undefined, since + afterMs - time.now());
    }
    const all = new Subscription();
    all.add(
      signs.subscribe(() => {
        since = time.now();
      }),
    );
    all.add(time.scheduler.schedule(look, afterMs));
    return all;
  });
}

/**
 * The link's state from every sign of life of the server. There are a dozen a second: one timer stands and looks when it
 * fires, rather than a new one for each.
 */
export function linkState(heard: Observable<unknown>, time: LocalTime): Observable<LinkState> {
  return new Observable((told) => {
    let state: LinkState = "connecting";
    let heardAt = 0;
    const tell = (now: LinkState) => {
      state = now;
      told.next(now);
    };
    function look(this: SchedulerAction<unknown>): void {
      const leftMs = heardAt + LOST_AFTER_MS - time.now();
      if (leftMs > 0) this.schedule(undefined, leftMs);
      else tell("lost");
    }
    tell(state);
    const all = new Subscription();
    all.add(
      heard.subscribe(() => {
        heardAt = time.now();
        if (state === "live") return;
        tell("live");
        all.add(time.scheduler.schedule(look, LOST_AFTER_MS));
      }),
    );
    return all;
  });
}

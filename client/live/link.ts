import { Observable, type SchedulerAction, Subscription } from "rxjs";
import type { LocalTime } from "./local-time.ts";

/** `connecting`: nothing heard yet. `lost`: nothing heard for LOST_AFTER_MS. */
export type LinkState = "connecting" | "live" | "lost";

export const LOST_AFTER_MS = 3_000;

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

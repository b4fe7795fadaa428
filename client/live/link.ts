import {
  concat,
  delay,
  distinctUntilChanged,
  type Observable,
  of,
  type SchedulerLike,
  startWith,
  switchMap,
} from "rxjs";

/** `connecting`: nothing heard yet. `lost`: nothing heard for LOST_AFTER_MS. */
export type LinkState = "connecting" | "live" | "lost";

export const LOST_AFTER_MS = 3_000;

/** The link's state from every sign of life of the server. */
export function linkState(heard: Observable<unknown>, scheduler: SchedulerLike): Observable<LinkState> {
  return heard.pipe(
    switchMap(() => concat(of<LinkState>("live"), of<LinkState>("lost").pipe(delay(LOST_AFTER_MS, scheduler)))),
    startWith<LinkState>("connecting"),
    distinctUntilChanged(),
  );
}

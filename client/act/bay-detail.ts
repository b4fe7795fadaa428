/**
 * What a row leaves out: who acknowledged, paused and switched off, and the session whole. Asked for again with every whole
 * row of the bay; in recovery every few seconds too, because what discharge waits for comes true by time and readings alone.
 */
import type { DeliveryState } from "@vigil/shared/alarms";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import { exhaustMap, map, merge, type Observable, ReplaySubject, retry, share, switchMap, timer } from "rxjs";
import { fromFetch } from "rxjs/fetch";
import type { LiveBay, LocalTime } from "../live/index.ts";

export interface BayDetail {
  readonly audioPause: {
    readonly since: number;
    readonly until: number;
    readonly name: string;
    readonly reason: string;
  } | null;
  readonly alarmsOff: readonly { readonly vital: Vital; readonly name: string; readonly reason: string }[];
  readonly acknowledgements: readonly { readonly alarm: string; readonly name: string; readonly at: number }[];
  /** To whom each alarm was taken, rung by rung. */
  readonly deliveries: readonly { readonly alarm: string; readonly target: string; readonly state: DeliveryState }[];
  /** The whole answer: what only one page needs, that page takes from it. */
  readonly body: unknown;
}

/** Gives the answer of `GET /api/bays/:bay`, once; fails when there is none. */
export type AskDetail = (bay: LiveBay["id"]) => Observable<unknown>;

export const askServer: AskDetail = (bay) =>
  fromFetch<unknown>(`/api/bays/${encodeURIComponent(bay)}`, {
    selector: (response) =>
      response.ok ? response.json() : Promise.reject(new Error(`The server answered ${response.status}.`)),
  });

const ASK_AGAIN_MS = 2_000;
const RECOVERY_EVERY_MS = 3_000;

/** One stream for each bay, however many look at it. */
export function openDetails(ask: AskDetail, time: Pick<LocalTime, "scheduler">) {
  const streams = new WeakMap<LiveBay, Observable<BayDetail>>();
  return (bay: LiveBay): Observable<BayDetail> => {
    const known = streams.get(bay);
    if (known !== undefined) return known;
    const stream = bay.facts.pipe(
      switchMap(({ phase }) => {
        const answer = ask(bay.id).pipe(retry({ delay: () => timer(ASK_AGAIN_MS, time.scheduler) }));
        const isRecovering = phase === "recovery" || phase === "ready";
        const again = timer(RECOVERY_EVERY_MS, RECOVERY_EVERY_MS, time.scheduler).pipe(exhaustMap(() => answer));
        return isRecovering ? merge(answer, again) : answer;
      }),
      map(detailOf),
      share({ connector: () => new ReplaySubject(1), resetOnRefCountZero: true }),
    );
    streams.set(bay, stream);
    return stream;
  };
}

const DELIVERY_STATES: readonly DeliveryState[] = ["queued", "sent", "confirmed", "failed", "cancelled"];

function detailOf(body: unknown): BayDetail {
  const pause = field(body, "audioPause");
  const since = field(pause, "since");
  const until = field(pause, "until");
  return {
    audioPause:
      typeof since === "number" && typeof until === "number"
        ? { since, until, name: text(pause, "name"), reason: text(pause, "reason") }
        : null,
    alarmsOff: list(body, "alarmsOff").flatMap((one) => {
      const vital = VITALS.find((each) => each === field(one, "vital"));
      return vital === undefined ? [] : [{ vital, name: text(one, "name"), reason: text(one, "reason") }];
    }),
    acknowledgements: list(body, "acknowledgements").flatMap((one) => {
      const at = field(one, "at");
      return typeof at === "number" ? [{ alarm: text(one, "alarm"), name: text(one, "name"), at }] : [];
    }),
    deliveries: list(body, "deliveries").flatMap((one) => {
      const state = DELIVERY_STATES.find((each) => each === field(one, "state"));
      return state === undefined ? [] : [{ alarm: text(one, "alarm"), target: text(one, "target"), state }];
    }),
    body,
  };
}

export const field = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;

function text(of: unknown, name: string): string {
  const value = field(of, name);
  return typeof value === "string" ? value : "";
}

function list(of: unknown, name: string): readonly unknown[] {
  const value = field(of, name);
  return Array.isArray(value) ? value : [];
}

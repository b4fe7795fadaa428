import type { AtMs } from "@vigil/shared/ids";
import type { Frame, SoundReport, WatchReply } from "@vigil/shared/wire";
import { BehaviorSubject, delay, NEVER, Observable, of, Subject } from "rxjs";
import type { DoorRefusal, LiveSocket, WatchAsk } from "../socket.ts";
import type { FakeTime } from "./fake-time.ts";

/** A server at the other end of a fake wire, which answers as a test tells it. */
export class FakeSocket implements LiveSocket {
  readonly up = new BehaviorSubject(false);
  readonly frames = new Subject<Frame>();
  readonly refusals = new Subject<DoorRefusal>();
  readonly asked: WatchAsk[] = [];
  readonly unwatched: string[] = [];
  readonly sounds: SoundReport["sound"][] = [];
  timesAsked = 0;
  reconnects = 0;
  closed = false;
  /** The server's clock is the local one and this. */
  offset = 1_000_000;
  /** Of a round trip. */
  delayMs = 20;
  /** It has gone: nothing is answered. */
  silent = false;
  /** Its credential ran out: it may not ask for the time any more. */
  refusesTime = false;
  reply: (ask: WatchAsk) => WatchReply = () => ({ ok: false, code: "journal-failed", reason: "not ready" });
  readonly #time: FakeTime;

  constructor(time: FakeTime) {
    this.#time = time;
  }

  watch(ask: WatchAsk): Observable<WatchReply> {
    this.asked.push(ask);
    return this.silent ? NEVER : of(this.reply(ask));
  }

  sound({ sound }: SoundReport): void {
    this.sounds.push(sound);
  }

  unwatch(board: string): void {
    this.unwatched.push(board);
  }

  time(): Observable<unknown> {
    this.timesAsked++;
    if (this.silent) return NEVER;
    if (this.refusesTime) return of({ ok: false, code: "sign-in", refused: "sign-in", reason: "Sign in first." });
    return new Observable<AtMs>((subscriber) =>
      of(this.#time.now() + this.delayMs / 2 + this.offset)
        .pipe(delay(this.delayMs, this.#time.scheduler))
        .subscribe(subscriber),
    );
  }

  renew(): void {}

  reconnect(): void {
    this.reconnects++;
  }

  close(): void {
    this.closed = true;
  }
}

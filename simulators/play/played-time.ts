/**
 * When what a feed dates happened in this playing. A feed is held, waits for its server, goes faster: so an instant is dated
 * between the commands around it, which the server dated itself.
 */
import type { AtMs, DurationMs } from "@vigil/shared/ids";

interface Played {
  readonly at: DurationMs;
  readonly sentAt: AtMs;
  readonly answeredAt: AtMs;
}

export class PlayedTime {
  readonly #speed: number;
  readonly #played: Played[] = [];

  constructor(speed: number) {
    this.#speed = speed;
  }

  /** The commands of the feed's instant `at`. To be told in order. */
  note(played: Played): void {
    this.#played.push(played);
  }

  /** `now`: the instant `nowAt` of the feed is being played. Never after it. */
  of(at: DurationMs, nowAt: DurationMs, now: AtMs): AtMs {
    const place = this.#played.findLastIndex((each) => each.at <= at);
    const before = this.#played[place];
    if (before === undefined) return Math.floor(now - (nowAt - at) / this.#speed);
    const next = this.#played[place + 1]?.sentAt ?? now;
    const late = before.answeredAt + (at - before.at) / this.#speed;
    return Math.floor(Math.min(late, next, now));
  }
}

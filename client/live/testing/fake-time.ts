import { VirtualTimeScheduler } from "rxjs";
import type { LocalTime } from "../local-time.ts";

/** Time that passes only when told to. */
export class FakeTime implements LocalTime {
  readonly scheduler = new VirtualTimeScheduler(undefined, 0);
  #toPaint: (() => void)[] = [];

  now(): number {
    return this.scheduler.now();
  }

  random(): number {
    return 0.5;
  }

  afterPaint(run: () => void): void {
    this.#toPaint.push(run);
  }

  paint(): void {
    for (const run of this.#toPaint.splice(0)) run();
  }

  advance(ms: number): void {
    this.scheduler.maxFrames += ms;
    this.scheduler.flush();
    this.scheduler.frame = this.scheduler.maxFrames;
  }
}

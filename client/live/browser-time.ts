import { asyncScheduler } from "rxjs";
import type { LocalTime } from "./local-time.ts";

/** The only place of the client that reads a clock. */
export const browserTime: LocalTime = {
  now: () => performance.now(),
  scheduler: asyncScheduler,
  // A frame callback runs before its picture is made; a task queued in it runs after.
  afterPaint: (run) => requestAnimationFrame(() => setTimeout(run)),
  random: () => Math.random(),
};

/** One clock for the whole night, in every process of it: real time, run through faster. */
import type { AtMs } from "@vigil/shared/ids";

/** As data, so that a process that starts later goes by the same time. */
export interface NightTime {
  /** The first instant of the night. */
  readonly from: AtMs;
  /** When it began by the machine's clock, ms since the epoch. */
  readonly realFrom: number;
  /** Seconds of the night in a real one. */
  readonly speed: number;
}

export interface FastClock {
  now(): AtMs;
  at(at: AtMs, fire: () => void): () => void;
}

/** Monotonic, and the same in every process of this machine but for what its clock was set meanwhile. */
export const realNow = (): number => performance.timeOrigin + performance.now();

/** The clock that server and simulators are handed. Its timers fire late by what a real one is late, times the speed. */
export function fastClock({ from, realFrom, speed }: NightTime): FastClock {
  const now = (): AtMs => Math.floor(from + (realNow() - realFrom) * speed);
  const at = (when: AtMs, fire: () => void): (() => void) => {
    let timer: NodeJS.Timeout;
    const wait = () => {
      timer = setTimeout(() => (now() < when ? wait() : fire()), Math.max(0, when - now()) / speed);
    };
    wait();
    return () => clearTimeout(timer);
  };
  return { now, at };
}

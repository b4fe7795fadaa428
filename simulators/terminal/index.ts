/** How a command speaks to a terminal: errors as one line, a progress bar where somebody can see it. */
import { once } from "node:events";
import { SingleBar } from "cli-progress";

/** The work could not be done: exit code 1. The message says what, where and why. */
export class WorkFailed extends Error {}

/** The command was not said rightly: exit code 2. */
export class WrongWords extends Error {}

export interface Terminal {
  /** A result, for people and pipes. */
  print(line: string): Promise<void>;
  /** A remark, which no pipe shall see. */
  say(line: string): void;
  /** Advice on what was given, which works as it is. Nothing where nobody watches. */
  advise(line: string): void;
  /** A bar up to `total`; the answer takes it forward, and away with `null`. Nothing where nobody watches. */
  progress(title: string, total: number): (value: number | null) => void;
}

const TWO_PER_S = 2;

export const terminal: Terminal = {
  async print(line) {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
  },
  say: (line) => void process.stderr.write(`${line}\n`),
  advise(line) {
    if (process.stderr.isTTY) this.say(line);
  },
  progress(title, total) {
    // Lines that scroll past on the same screen would tear the bar.
    if (!process.stderr.isTTY || total <= 0) return () => {};
    const bar = new SingleBar({ format: `${title} [{bar}] {percentage} %`, fps: TWO_PER_S, stream: process.stderr });
    bar.start(total, 0);
    return (value) => (value === null ? bar.stop() : bar.update(value));
  },
};

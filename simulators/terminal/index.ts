/** How a command speaks to a terminal: errors as one line, a progress bar where somebody can see it. */
import { once } from "node:events";
import { SingleBar } from "cli-progress";

export { fileReason } from "./file-reason.ts";

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
  /**
   * A bar up to `total`, or without an end nothing but the note; the answer takes it forward, with a note behind it, and away with `null`. Nothing where nobody
   * watches.
   */
  progress(title: string, total: number | null): (value: number | null, note?: string) => void;
  /** Tells each press of the space bar, where somebody sits at a keyboard. The answer ends it; `null`: nobody does. */
  onSpace(press: () => void): (() => void) | null;
}

const TWO_PER_S = 2;
const CTRL_C = "\u0003";
const CTRL_Z = "\u001a";

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
    if (!process.stderr.isTTY || (total !== null && total <= 0)) return () => {};
    const format = total === null ? `${title} {note}` : `${title} [{bar}] {percentage} % {note}`;
    const bar = new SingleBar({ format, fps: TWO_PER_S, stream: process.stderr });
    bar.start(total ?? 1, 0, { note: "" });
    return (value, note = "") => (value === null ? bar.stop() : bar.update(value, { note }));
  },
  onSpace(press) {
    const { stdin } = process;
    if (!stdin.isTTY || !process.stderr.isTTY) return null;
    // Key by key: what a terminal otherwise does by itself is then ours to do.
    const raw = () => stdin.setRawMode(true);
    const keys = (typed: Buffer) => {
      const text = typed.toString();
      if (text.includes(CTRL_C)) process.kill(process.pid, "SIGINT");
      else if (text.includes(CTRL_Z)) {
        stdin.setRawMode(false);
        process.once("SIGCONT", raw);
        process.kill(process.pid, "SIGTSTP");
      } else if (text.includes(" ")) press();
    };
    raw();
    stdin.on("data", keys).resume();
    return () => {
      stdin.off("data", keys).pause();
      stdin.setRawMode(false);
    };
  },
};

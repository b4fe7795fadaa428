/** The line from a simulated monitor to the server: messages may be lost, late, held back, doubled or overtaken. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { MonitorTrouble } from "./fault.ts";
import type { Message } from "./message.ts";

export interface Line {
  /** Takes what was sent at `at`, gives what arrives then, in the order it arrives. To be called in time order. */
  carry(at: AtMs, sent: Message | null, trouble: MonitorTrouble): readonly Message[];
}

/** By so much a message is overtaken, in messages. */
const OVERTAKEN_BY = 2.5;
const EVERY_THIRD = 3;
/** A monitor keeps no more than this for a line that stalls; older ones are lost. */
const HOLDS_AT_MOST = 300;

export function newLine(): Line {
  let underway: { readonly due: AtMs; readonly message: Message }[] = [];
  let count = 0;
  return {
    carry(at, sent, { faults, delayMs }) {
      if (sent !== null && !faults.has("drop-out")) {
        count += 1;
        const overtaken = faults.has("out-of-order") && count % EVERY_THIRD === 0;
        const due = at + delayMs + (overtaken ? OVERTAKEN_BY * cadenceMs(sent) : 0);
        underway.push({ due, message: sent });
        if (faults.has("duplicated")) underway.push({ due, message: sent });
      }
      if (underway.length === 0) return [];
      const there = underway.filter(({ due }) => due <= at);
      const still = underway.filter(({ due }) => due > at);
      if (faults.has("burst")) {
        underway = [...there.slice(-HOLDS_AT_MOST), ...still];
        return [];
      }
      underway = still;
      return there.map(({ message }) => message);
    },
  };
}

const cadenceMs = ({ cadenceS }: Message): DurationMs => cadenceS * 1000;

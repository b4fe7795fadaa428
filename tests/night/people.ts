/** Those who are not at the bedside: the station that attends, a supervisor's screen that often fails, hands everywhere. */

import type { BoardRow } from "@vigil/shared/board";
import { type AtMs, type BayId, type CommandId, commandIdSchema, type SessionId } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import type { CommandReply, CommandRequestInput, EscalationNotice } from "@vigil/shared/wire";
import { type Random, randomFrom } from "@vigil/simulators/random";
import { io, type Socket } from "socket.io-client";
import { asPage, type Badges, NURSE, SUPERVISOR } from "../badges.ts";
import type { FastClock } from "./fast-clock.ts";
import { PERSISTENT } from "./persistent.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** How often somebody does something that no bedside's nurse would. */
const HANDS_EVERY_MS = 40 * SECOND;
/** A patient is moved to a bay that is free, and the next so long after. */
const MOVES_EVERY_MS = 20 * MINUTE;
const LOOKS_FOR_A_BAY_EVERY_MS = 4 * SECOND;
/** The simulated nurse of the other bay does not know them: hands end the infusion there, and see them off. */
const MOVED_RUNS_MIN = [5, 15] as const;
const MOVED_STAYS_MIN = [10, 40] as const;

/** A command that was answered: it is in the journal, once, with this outcome. */
export interface Answered {
  readonly id: CommandId;
  readonly reply: CommandReply;
}

export interface People {
  readonly answered: readonly Answered[];
  /** Notices that came to a screen, by what it did with them. */
  readonly notices: { readonly confirmed: number; readonly ignored: number };
  close(): void;
}

export interface PeopleOptions {
  readonly url: string;
  readonly badges: Badges;
  readonly bays: readonly BayId[];
  readonly seed: number;
  readonly clock: FastClock;
  /** Their eyes. */
  readonly rows: ReadonlyMap<BayId, BoardRow>;
  readonly from: AtMs;
}

export function peopleOf({ url, badges, bays, seed, clock, rows, from }: PeopleOptions): People {
  const random = randomFrom(seed, "people");
  const answered: Answered[] = [];
  const notices = { confirmed: 0, ignored: 0 };
  const timers = new Set<() => void>();
  const station = openScreen(url, badges.nurse, () => ["second nurse"]);
  /** Its first hour it works, in the second it is there and confirms nothing, in the third it is away; and again. */
  const hour = () => Math.floor((clock.now() - from) / HOUR) % 3;
  const supervisor = openScreen(url, badges.supervisor, () => (hour() === 2 ? [] : ["supervisor"]));
  let commands = 0;
  let closed = false;

  const after = (ms: number, does: () => void) => {
    const cancel = clock.at(clock.now() + ms, () => {
      timers.delete(cancel);
      if (!closed) does();
    });
    timers.add(cancel);
  };

  /** Sends until it is answered, with the same id: a server that was killed meanwhile carries it out once. */
  async function send(
    bay: BayId,
    by: Actor,
    command: CommandRequestInput["command"],
  ): Promise<CommandReply | undefined> {
    commands += 1;
    const id = commandIdSchema.parse(`hands-${commands}`);
    while (!closed) {
      try {
        const request: CommandRequestInput = { id, bay, command };
        const screen = by === NURSE ? station : supervisor;
        const reply: CommandReply = await screen.timeout(2_000).emitWithAck("command", request);
        answered.push({ id, reply });
        return reply;
      } catch {
        // Not connected, or lost on the way.
      }
    }
    return undefined;
  }

  async function move(): Promise<void> {
    const seen = [...rows.values()].filter(({ bay }) => bays.includes(bay));
    const free = seen.find(({ sessionId }) => sessionId === null);
    const taken = seen.filter(({ sessionId }) => sessionId !== null);
    const from = taken[Math.floor(random.within([0, taken.length]))];
    const reply =
      free === undefined || from === undefined
        ? undefined
        : await send(from.bay, NURSE, { type: "transfer-session", to: free.bay });
    if (closed) return;
    if (reply?.ok !== true || from === undefined || from.sessionId === null) {
      after(LOOKS_FOR_A_BAY_EVERY_MS, () => void move());
      return;
    }
    seeOff(from.sessionId);
    after(MOVES_EVERY_MS, () => void move());
  }

  /** Wherever they are by then. */
  function seeOff(session: SessionId): void {
    const there = () => [...rows.values()].find(({ sessionId }) => sessionId === session)?.bay;
    const runs = random.within(MOVED_RUNS_MIN) * MINUTE;
    after(runs, () => {
      const bay = there();
      if (bay !== undefined) void send(bay, NURSE, { type: "end-infusion", reason: "enough for today" });
    });
    after(runs + random.within(MOVED_STAYS_MIN) * MINUTE, () => {
      const bay = there();
      const command = { type: "abandon-session", reason: "taken to a ward", left: "transferred-out" } as const;
      if (bay !== undefined) void send(bay, NURSE, command);
    });
  }

  station.on("escalation", ({ bay, alarm }: EscalationNotice, confirm: (shown: true) => void) => {
    after(random.within([0.2, 2]) * SECOND, () => {
      notices.confirmed += 1;
      confirm(true);
    });
    // Now and then the one who is called goes there at once.
    if (random.chance(0.4)) {
      after(random.within([3, 25]) * SECOND, () => void send(bay, NURSE, { type: "acknowledge-alarm", alarm }));
    }
  });
  supervisor.on("escalation", ({ bay, alarm }: EscalationNotice, confirm: (shown: true) => void) => {
    if (hour() === 0) {
      notices.confirmed += 1;
      confirm(true);
      return;
    }
    notices.ignored += 1;
    // Who hears it from somebody else goes there, and the rung that is on its way is not needed any more.
    if (random.chance(0.5)) {
      after(random.within([1, 3]) * SECOND, () => void send(bay, SUPERVISOR, { type: "acknowledge-alarm", alarm }));
    }
  });
  const attendAgain = () => {
    supervisor.emit("attend", { targets: hour() === 2 ? [] : ["supervisor"] });
    after(60 * SECOND, attendAgain);
  };
  after(60 * SECOND, attendAgain);

  const act = () => {
    const bay = bays[Math.floor(random.within([0, bays.length]))];
    const row = bay === undefined ? undefined : rows.get(bay);
    if (bay !== undefined && row !== undefined) {
      const by = random.chance(0.7) ? NURSE : SUPERVISOR;
      void send(bay, by, deed(row, random));
    }
    after(HANDS_EVERY_MS, act);
  };
  after(HANDS_EVERY_MS, act);
  after(MINUTE, () => void move());

  return {
    answered,
    notices,
    close() {
      closed = true;
      for (const cancel of timers) cancel();
      station.close();
      supervisor.close();
    },
  };
}

function openScreen(url: string, cookie: string, targets: () => readonly string[]): Socket {
  const socket = io(url, { ...PERSISTENT, extraHeaders: asPage(url, cookie) });
  socket.on("connect", () => socket.emit("attend", { targets: targets() }));
  return socket;
}

/** What somebody may try, legal or not. What would stop the bay for good is undone first. */
function deed(row: BoardRow, random: Random): CommandRequestInput["command"] {
  if (row.phase === "paused") return { type: "resume-infusion" };
  const [off] = row.alarmsOff;
  if (off !== undefined && random.chance(0.5)) return { type: "alarm-on", vital: off };
  const [alarm] = row.alarms;
  const tight = { low: { warning: { limit: 95 } }, high: {} };
  return random.pick<CommandRequestInput["command"]>([
    { type: "pause-audio", seconds: 90, reason: "talking to the patient" },
    { type: "pause-audio", seconds: 20 },
    { type: "resume-audio" },
    { type: "alarm-off", vital: "rr", reason: "electrode itches" },
    { type: "alarm-off", vital: "spo2", reason: "cold hands" },
    { type: "set-limits", vital: "spo2", limits: tight },
    {
      type: "set-limits",
      vital: "hr",
      limits: { low: { critical: { limit: 45 } }, high: { warning: { limit: 115 } } },
    },
    { type: "pause-infusion", reason: "nausea" },
    { type: "acknowledge-alarm", alarm: alarm?.id ?? "spo2.low" },
    { type: "record-observation", observation: { nausea: 2, note: "a little pale" } },
    random.chance(0.05)
      ? { type: "abandon-session", reason: "wants to go", left: "against-advice" }
      : { type: "discharge" },
  ]);
}

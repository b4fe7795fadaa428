import type { AlarmId, DeliveryState } from "../alarms/index.ts";
import type { AtMs, BayId, CommandId } from "../ids/index.ts";
import type { Actor, Command } from "../session/index.ts";
import type { Reading } from "../vitals/index.ts";
import type { Carried } from "./carried.ts";

export interface ReadingInput extends Reading {
  readonly kind: "reading";
}

export interface CommandInput {
  readonly kind: "command";
  readonly at: AtMs;
  readonly id: CommandId;
  readonly by: Actor;
  readonly command: Command;
  /** With `transfer-session`: what the bay to go to is like; whoever carries the input knows, the engine cannot. */
  readonly target?: TransferTarget | undefined;
}

export type TransferTarget = "free" | "occupied" | "unknown";

/** A session that comes from another bay with all that belongs to it. */
export interface ArrivalInput {
  readonly kind: "arrival";
  readonly at: AtMs;
  readonly by: Actor;
  readonly from: BayId;
  readonly carried: Carried;
}

/** What a target of the escalation ladder answered. */
export interface DeliveryInput {
  readonly kind: "delivery";
  readonly at: AtMs;
  readonly alarm: AlarmId;
  readonly rung: number;
  readonly state: Exclude<DeliveryState, "queued" | "cancelled">;
  /** Why it failed; `null` otherwise. */
  readonly reason: string | null;
}

/** The passing of time alone. Never needed for correctness: inserting or removing ticks changes nothing. */
export interface TickInput {
  readonly kind: "tick";
  readonly at: AtMs;
}

export type BayInput = ReadingInput | CommandInput | ArrivalInput | DeliveryInput | TickInput;

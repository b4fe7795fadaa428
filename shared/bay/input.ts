import type { AlarmId, DeliveryState } from "../alarms/index.ts";
import type { AtMs, CommandId } from "../ids/index.ts";
import type { Actor, Command } from "../session/index.ts";
import type { Reading } from "../vitals/index.ts";

export interface ReadingInput extends Reading {
  readonly kind: "reading";
}

export interface CommandInput {
  readonly kind: "command";
  readonly at: AtMs;
  readonly id: CommandId;
  readonly by: Actor;
  readonly command: Command;
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

export type BayInput = ReadingInput | CommandInput | DeliveryInput | TickInput;

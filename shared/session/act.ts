/**
 * What somebody did to the session, as it was accepted: an act is entered once and never taken out. A late entry takes its
 * place by the time at which it was really done; an act that was undone stays, with the act that undid it.
 */
import type { AtMs, CommandId } from "../ids/index.ts";
import type { Actor, Command } from "./command.ts";

export type SessionCommand = Exclude<
  Command,
  { type: "acknowledge-alarm" | "pause-audio" | "resume-audio" | "set-limits" | "alarm-off" | "alarm-on" }
>;

/** `open-session` is where the acts begin and stands among them without the protocol, which the session has. */
export type ActCommand =
  | Exclude<SessionCommand, { type: "open-session" }>
  | Omit<Extract<SessionCommand, { type: "open-session" }>, "protocol">;

export interface Act {
  /** Of the command that brought it. */
  readonly id: CommandId;
  readonly enteredAt: AtMs;
  /** When it was done: `enteredAt`, or earlier for a late entry. */
  readonly effectiveAt: AtMs;
  readonly by: Actor;
  /** With what the monitor measured filled in: an act needs nothing but the acts before it. */
  readonly command: ActCommand;
}

export const isLate = (act: Act): boolean => act.effectiveAt < act.enteredAt;

/** The act that undid each undone one, by the undone one's id. */
export function undoings(acts: readonly Act[]): ReadonlyMap<CommandId, Act> {
  const undone = new Map<CommandId, Act>();
  for (const act of acts) if (act.command.type === "undo-act") undone.set(act.command.act, act);
  return undone;
}

/** What counts, in the order in which it was done; at one instant, in the order of entry. */
export function effectiveActs(acts: readonly Act[]): readonly Act[] {
  const undone = undoings(acts);
  return acts
    .filter((act) => act.command.type !== "undo-act" && !undone.has(act.id))
    .sort((a, b) => a.effectiveAt - b.effectiveAt);
}

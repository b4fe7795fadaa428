/**
 * What somebody did to the session, as it was accepted: an act is entered once and never taken out. A late entry takes its
 * place by the time at which it was really done; an act that was undone, or whose time was corrected, stays with the act
 * that did so.
 */
import type { AtMs, CommandId } from "../ids/index.ts";
import type { Actor, Command } from "./command.ts";

export type SessionCommand = Exclude<
  Command,
  { type: "acknowledge-alarm" | "pause-audio" | "resume-audio" | "set-limits" | "alarm-off" | "alarm-on" }
>;

/** `open-session` is where the acts begin and stands among them without protocol and edition, which the session has. */
export type ActCommand =
  | Exclude<SessionCommand, { type: "open-session" }>
  | Omit<Extract<SessionCommand, { type: "open-session" }>, "protocol" | "edition">;

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

/** As much of an act as it takes to say whether and when it counts; the journal has commands of other kinds among them. */
interface EnteredCommand extends Omit<Act, "command"> {
  readonly command: Command | ActCommand;
}

/** Acts about other acts: they say what of those counts, and have no place of their own among them. */
const isAboutAct = ({ command }: EnteredCommand): boolean =>
  command.type === "undo-act" || command.type === "correct-time";

/** An act with what was said of it afterwards. */
interface ToldAct<A extends EnteredCommand = Act> {
  readonly act: A;
  /** When it was done, by the last correction of its time that counts. */
  readonly at: AtMs;
  /** Those that count, oldest first. */
  readonly corrections: readonly TimeCorrection[];
  /** The act that took it back; `null` when it counts. */
  readonly undoing: A | null;
}

/** A time that was entered wrong, put right by a further act. */
export interface TimeCorrection {
  readonly by: Actor;
  readonly enteredAt: AtMs;
  /** The time it had before. */
  readonly was: AtMs;
  readonly reason: string;
}

/** Every act in the order of entry, with what was said of it afterwards. */
export function toldActs<A extends EnteredCommand>(acts: readonly A[]): readonly ToldAct<A>[] {
  const undone = new Map<CommandId, A>();
  for (const act of acts) if (act.command.type === "undo-act") undone.set(act.command.act, act);
  const at = new Map<CommandId, AtMs>(acts.map((act) => [act.id, act.effectiveAt]));
  const corrections = new Map<CommandId, TimeCorrection[]>();
  for (const { id, by, enteredAt, command } of acts) {
    if (command.type !== "correct-time" || undone.has(id)) continue;
    const was = at.get(command.act) ?? enteredAt;
    at.set(command.act, command.effectiveAt);
    corrections.set(command.act, [
      ...(corrections.get(command.act) ?? []),
      { by, enteredAt, was, reason: command.reason },
    ]);
  }
  return acts.map((act) => ({
    act,
    at: at.get(act.id) ?? act.effectiveAt,
    corrections: corrections.get(act.id) ?? [],
    undoing: undone.get(act.id) ?? null,
  }));
}

/** What counts, in the order in which it was done; at one instant, in the order of entry. */
export function effectiveActs<A extends EnteredCommand>(acts: readonly A[]): readonly A[] {
  return toldActs(acts)
    .filter(({ act, undoing }) => undoing === null && !isAboutAct(act))
    .map(({ act, at }) => (at === act.effectiveAt ? act : { ...act, effectiveAt: at }))
    .sort((a, b) => a.effectiveAt - b.effectiveAt);
}

/** Acts that can be entered for an earlier time, and so have one that can be wrong. */
const TIMED: ReadonlySet<ActCommand["type"]> = new Set<ActCommand["type"]>([
  "set-plan",
  "confirm-check",
  "record-baseline",
  "start-infusion",
  "pause-infusion",
  "resume-infusion",
  "change-rate",
  "give-medication",
  "extend-infusion",
  "end-infusion",
  "record-observation",
  "name-escort",
]);
export const isTimed = (act: Act): boolean => TIMED.has(act.command.type);

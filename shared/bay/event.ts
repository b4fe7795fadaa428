import type { AlarmEvent, DeliveryEvent } from "../alarms/index.ts";
import type { AtMs, SessionId } from "../ids/index.ts";
import type { Actor, CommandType, Phase, RefusalCode } from "../session/index.ts";

/** A command that was carried out: who did what, and the phase after it. */
export interface ActEvent {
  readonly type: "act";
  readonly at: AtMs;
  readonly command: CommandType;
  readonly by: Actor;
  /** The session it was done to (the one that ended or left, when it is gone after it). */
  readonly sessionId: SessionId | null;
  readonly phase: Phase | null;
  /** With a late entry: when it was really done. */
  readonly effectiveAt?: AtMs;
}

/** A command that was not legal: it changed nothing. */
export interface RefusedEvent {
  readonly type: "refused";
  readonly at: AtMs;
  readonly command: CommandType;
  readonly by: Actor;
  readonly code: RefusalCode;
  readonly reason: string;
}

/** The bay's audio pause ended: by itself, by a person, or with the session. It begins with an `act`. */
export interface AudioEvent {
  readonly type: "audio";
  readonly at: AtMs;
  readonly change: "pause-ended";
  readonly reason: "elapsed" | "ended-early" | "session-ended";
}

/** What the engine decided, in order. Derived from inputs, kept for reading. */
export type BayEvent = AlarmEvent | DeliveryEvent | ActEvent | RefusedEvent | AudioEvent;

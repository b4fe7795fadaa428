/** Where people act: carries a press to the server and its answer back to the place of the press. */
import type { BayId } from "@vigil/shared/ids";
import type { CommandRequestInput } from "@vigil/shared/wire";
import { BehaviorSubject, type Subscription } from "rxjs";
import type { LocalTime } from "../live/index.ts";
import type { ActSocket } from "./act-socket.ts";
import { type ActCommand, type ActResult, send } from "./send.ts";
import type { Who } from "./who.ts";

/** Why a press did not do what it says, for the person who pressed. */
interface Note {
  readonly bay: BayId;
  readonly text: string;
}

/** What is said at a place, until dismissed or 10 s have passed. */
const NOTE_SHOWN_MS = 10_000;

type Beside = Pick<CommandRequestInput, "witness" | "protocol">;

export interface Desk {
  /** By place: a key that the place chooses. */
  readonly notes: BehaviorSubject<ReadonlyMap<string, Note>>;
  /** Places whose press waits for its answer. */
  readonly waiting: BehaviorSubject<ReadonlySet<string>>;
  /**
   * @param beside what else the server needs to know: the second person of a double-check, the protocol of an opening
   * @returns whether it was done. A place that waits takes no second press.
   */
  act(place: string, bay: BayId, command: ActCommand, beside?: Beside): Promise<boolean>;
  dismiss(place: string): void;
  close(): void;
}

interface DeskParts {
  readonly socket: Pick<ActSocket, "up" | "command">;
  readonly who: Pick<Who, "ask" | "lost">;
  readonly time: Pick<LocalTime, "scheduler">;
  readonly newId: () => string;
}

export function openDesk({ socket, who, time, newId }: DeskParts): Desk {
  const notes = new BehaviorSubject<ReadonlyMap<string, Note>>(new Map());
  const waiting = new BehaviorSubject<ReadonlySet<string>>(new Set());
  const ends = new Map<string, Subscription>();

  function dismiss(place: string): void {
    ends.get(place)?.unsubscribe();
    ends.delete(place);
    if (!notes.value.has(place)) return;
    notes.next(new Map([...notes.value].filter(([each]) => each !== place)));
  }

  function say(place: string, note: Note): void {
    dismiss(place);
    notes.next(new Map([...notes.value, [place, note]]));
    ends.set(
      place,
      time.scheduler.schedule(() => dismiss(place), NOTE_SHOWN_MS),
    );
  }

  return {
    notes,
    waiting,
    dismiss,
    async act(place, bay, command, beside = {}) {
      if (waiting.value.has(place)) return false;
      dismiss(place);
      if ((await who.ask()) === null) {
        say(place, { bay, text: "Nothing was done: say who acts first." });
        return false;
      }
      waiting.next(new Set([...waiting.value, place]));
      const result = await send({ socket, time, newId }, { bay, command, ...beside });
      waiting.next(new Set([...waiting.value].filter((each) => each !== place)));
      if (result.kind === "refused" && (result.code === "idle" || result.code === "sign-in")) await who.lost();
      const text = wordsOf(result);
      if (text !== null) say(place, { bay, text });
      return text === null;
    },
    close() {
      for (const end of ends.values()) end.unsubscribe();
    },
  };
}

function wordsOf(result: ActResult): string | null {
  switch (result.kind) {
    case "ok":
      return null;
    case "refused":
      return result.reason;
    case "unreachable":
      return "The server does not answer. Look here whether it was done once the link is back, and try again if not.";
  }
}

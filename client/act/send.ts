import type { CommandReply, CommandRequestInput } from "@vigil/shared/wire";
import { catchError, firstValueFrom, map, NEVER, type Observable, of, retry, switchMap, take, timeout } from "rxjs";
import type { LocalTime } from "../live/index.ts";
import type { ActSocket } from "./act-socket.ts";

/** `unreachable`: nobody answered. Whether it was done is not known. */
export type ActResult =
  | { readonly kind: "ok" }
  | { readonly kind: "refused"; readonly code: string; readonly reason: string }
  | { readonly kind: "unreachable" };

export type ActCommand = CommandRequestInput["command"];

const ANSWER_WITHIN_MS = 2_000;
const TRIES = 3;

export interface SendParts {
  readonly socket: Pick<ActSocket, "up" | "command">;
  readonly time: Pick<LocalTime, "scheduler">;
  /** A new idempotency id. */
  readonly newId: () => string;
}

/**
 * Sends one command until it is answered, at most three times within six seconds, and again at once when a lost connection is back.
 * Always with the same id: the server carries it out once.
 */
export function send({ socket, time, newId }: SendParts, command: Omit<CommandRequestInput, "id">): Promise<ActResult> {
  const request = { id: newId(), ...command };
  const answer: Observable<CommandReply> = socket.up.pipe(
    switchMap((up) => (up ? socket.command(request) : NEVER)),
    take(1),
  );
  return firstValueFrom(
    answer.pipe(
      timeout({ first: ANSWER_WITHIN_MS, scheduler: time.scheduler }),
      retry(TRIES - 1),
      map(
        (reply): ActResult =>
          reply.ok ? { kind: "ok" } : { kind: "refused", code: reply.refused, reason: reply.reason },
      ),
      catchError(() => of<ActResult>({ kind: "unreachable" })),
    ),
  );
}

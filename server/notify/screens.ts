/**
 * The in-app target: screens that attend as "second nurse", "supervisor", … A screen joins with `attend` and confirms
 * that it shows the notice; when none attends, or none confirms in time, the rung has failed and the wall says so.
 */
import { attendRequestSchema } from "@vigil/shared/wire";
import type { Namespace } from "socket.io";
import type { Clock } from "../clock.ts";
import type { Principal, SocketDoors } from "../people/index.ts";
import type { Target } from "./ladder.ts";

const CONFIRM_WITHIN_MS = 5_000;

const roomOf = (target: string): string => `target:${target}`;

/** Whose screen it is, for the story of the alarm. */
function screenText(principal: Principal): string | null {
  if (principal.kind === "person") return `screen of ${principal.session.actor.name}`;
  return principal.kind === "device" ? `${principal.device.kind} ${principal.device.name}` : null;
}

export function screenTarget(namespace: Namespace, doors: SocketDoors, clock: Clock): Target {
  namespace.on("connection", (socket) => {
    doors.on(socket, "/ attend", (body: unknown, ack: unknown) => {
      const parsed = attendRequestSchema.safeParse(body);
      for (const room of socket.rooms) if (room.startsWith(roomOf(""))) void socket.leave(room);
      if (parsed.success) for (const target of parsed.data.targets) void socket.join(roomOf(target));
      if (typeof ack === "function") ack({ ok: parsed.success });
    });
  });
  const attending = (target: string) =>
    [...(namespace.adapter.rooms.get(roomOf(target)) ?? [])].flatMap((id) => namespace.sockets.get(id) ?? []);
  return {
    deliver(notice, tell) {
      const screens = attending(notice.target);
      if (screens.length === 0) return tell("failed", `No screen attends as ${notice.target}.`);
      tell("sent", null);
      const giveUp = clock.at(clock.now() + CONFIRM_WITHIN_MS, () =>
        tell("failed", `No screen that attends as ${notice.target} confirmed within ${CONFIRM_WITHIN_MS / 1000} s.`),
      );
      for (const screen of screens) {
        // One screen that shows it is enough; others may be slow or gone. The timeout lets the socket forget the question.
        screen.timeout(CONFIRM_WITHIN_MS).emit("escalation", notice, (timedOut: unknown) => {
          if (timedOut !== null) return;
          giveUp();
          tell("confirmed", screenText(doors.principalOf(screen)));
        });
      }
    },
  };
}

/**
 * What screens say of their own sound. A wall on which nobody hears the alarms says so in large letters; but who does not
 * stand before it has to know it too.
 */
import { type SoundReport, soundReportSchema } from "@vigil/shared/wire";
import type { Namespace, Socket } from "socket.io";
import type { SocketDoors } from "../people/index.ts";

type Sound = SoundReport["sound"];

export interface Sounds {
  /** How many connected screens say that their alarms are not heard. */
  readonly unheard: { readonly off: number; readonly blocked: number };
  /** Of the screens that are connected with this device's key the worst; `null`: none has told. */
  of(device: string): Sound | null;
}

export interface SoundsOptions {
  readonly doors: SocketDoors;
  /** A screen's sound is blocked, or no longer. */
  readonly onBlocked: (socket: Socket, isBlocked: boolean) => void;
}

const WORST_FIRST: readonly Sound[] = ["blocked", "off", "heard"];

export function serveSounds(namespace: Namespace, { doors, onBlocked }: SoundsOptions): Sounds {
  const told = new Map<Socket, Sound>();
  namespace.on("connection", (socket) => {
    doors.on(socket, "/ sound", (body: unknown, ack: unknown) => {
      const parsed = soundReportSchema.safeParse(body);
      if (parsed.success) {
        const { sound } = parsed.data;
        const wasBlocked = told.get(socket) === "blocked";
        told.set(socket, sound);
        if (wasBlocked !== (sound === "blocked")) onBlocked(socket, !wasBlocked);
      }
      if (typeof ack === "function") ack({ ok: parsed.success });
    });
    socket.on("disconnect", () => told.delete(socket));
  });
  const count = (of: Sound) => [...told.values()].filter((sound) => sound === of).length;
  return {
    get unheard() {
      return { off: count("off"), blocked: count("blocked") };
    },
    of(device) {
      const own = [...told].flatMap(([socket, sound]) => {
        const principal = doors.principalOf(socket);
        return principal.kind === "device" && principal.device.id === device ? [sound] : [];
      });
      return WORST_FIRST.find((sound) => own.includes(sound)) ?? null;
    },
  };
}

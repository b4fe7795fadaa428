/** The end of connections, and of answers that go on: what is over is cut at once, what ends by the passing of time within seconds, silent or not. */
import type { DurationMs } from "@vigil/shared/ids";
import type { Clock } from "../clock.ts";
import type { SocketDoors } from "./doors.ts";
import { type Device, type PersonSession, rightsOf } from "./principal.ts";

const LOOK_EVERY_MS: DurationMs = 5_000;

export interface Connections {
  /** Whoever is connected, or still answered, by this is cut. */
  end(over: PersonSession | Device): void;
  close(): void;
}

export function watchConnections(clock: Clock, namespaces: readonly Pick<SocketDoors, "cut">[]): Connections {
  const cut: SocketDoors["cut"] = (isOver) => {
    for (const namespace of namespaces) namespace.cut(isOver);
  };
  let cancel = (): void => undefined;
  const look = () => {
    const now = clock.now();
    cut((principal) => rightsOf(principal, now) === "nobody");
    cancel = clock.at(now + LOOK_EVERY_MS, look);
  };
  look();
  return {
    end: (over) => cut((principal) => (principal.kind === "person" ? principal.session : deviceOf(principal)) === over),
    close: () => cancel(),
  };
}

const deviceOf = (principal: Parameters<typeof rightsOf>[0]): Device | null =>
  principal.kind === "device" ? principal.device : null;

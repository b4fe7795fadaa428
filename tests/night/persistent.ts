import type { ManagerOptions, SocketOptions } from "socket.io-client";

/** A screen's connection: of its own, and tried again soon, a server that dies in the middle of greeting it included. */
export const PERSISTENT: Partial<ManagerOptions & SocketOptions> = {
  transports: ["websocket"],
  forceNew: true,
  reconnectionDelay: 50,
  reconnectionDelayMax: 200,
  timeout: 2_000,
};

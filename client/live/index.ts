export type { LiveBay } from "./board-store.ts";
export { browserTime } from "./browser-time.ts";
export { type BoardState, type Link, type LiveBoard, openLiveBoard, type Shown } from "./live-board.ts";
export type { LocalTime } from "./local-time.ts";
export { openSocket } from "./socket.ts";
export { type BayAlarm, type Summary, summarise } from "./summary.ts";

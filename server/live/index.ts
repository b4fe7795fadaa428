export { Hub } from "./hub.ts";
export { sendFrame, serveLive } from "./socket.ts";
export { serveSounds } from "./sounds.ts";

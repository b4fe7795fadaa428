export { Hub } from "./hub.ts";
export { isKeyBoard, KeyBoards } from "./key-boards.ts";
export { sendFrame, serveLive } from "./socket.ts";
export { serveSounds } from "./sounds.ts";

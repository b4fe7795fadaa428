export { call, cookieOf } from "./badges.ts";
export { Bays } from "./bays.ts";
export { admin, clinic, cookiesOf, FIRST_PASSWORD, PASSWORD } from "./clinic.ts";
export { durableInputs, failWrites, inJournal, loseInputs, temporaryDirectory } from "./disk.ts";
export { FakeClock, NINE_O_CLOCK } from "./fake-clock.ts";
export {
  bayId,
  boardId,
  command,
  commandId,
  commandInput,
  message,
  nurse,
  openSession,
  reading,
  recordBaseline,
  supervisor,
  toInfusion,
} from "./samples.ts";
export { ask, closing, connect, connectAs, Frames, heard, postJson, serverOptions } from "./wire.ts";

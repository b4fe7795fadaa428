export { followRecording } from "./follow.ts";
export { RecordingLost, RecordingRefused } from "./lines.ts";
export { inputsOfSession, type RecordedInputs, sessionsOf } from "./sessions.ts";

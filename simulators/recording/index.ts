export { followRecording } from "./follow.ts";
export { RecordingLost, RecordingRefused, recordedLines } from "./lines.ts";
export { MergedLines } from "./merge.ts";

export {
  type CourseActReply,
  type CourseActRequest,
  type CourseActRequestInput,
  type CourseDetail,
  type CourseList,
  type CoursePatient,
  type CourseRow,
  courseActRequestSchema,
  type LastScore,
} from "./courses.ts";
export {
  type Board,
  type CommandReply,
  type EscalationNotice,
  type Frame,
  type FrameAlarm,
  type FrameReading,
  type Snapshot,
  type WatchReply,
  WIRE_REFUSAL_CODES,
  type WireRefusalCode,
} from "./live.ts";
export {
  type AttendRequest,
  attendRequestSchema,
  type CommandRequest,
  type CommandRequestInput,
  commandRequestSchema,
  type ReadingMessage,
  type ReadingReply,
  readingMessageSchema,
  type WatchRequest,
  watchRequestSchema,
} from "./requests.ts";
export { type SessionReadings, sessionReadingsQuerySchema, sessionReadingsSchema } from "./session-readings.ts";
export { type SessionList, sessionListQuerySchema, sessionListSchema } from "./sessions.ts";

export {
  type AdminAct,
  type AdminActInput,
  type AdminFact,
  adminActSchema,
  CLOCK_TIME,
  type ProtocolId,
  protocolIdSchema,
  STANDARD_PROTOCOL,
} from "./act.ts";
export {
  type AdminBay,
  type Administration,
  administrationOf,
  type ProtocolInUse,
  type ProtocolLine,
  type ProtocolVersion,
  protocolsInUse,
  type VersionState,
  versionState,
} from "./administration.ts";
export { type ProtocolChange, protocolChanges } from "./changes.ts";
export { type AdminRefusalCode, moveAdministration } from "./move.ts";

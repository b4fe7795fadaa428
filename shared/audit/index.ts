export {
  AUDIT_OUTCOMES,
  type AuditDetail,
  type AuditOutcome,
  type AuditRow,
  type NewAuditEntry,
  NO_HASH,
  nextRow,
  type Sha256,
} from "./entry.ts";
export {
  type AuditCheckpoint,
  type AuditFault,
  type AuditLookUp,
  auditCheckpointSchema,
  ChainCheck,
  faultText,
} from "./verify.ts";

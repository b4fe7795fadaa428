export {
  AUDIT_OUTCOMES,
  type AuditDetail,
  type AuditOutcome,
  type AuditRow,
  CONSOLE,
  type NewAuditEntry,
  NO_HASH,
  nextRow,
  type Sha256,
} from "./entry.ts";
export {
  type AuditFault,
  FACT_TABLES,
  type FactTable,
  faultText,
  type RowFault,
  type Unproven,
  unprovenText,
} from "./faults.ts";
export { type AuditCheckpoint, type AuditLookUp, auditCheckpointSchema, ChainCheck } from "./verify.ts";

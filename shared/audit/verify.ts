/** Walks the chain of the audit and names what was changed, removed, slipped in or put elsewhere. */
import * as z from "zod";
import { type AuditRow, canonicalForm, NO_HASH, type Sha256 } from "./entry.ts";
import type { ChainFault, ChainFaultKind } from "./faults.ts";

const digits = /^[0-9a-f]{64}$/;

/** The end of the chain at some time, kept elsewhere: what is before it cannot be cut off or written anew unseen. */
const checkpointSchema = z.object({
  /** 0: nothing was kept yet. */
  seq: z.int().min(0),
  hash: z.string().regex(digits),
});
/** As a file of its own, or as what a backup's manifest tells of the audit. */
export const auditCheckpointSchema = z.union([
  checkpointSchema,
  z.object({ audit: checkpointSchema }).transform(({ audit }) => audit),
]);
export type AuditCheckpoint = Readonly<z.infer<typeof checkpointSchema>>;

/** Looks rows up when the chain is broken; slow is good enough. */
export interface AuditLookUp {
  /** The number of the row with this hash; `null` when there is none. */
  ownerOf(hash: string): number | null;
  /** The number of the row that was bound to this hash. */
  followerOf(hash: string): number | null;
}

/** One walk, row by row in the order of their numbers: a million rows take no more memory than one. */
export class ChainCheck {
  readonly #sha256: Sha256;
  readonly #lookUp: AuditLookUp;
  readonly #faults: ChainFault[] = [];
  readonly #checkpoint: AuditCheckpoint | null;
  #first: number | null = null;
  #last: AuditCheckpoint = { seq: 0, hash: NO_HASH };
  #count = 0;
  /** The last row is known to be wrong: that the next one is not bound to it says nothing new. */
  #lastIsChanged = false;
  #checkpointSeen = false;

  constructor(sha256: Sha256, lookUp: AuditLookUp, checkpoint: AuditCheckpoint | null = null) {
    this.#sha256 = sha256;
    this.#lookUp = lookUp;
    this.#checkpoint = checkpoint;
    if (checkpoint?.seq === 0) this.#checkpointSeen = true;
  }

  get count(): number {
    return this.#count;
  }

  /** Where the walk stands: what a checkpoint taken now would say. */
  get end(): AuditCheckpoint {
    return this.#last;
  }

  take(row: AuditRow): void {
    this.#first ??= row.seq;
    const isChanged = this.#sha256(canonicalForm(row)) !== row.hash;
    if (isChanged) this.#tell("changed", row.seq);
    else if (row.prev !== this.#last.hash) this.#unbound(row);
    else if (row.seq !== this.#last.seq + 1) this.#tell("moved", row.seq);
    if (isChanged && row.seq > this.#last.seq + 1 && this.#lookUp.ownerOf(row.prev) === null) {
      this.#tell("missing", this.#last.seq + 1, row.seq - 1);
    }
    if (row.seq === this.#checkpoint?.seq) {
      this.#checkpointSeen = true;
      if (row.hash !== this.#checkpoint.hash && !isChanged) this.#tell("other-history", row.seq);
    }
    this.#last = { seq: row.seq, hash: row.hash };
    this.#lastIsChanged = isChanged;
    this.#count += 1;
  }

  /** What was found, in order; empty: the chain is whole, and what the checkpoint knows of is there. */
  faults(): readonly ChainFault[] {
    const checkpoint = this.#checkpoint;
    if (checkpoint === null || this.#checkpointSeen) return this.#faults;
    const isPast = checkpoint.seq > this.#last.seq;
    const lost = isPast
      ? { kind: "cut-off" as const, from: this.#last.seq + 1, to: checkpoint.seq }
      : { kind: "other-history" as const, from: checkpoint.seq, to: checkpoint.seq };
    return [...this.#faults, lost];
  }

  #unbound(row: AuditRow): void {
    const last = this.#last.seq;
    const owner = row.prev === NO_HASH ? (this.#first ?? row.seq) - 1 : this.#lookUp.ownerOf(row.prev);
    if (owner === null) {
      if (row.seq > last + 1) this.#tell("missing", last + 1, row.seq - 1);
      else if (!this.#lastIsChanged) this.#tell("rewritten", last, row.seq);
      return;
    }
    const follower = this.#lookUp.followerOf(row.hash);
    // What it was bound to stands behind it: it was brought forward, unless the other was taken away from before it.
    if (owner >= row.seq) {
      if (row.seq === last + 1) this.#tell("moved", row.seq);
    } else if (follower !== null && follower < row.seq) this.#tell("moved", row.seq);
    else this.#tellInserted(owner + 1, last);
  }

  #tellInserted(from: number, to: number): void {
    const isNamed = (seq: number) => this.#faults.some((fault) => fault.from <= seq && seq <= fault.to);
    if (!(from === to && isNamed(from))) this.#tell("inserted", from, to);
  }

  #tell(kind: ChainFaultKind, from: number, to: number = from): void {
    this.#faults.push({ kind, from, to });
  }
}

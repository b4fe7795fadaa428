/** What a correction of who the patient is changed. */
import type { Command, Identity } from "./command.ts";

const IDENTITY = ["name", "initials", "recordNumber", "birthDate"] as const satisfies readonly (keyof Identity)[];

export interface IdentityChange {
  readonly field: (typeof IDENTITY)[number];
  /** `undefined`: nothing was, or is, recorded. */
  readonly was: string | undefined;
  readonly is: string | undefined;
}

export const identityChanges = (before: Identity, after: Identity): readonly IdentityChange[] =>
  IDENTITY.flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, was: before[field], is: after[field] }],
  );

interface ToldPatient {
  readonly command: Command | { readonly type: "open-session"; readonly patient: Identity };
  /** Of an act that was taken back. */
  readonly undone: object | null;
}

/** What each correction changed, by the acts in the order in which they were done. */
export function identityCorrections<A extends ToldPatient>(
  acts: readonly A[],
): ReadonlyMap<A, readonly IdentityChange[]> {
  const changed = new Map<A, readonly IdentityChange[]>();
  let known: Identity | undefined;
  for (const act of acts) {
    const { command, undone } = act;
    if (command.type !== "open-session" && command.type !== "set-patient" && command.type !== "correct-patient")
      continue;
    if (undone !== null) continue;
    if (known !== undefined && command.type === "correct-patient") {
      changed.set(act, identityChanges(known, command.patient));
    }
    known = command.patient;
  }
  return changed;
}

/** One discharge criterion with whether it holds. */
export interface Criterion {
  /** `recovery-minimum`, `no-physiological-alarm`, `near-baseline`, a discharge fact's name, or the check in the protocol's words. */
  readonly id: string;
  /** A fact holds because the record shows it, a confirmation because a person says so. */
  readonly kind: "fact" | "confirmation";
  readonly holds: boolean;
  /** One sentence a nurse can act on when it does not hold. */
  readonly reason: string;
  /** What is known of it now, for showing beside it; `null` when nothing is. */
  readonly value: string | null;
}

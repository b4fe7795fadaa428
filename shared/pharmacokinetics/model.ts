/**
 * Ketamine in the body as a mammillary compartment model, solved once into its exponentials. For simulation and for the
 * faint modelled line of a chart, never for dosing. Figures: clinical.md, "Pharmacokinetics and effect".
 */

/** Volume of the central compartment and the rate constants between it and up to two others. */
export interface PkParameters {
  /** L per kg. */
  readonly v1LPerKg: number;
  /** Per minute, elimination. */
  readonly k10: number;
  /** Per minute, to the second compartment and back. */
  readonly k12: number;
  readonly k21: number;
  /** Per minute, to the third compartment and back; `null`: two compartments. */
  readonly third: { readonly k13: number; readonly k31: number } | null;
}

/** One exponential of the answer to a unit bolus: `share × exp(−decay × minutes)`. */
export interface PkMode {
  /** Per minute, above zero. */
  readonly decay: number;
  /** mg/L for 1 mg/kg; the shares of a model add up to 1 / V1. */
  readonly share: number;
}

export interface PkModel {
  readonly parameters: PkParameters;
  readonly modes: readonly PkMode[];
}

/**
 * Solves the eigenvalue problem of a model: a mammillary model's eigenvalues are real, negative and, unless two
 * compartments are the same, distinct, so that the modes are the exact answer.
 */
export function compartmentModel(parameters: PkParameters): PkModel {
  const { v1LPerKg, k21, third } = parameters;
  const decays = third === null ? quadraticDecays(parameters) : cubicDecays(parameters, third);
  const modes = decays.map((decay, i): PkMode => {
    const apart = decays.reduce((product, other, j) => (i === j ? product : product * (other - decay)), 1);
    const returns = (k21 - decay) * (third === null ? 1 : third.k31 - decay);
    return { decay, share: returns / apart / v1LPerKg };
  });
  return { parameters, modes };
}

function quadraticDecays({ k10, k12, k21 }: PkParameters): number[] {
  const sum = k10 + k12 + k21;
  const root = Math.sqrt(sum * sum - 4 * k10 * k21);
  return [(sum + root) / 2, (sum - root) / 2];
}

/** The characteristic cubic by its trigonometric solution: three real roots. */
function cubicDecays({ k10, k12, k21 }: PkParameters, { k13, k31 }: { k13: number; k31: number }): number[] {
  const a2 = k10 + k12 + k13 + k21 + k31;
  const a1 = k10 * k21 + k13 * k21 + k10 * k31 + k21 * k31 + k31 * k12;
  const a0 = k10 * k21 * k31;
  const p = a1 - (a2 * a2) / 3;
  const q = (-2 * a2 ** 3) / 27 + (a1 * a2) / 3 - a0;
  const radius = 2 * Math.sqrt(-p / 3);
  const angle = Math.acos((3 * q) / (p * radius)) / 3;
  return [0, 1, 2].map((k) => a2 / 3 + radius * Math.cos(angle - (2 * Math.PI * k) / 3));
}

/** Domino et al., three compartments. */
export const DOMINO = compartmentModel({
  v1LPerKg: 0.063,
  k10: 0.438,
  k12: 0.592,
  k21: 0.247,
  third: { k13: 0.59, k31: 0.0146 },
});

/** Clements and Nimmo, two compartments. */
export const CLEMENTS = compartmentModel({ v1LPerKg: 1.752, k10: 0.0109, k12: 0.0186, k21: 0.0137, third: null });

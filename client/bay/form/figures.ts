/** What a person types as a figure: with a point or a comma, and nothing else. */

export interface FigureRule {
  /** "A rate": begins the sentence that refuses. */
  readonly label: string;
  readonly unit: string;
  /** Inclusive. */
  readonly most: number;
}

export type Figure = { readonly value: number } | { readonly wrong: string };

/** The figure, above 0; `null` where nothing was typed. */
export function figureOf(text: string, { label, unit, most }: FigureRule): Figure | null {
  const typed = text.trim().replace(",", ".");
  if (typed === "") return null;
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(typed)) return { wrong: `${label} is a number in ${unit}, such as 12.5.` };
  const value = Number(typed);
  if (value === 0) return { wrong: `${label} of 0 ${unit} says nothing.` };
  return value > most ? { wrong: `${label} of ${typed} ${unit} cannot be right: ${most} is the most.` } : { value };
}

/**
 * The lowest and the highest whole number that do not alarm. A limit that a rise over the baseline comes to is seldom whole
 * (123 × 1.3 = 159.9), what a monitor shows always is.
 */
export const withinLimits = ({ low, high }: { readonly low: number | null; readonly high: number | null }) => ({
  low: low === null ? null : Math.ceil(low),
  high: high === null ? null : Math.floor(high),
});

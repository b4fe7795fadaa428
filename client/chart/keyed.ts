/**
 * Each with a key for React. Several things may happen at one instant (late entries know the minute only), and charts kept
 * from earlier do not name their acts: those alike are told apart by their place among their like.
 */
export function keyed<One>(
  all: readonly One[],
  nameOf: (one: One) => string | number,
): { readonly key: string; readonly one: One }[] {
  const seen = new Map<string, number>();
  return all.map((one) => {
    const name = String(nameOf(one));
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return { key: before === 0 ? name : `${name} #${before}`, one };
  });
}

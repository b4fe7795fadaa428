/** Chance from a seed (mulberry32): a failing round can be run again. */
export interface Chance {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

export function chanceFrom(seed: number): Chance {
  let state = seed;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
  return { below, pick: (choices) => choices[below(choices.length)] ?? choices[0] };
}

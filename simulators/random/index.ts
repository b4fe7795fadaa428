/**
 * Chance from a seed: the same seed and name give the same draws on any machine. Streams of different names are
 * independent, so that drawing more in one place changes nothing in another.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** Lowest and highest value of something drawn evenly. */
export type Range = readonly [from: number, to: number];

export interface Random {
  /** Evenly from `from` (included) to `to` (excluded). */
  within(range: Range): number;
  /** True with this probability, 0 … 1. */
  chance(probability: number): boolean;
  /** Mean 0, standard deviation 1, never beyond ±6. */
  normal(): number;
  /** One of `choices`, all equally likely. */
  pick<T>(choices: readonly [T, ...T[]]): T;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}

export function randomFrom(seed: number, name: string): Random {
  const generator = xoroshiro128plusFromState([0, 1, 2, 3].map((word) => hash(`${word}/${seed}/${name}`)));
  // Names that differ in one letter begin with states that differ little; a few steps part them.
  for (let i = 0; i < 32; i += 1) generator.next();

  const unit = () => uniformFloat64(generator);
  return {
    within: ([from, to]) => from + unit() * (to - from),
    chance: (probability) => unit() < probability,
    normal: () => {
      // The sum of twelve uniforms: plain additions give the same bits everywhere, which log and cos do not promise.
      let sum = -6;
      for (let i = 0; i < 12; i += 1) sum += unit();
      return sum;
    },
    pick: (choices) => choices[Math.floor(unit() * choices.length)] ?? choices[0],
  };
}

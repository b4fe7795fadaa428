/** Two versions of a protocol side by side: every place at which they differ, in words. */
import type { Protocol } from "../protocol/index.ts";

export interface ProtocolChange {
  /** "limits · hr · low · warning · limit" */
  readonly place: string;
  /** `null`: there is nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** @param before `null`: there was no version before */
export function protocolChanges(before: Protocol | null, after: Protocol): readonly ProtocolChange[] {
  const was = leavesOf(before ?? {});
  const is = leavesOf(after);
  const places = [...new Set([...was.keys(), ...is.keys()])];
  return places.flatMap((place) => {
    const [old = null, now = null] = [was.get(place), is.get(place)];
    return old === now ? [] : [{ place, before: old, after: now }];
  });
}

function leavesOf(value: object): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const walk = (each: unknown, path: readonly string[]): void => {
    if (each === undefined) return;
    // A list of words is read as one; a list of rules by what each is about.
    if (Array.isArray(each) && each.every((one) => typeof one !== "object")) {
      leaves.set(path.join(" · "), each.join(", ") || "none");
    } else if (Array.isArray(each)) {
      for (const [name, one] of named(each)) walk(one, [...path, name]);
    } else if (typeof each === "object" && each !== null) {
      for (const [key, one] of Object.entries(each)) walk(one, [...path, key]);
    } else {
      leaves.set(path.join(" · "), typeof each === "boolean" ? (each ? "yes" : "no") : String(each));
    }
  };
  walk(value, []);
  return leaves;
}

/** A rule of a vital by that vital, and by its number among several of it; any other by its place in the list. */
function named(rules: readonly unknown[]): readonly (readonly [name: string, rule: unknown])[] {
  const count = new Map<string, number>();
  return rules.map((rule, i) => {
    if (typeof rule !== "object" || rule === null || !("vital" in rule)) return [String(i + 1), rule];
    const { vital, ...rest } = rule;
    const nth = (count.get(String(vital)) ?? 0) + 1;
    count.set(String(vital), nth);
    return [nth === 1 ? String(vital) : `${vital} · ${nth}`, rest];
  });
}

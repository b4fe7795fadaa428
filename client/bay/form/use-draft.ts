import { useState } from "react";

type Texts = Readonly<Record<string, string>>;

/**
 * What is typed into a form and not sent yet, kept in this tab through a reload. The name must belong to one patient's
 * visit: what was typed for one must never come up for the next.
 */
export function useDraft<T extends Texts>(name: string, empty: T): readonly [T, (texts: T) => void, () => void] {
  const key = `vigil.draft.${name}`;
  const [texts, setTexts] = useState<T>(() => ({ ...empty, ...kept(key, empty) }));
  const change = (next: T) => {
    setTexts(next);
    try {
      sessionStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing loses it on reload.
    }
  };
  const forget = () => {
    setTexts(empty);
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  };
  return [texts, change, forget];
}

function kept(key: string, empty: Texts): Texts {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (typeof found !== "object" || found === null) return {};
    const texts = Object.entries(found).filter(([name, text]) => name in empty && typeof text === "string");
    return Object.fromEntries(texts);
  } catch {
    return {};
  }
}

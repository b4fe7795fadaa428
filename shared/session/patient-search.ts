/** How a patient is found by what somebody types: without regard to case and accents, word for word in any order. */
import type { Patient } from "./command.ts";

/** Letters that are no plain letter with a mark, as people without the key for them type them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ı: "i",
  þ: "th",
};

/** "Österman" as "osterman". */
const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    // Some capitals bring a mark of their own when they become small.
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðłıþ]/g, (letter) => PLAIN[letter] ?? letter);

interface Named {
  readonly initials: Patient["initials"] | null;
  readonly name?: string | null | undefined;
  readonly recordNumber?: string | null | undefined;
}

/** What is looked through. */
export const searchedText = ({ name, initials, recordNumber }: Named): string =>
  folded([name, initials, recordNumber].filter((part) => part != null).join(" "));

/** All of these must be in it, each anywhere; none: everybody is found. */
export const searchWords = (wanted: string): readonly string[] => folded(wanted).split(/\s+/).filter(Boolean);

export function isSearched(patient: Named, wanted: string): boolean {
  const text = searchedText(patient);
  return searchWords(wanted).every((word) => text.includes(word));
}

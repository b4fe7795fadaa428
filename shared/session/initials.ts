/** What stands on a wall of a patient: one to four letters of any script, with dots, hyphens and spaces. */

export const INITIALS_RULE = "Initials are one to four letters, with dots, hyphens or spaces: they stand on the wall.";

const LETTER = "\\p{L}\\p{M}*";
const INITIALS = new RegExp(`^${LETTER}(?:[. -]*${LETTER}){0,3}[. -]*$`, "u");
const FIRST_LETTER = new RegExp(LETTER, "u");

export const isInitials = (text: string): boolean => INITIALS.test(text);

/** "Maria de la Cruz" → "M.C.": the first letter of the first and of the last name. Without a letter: empty. */
export function initialsOf(name: string): string {
  const letters = name.split(/\s+/).flatMap((one) => FIRST_LETTER.exec(one)?.[0].toUpperCase() ?? []);
  const ends = letters.length > 1 ? [letters[0], letters.at(-1)] : letters;
  return ends.map((letter) => `${letter}.`).join("");
}

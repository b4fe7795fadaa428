import type { IdentityChange } from "@vigil/shared/session";

const FIELD: { readonly [F in IdentityChange["field"]]: string } = {
  name: "name",
  initials: "initials",
  recordNumber: "record number",
  birthDate: "birth date",
};
const NOTHING = "not recorded";

/** "record number R-8 (was R-7), initials J.D. (was D.J.)" */
export const identityText = (changes: readonly IdentityChange[]): string =>
  changes.map(({ field, was, is }) => `${FIELD[field]} ${is ?? NOTHING} (was ${was ?? NOTHING})`).join(", ");

import { type PersonId, personIdSchema } from "@vigil/shared/ids";

/** Whoever takes over may not have signed in yet, so they are named. @returns what is wrong with the name, in words */
export function nextNurse(given: string): { readonly id: PersonId; readonly name: string } | string {
  const name = given.trim().replace(/\s+/g, " ");
  const id = personIdSchema.safeParse(
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      // Some letters become two when they are made small; the id's own limit is 64.
      .slice(0, 64)
      .replace(/^-|-$/g, ""),
  );
  return id.success ? { id: id.data, name } : "A name is needed.";
}

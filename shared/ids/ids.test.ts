import { expect, it } from "vitest";
import { bayIdSchema, boardIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "./index.ts";

const SCHEMAS = { bayIdSchema, boardIdSchema, commandIdSchema, personIdSchema, sessionIdSchema };

it.each(Object.entries(SCHEMAS))("%s takes a name in any script", (_, schema) => {
  for (const name of ["1", "Bay 4", "Stuhl-Ä", "椅子.3", "a:b_c", "x".repeat(64)])
    expect(schema.parse(name)).toBe(name);
});

it.each(Object.entries(SCHEMAS))("%s refuses what is no name", (_, schema) => {
  for (const bad of ["", " 1", "-1", ".", "a/b", "a\nb", "<b>", "x".repeat(65), 1, null, undefined, {}]) {
    expect(schema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  }
});

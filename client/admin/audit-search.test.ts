import { expect, it } from "vitest";
import { auditSearchOf, detailText, queryOf } from "./audit-search.ts";

it("an address that holds nonsense is taken without it", () => {
  expect(auditSearchOf({ person: "Ada", outcome: "perhaps", last: "7", action: "", page: 3 })).toEqual({
    person: "Ada",
  });
});

it("the last hours are a time, the same all through a minute", () => {
  const at = Date.UTC(2026, 2, 2, 9, 0, 59);
  expect(queryOf({ last: "24", person: "Ada Admin" }, at)).toBe(`person=Ada+Admin&from=${Date.UTC(2026, 2, 1, 9)}`);
  expect(queryOf({ last: "24" }, at)).toBe(queryOf({ last: "24" }, at - 59_000));
});

it("a detail is told without what only programs need, and without what is missing", () => {
  expect(detailText({ vital: "hr", session: null, times: 0, limits: { low: {} }, inputHash: "ab" })).toBe(
    'vital hr · times 0 · limits {"low":{}}',
  );
});

import { afterEach, expect, it, vi } from "vitest";
import { newRandomId } from "./random-id.ts";

afterEach(() => vi.unstubAllGlobals());

it("makes ids on a page that has no crypto.randomUUID: plain HTTP from another machine", () => {
  const { crypto } = globalThis;
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = Array.from({ length: 200 }, newRandomId);
  expect(new Set(ids).size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

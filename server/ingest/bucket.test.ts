import { expect, it } from "vitest";
import { Bucket } from "./bucket.ts";

const taken = (bucket: Bucket, at: number, tries: number): number =>
  Array.from({ length: tries }, () => bucket.take(at)).filter(Boolean).length;

it("gives its burst at once, then as much as time brings, and never saves up more than its burst", () => {
  const bucket = new Bucket(10, 20);
  expect(taken(bucket, 0, 100)).toBe(20);
  expect(taken(bucket, 99, 100)).toBe(0);
  expect(taken(bucket, 100, 100)).toBe(1);
  expect(taken(bucket, 1_100, 100)).toBe(10);
  expect(taken(bucket, 3_600_000, 100)).toBe(20);
});

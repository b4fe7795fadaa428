import { expect, it } from "vitest";
import { Exports } from "./exports.ts";

it("runs three of a person's at once and no more, whatever others do, and again when one is over or failed", async () => {
  const exports = new Exports();
  const begun = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const running = begun.map(({ promise }) => exports.run("ada", () => promise));
  let isRun = false;
  const touch = async () => {
    isRun = true;
  };
  expect(await exports.run("ada", touch)).toBe(false);
  expect(isRun).toBe(false);
  expect(await exports.run("bea", touch)).toBe(true);
  begun[0]?.resolve();
  expect(await running[0]).toBe(true);
  expect(await exports.run("ada", touch)).toBe(true);
  begun[1]?.reject(new Error("the log gave no answer"));
  await expect(running[1]).rejects.toThrow("no answer");
  begun[2]?.resolve();
  await running[2];
  expect(await exports.run("ada", touch)).toBe(true);
});

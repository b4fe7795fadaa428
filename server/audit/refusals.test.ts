import type { NewAuditEntry } from "@vigil/shared/audit";
import { expect, it } from "vitest";
import { FakeClock } from "../testing/index.ts";
import { type Refusal, Refusals } from "./refusals.ts";

function gathering() {
  const clock = new FakeClock();
  const told: NewAuditEntry[] = [];
  const refusals = new Refusals({ clock, append: (entry) => told.push(entry) });
  const note = (refusal: Partial<Refusal>) =>
    refusals.note({
      ...{ actor: null, from: "10.0.0.7", action: "sign-in", subject: null, code: "wrong", why: "" },
      ...refusal,
    });
  return { clock, told, note };
}

it("names everybody whose name was tried within the minute", () => {
  const { clock, told, note } = gathering();
  for (let i = 0; i < 60; i += 1) note({ subject: `nurse${i}` });
  note({ subject: "nurse7" });
  clock.advance(60_000);
  expect(told.map(({ subject, detail }) => [subject, detail.times])).toEqual([
    ["nurse0", undefined],
    [null, 60],
  ]);
  const subjects = Object.entries(told[1]?.detail.subjects ?? {});
  expect(subjects).toHaveLength(59);
  expect(subjects.find(([name]) => name === "nurse7")).toEqual(["nurse7", 2]);
});

it("the same tried again is told once more, with how often", () => {
  const { clock, told, note } = gathering();
  for (let i = 0; i < 4; i += 1) note({ subject: "nora" });
  clock.advance(60_000);
  expect(told.map(({ subject, detail }) => [subject, detail.times])).toEqual([
    ["nora", undefined],
    ["nora", 3],
  ]);
});

it("names a hundred and counts the others", () => {
  const { clock, told, note } = gathering();
  for (let i = 0; i < 501; i += 1) note({ subject: `n${i}` });
  clock.advance(60_000);
  expect(Object.keys(told[1]?.detail.subjects ?? {})).toHaveLength(100);
  expect(told[1]?.detail).toMatchObject({ times: 500, others: 400 });
});

it("a thousand addresses asking for a thousand things make no more than five hundred entries, and one for the rest", () => {
  const { told, note } = gathering();
  for (let i = 0; i < 1_000; i += 1) note({ from: `10.0.${i}`, action: `GET /api/sessions/${i}` });
  expect(told).toHaveLength(501);
  expect(told.at(-1)).toMatchObject({ from: "many", action: "many" });
});

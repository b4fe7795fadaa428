import { describe, expect, it } from "vitest";
import { commandIdSchema } from "../ids/index.ts";
import type { Command, Identity } from "./command.ts";
import { identityChanges, identityCorrections } from "./identity.ts";

const AB: Identity = { initials: "AB", name: "A. Bee" };
const CD: Identity = { initials: "CD", name: "C. Dee" };

describe("what a correction of the identity changed", () => {
  it("is each field that differs, with what it was; nothing where none does", () => {
    expect(identityChanges(AB, AB)).toEqual([]);
    expect(identityChanges(AB, { initials: "AB" })).toEqual([{ field: "name", was: "A. Bee", is: undefined }]);
    expect(identityChanges(AB, { ...AB, recordNumber: "KET-2", birthDate: "1980-02-29" })).toEqual([
      { field: "recordNumber", was: undefined, is: "KET-2" },
      { field: "birthDate", was: undefined, is: "1980-02-29" },
    ]);
  });
});

describe("the corrections of a session", () => {
  type Told = Parameters<typeof identityCorrections>[0][number];
  const opened: Told = { command: { type: "open-session", patient: AB }, undone: null };
  const act = (command: Command, undone: object | null = null): Told => ({ command, undone });
  const corrected = (patient: Identity): Command => ({ type: "correct-patient", patient, reason: "wrong" });

  it("each compare with what was said last, at the opening, by a patient set anew, or by a correction", () => {
    const first = act(corrected(CD));
    const second = act(corrected({ ...CD, initials: "CE" }));
    const third = act(corrected(CD));
    const anew = act({ type: "set-patient", patient: AB });
    const told = identityCorrections([opened, first, second, anew, third]);
    expect([...told.keys()]).toEqual([first, second, third]);
    expect(told.get(first)).toEqual(identityChanges(AB, CD));
    expect(told.get(second)).toEqual([{ field: "initials", was: "CD", is: "CE" }]);
    expect(told.get(third)).toEqual(identityChanges(AB, CD));
  });

  it("leave out what was taken back and what says nothing about the patient", () => {
    const slip = act({ type: "set-patient", patient: CD }, {});
    const other = act({ type: "undo-act", act: commandIdSchema.parse("c1") });
    const correction = act(corrected({ ...AB, initials: "AC" }));
    const told = identityCorrections([opened, slip, other, correction]);
    expect([...told]).toEqual([[correction, [{ field: "initials", was: "AB", is: "AC" }]]]);
  });

  it("are none while nobody has said who the patient is", () => {
    expect(identityCorrections([act(corrected(CD))]).size).toBe(0);
  });
});

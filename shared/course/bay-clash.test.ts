import { describe, expect, it } from "vitest";
import { bayIdSchema } from "../ids/index.ts";
import type { CourseActInput } from "./act.ts";
import { bayClash } from "./bay-clash.ts";
import { at, courseAfter, fact } from "./test-course.ts";

const bay = bayIdSchema.parse("2");
const book: CourseActInput = { type: "book-session", date: "2026-03-12", time: "10:30", bay };
const booked = fact("b", at("2026-03-10"), book);
const other = courseAfter(booked);

describe("a bay that is booked", () => {
  it.each(["09:31", "10:30", "11:29"])("has no room for another patient at %s", (time) => {
    expect(bayClash({ date: "2026-03-12", time, bay }, [other])).toEqual({ recordNumber: "R-1", time: "10:30" });
  });

  it.each([
    ["an hour before", { date: "2026-03-12", time: "09:30", bay }],
    ["an hour after", { date: "2026-03-12", time: "11:30", bay }],
    ["another day", { date: "2026-03-13", time: "10:30", bay }],
    ["another bay", { date: "2026-03-12", time: "10:30", bay: bayIdSchema.parse("3") }],
    ["any bay", { date: "2026-03-12", time: "10:30" }],
  ])("has room %s", (_when, wanted) => {
    expect(bayClash(wanted, [other])).toBeNull();
  });

  it("is free again when the booking is cancelled or the course closed", () => {
    const cancel = fact("c", at("2026-03-10"), { type: "cancel-booking", booking: booked.id, reason: "ill" });
    const close = fact("c", at("2026-03-10"), { type: "close-course", reason: "well" });
    for (const over of [cancel, close]) {
      expect(bayClash({ date: "2026-03-12", time: "10:30", bay }, [courseAfter(booked, over)])).toBeNull();
    }
  });
});

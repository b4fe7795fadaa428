import { describe, expect, it } from "vitest";
import { cadss6Total, dissociationCourse, isDissociated, scoreTotal } from "./observation.ts";

describe("dissociation", () => {
  it("is told by either scale; where neither was looked at, by nothing", () => {
    expect(isDissociated({ nausea: 3 })).toBeNull();
    expect(isDissociated({ dissociation: 0 })).toBe(false);
    expect(isDissociated({ dissociation: 1 })).toBe(true);
    expect(isDissociated({ cadss6: [0, 0, 0, 0, 0, 0] })).toBe(false);
    expect(isDissociated({ cadss6: [0, 0, 1, 0, 0, 0] })).toBe(true);
    expect(isDissociated({ dissociation: 0, cadss6: [0, 0, 0, 0, 0, 1] })).toBe(true);
  });

  it("began when it was first seen, was strongest at the first of equals, ended when it was first seen to be over", () => {
    expect(
      dissociationCourse([
        { at: 1, dissociation: 0 },
        { at: 2, dissociation: 3 },
        { at: 3, nausea: 1 },
        { at: 4, dissociation: 7 },
        { at: 5, dissociation: 7 },
        { at: 6, dissociation: 2 },
        { at: 7, dissociation: 0 },
        { at: 8, dissociation: 0 },
      ]),
    ).toEqual({ beganAt: 2, peak: { at: 4, dissociation: 7 }, endedAt: 7 });
  });

  it("that comes back has not ended", () => {
    const course = dissociationCourse([
      { at: 1, dissociation: 4 },
      { at: 2, dissociation: 0 },
      { at: 3, dissociation: 1 },
    ]);
    expect(course).toEqual({ beganAt: 1, peak: { at: 1, dissociation: 4 }, endedAt: null });
  });

  it("that was never seen has no course; one that only CADSS-6 shows has no peak on the other scale", () => {
    expect(dissociationCourse([{ at: 1, dissociation: 0 }])).toEqual({ beganAt: null, peak: null, endedAt: null });
    expect(dissociationCourse([{ at: 1, cadss6: [1, 0, 0, 0, 0, 0] }])).toEqual({
      beganAt: 1,
      peak: null,
      endedAt: null,
    });
  });
});

it("scores add up, every item in its own right", () => {
  expect(cadss6Total([4, 3, 2, 1, 0, 2])).toBe(12);
  const aldrete = { activity: 2, respiration: 1, circulation: 2, consciousness: 1, oxygen: 2 };
  expect(scoreTotal({ scale: "aldrete", ...aldrete })).toBe(8);
  expect(scoreTotal({ scale: "padss", vitalSigns: 2, activity: 1, nausea: 2, pain: 1, bleeding: 2 })).toBe(8);
});

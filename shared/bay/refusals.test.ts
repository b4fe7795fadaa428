/** What is not legal says why: a code for programs, a sentence for people. */
import { describe, expect, it } from "vitest";
import { commandIdSchema } from "../ids/index.ts";
import { type Command, commandSchema } from "../session/index.ts";
import { advance } from "./advance.ts";
import type { Bay } from "./bay.ts";
import { infusing, NURSE, Scene } from "./test-scene.ts";

const answer = (bay: Bay, command: Command) =>
  advance(bay, { kind: "command", at: bay.at, id: commandIdSchema.parse("c"), by: NURSE, command }).events[0]!;

describe("a refusal", () => {
  const busy = infusing();
  busy.reads(1, { sbp: 70, dbp: 30 });
  busy.does(2, { type: "acknowledge-alarm", alarm: "sbp.low" });
  busy.does(2, { type: "alarm-off", vital: "hr", reason: "electrode" });

  it.each([
    [{ type: "acknowledge-alarm", alarm: "sbp.low" }, "already-done", "Nora has already acknowledged it."],
    [{ type: "acknowledge-alarm", alarm: "rr.low" }, "no-such-alarm", "does not stand"],
    [{ type: "alarm-off", vital: "hr", reason: "again" }, "already-done", "already off"],
    [{ type: "alarm-on", vital: "rr" }, "already-done", "already on"],
    [{ type: "resume-audio" }, "already-done", "not paused"],
  ])("of %o says so", (document, code, says) => {
    const refused = answer(busy.bay, commandSchema.parse(document));
    expect(refused).toMatchObject({ type: "refused", code });
    expect(refused.type === "refused" && refused.reason).toContain(says);
  });

  it("without a session says that", () => {
    for (const command of ["pause-audio", "alarm-on"]) {
      const refused = answer(new Scene().bay, commandSchema.parse({ type: command, seconds: 5, vital: "hr" }));
      expect(refused).toMatchObject({ type: "refused", code: "no-session", reason: "No session is open at this bay." });
    }
  });
});

describe("an act", () => {
  it("names the session it was done to, the one that it ended included", () => {
    const scene = new Scene();
    scene.opens(3);
    const act = (command: Command) => answer(scene.bay, command);
    expect(act({ type: "pause-audio", seconds: 5 })).toMatchObject({ sessionId: "s3", phase: "preparation" });
    expect(act({ type: "abandon-session", reason: "went home", left: "against-advice" })).toMatchObject({
      sessionId: "s3",
      phase: null,
    });
  });
});

describe("an input dated before what is settled", () => {
  it("counts as of now", () => {
    const scene = infusing();
    scene.reads(50, { sbp: 120 });
    expect(scene.reads(10, { sbp: 70 })).toEqual(["50 raised sbp.low critical high 70 80"]);
    expect(scene.bay.at).toBe(50_000);
  });
});

describe("a tick", () => {
  it("settles what is due by then, and nothing more", () => {
    const { bay } = infusing();
    const { bay: after, events } = advance(bay, { kind: "tick", at: 10_000 });
    expect(events).toMatchObject([{ at: 10_000, change: "raised", alarm: "monitor-silent" }]);
    expect(advance(after, { kind: "tick", at: 15_000 })).toEqual({ bay: after, events: [] });
  });
});

/** The session as its bay's page and the record show it. */
import { describe, expect, it } from "vitest";
import { personIdSchema } from "../ids/index.ts";
import {
  dischargeCriteria,
  missedObservations,
  planArithmetic,
  planFigures,
  UNDO_WITHIN_MS,
} from "../session/index.ts";
import { dischargeFacts } from "./conditions.ts";
import { type SessionView, sessionView } from "./session-view.ts";
import { infusing, NURSE, recovering, Scene, SUPERVISOR, WELL } from "./test-scene.ts";

const viewOf = (scene: Scene, s: number): SessionView => {
  const view = sessionView(scene.bay, s * 1000);
  if (view === null) throw new Error("there is no session");
  return view;
};
const MIN = 60_000;

describe("of a bay", () => {
  it("that has had no session there is none", () => {
    expect(sessionView(new Scene().bay, 0)).toBeNull();
  });

  it("whose session has ended it is that one, as it was", () => {
    const scene = recovering({ recoveryMinimumMin: 1, dischargeChecks: [] });
    scene.does(10, { type: "abandon-session", reason: "left", left: "against-advice" });
    const view = viewOf(scene, 900);
    expect(view).toMatchObject({ bay: "1", phase: "abandoned", openedAt: 0 });
    expect(view.criteria).toBe(view.ending?.criteria);
    expect(view.criteria).not.toEqual([]);
  });
});

describe("the view", () => {
  it("bears who, the plan and what follows from it, and not the acts that it was made of", () => {
    const scene = infusing();
    const view = viewOf(scene, 600);
    const plan = scene.bay.session!.plan!;
    expect(view).toMatchObject({ bay: "1", id: "s0", patient: { initials: "AB" }, phase: "infusing", plan });
    expect(view).not.toHaveProperty("acts");
    expect(view).not.toHaveProperty("origin");
    expect(view.figures).toEqual(planFigures(plan, 70));
    expect(view.arithmetic).toEqual(planArithmetic(plan, 70));
    expect(view.arithmetic).not.toEqual([]);
    expect(view).toMatchObject({ plannedMs: 40 * MIN, plannedEndAt: 40 * MIN, cuffDueAt: 5 * MIN });
  });

  it("before a plan has none of its figures", () => {
    const scene = new Scene();
    scene.does(0, { type: "open-session", sessionId: viewOf(infusing(), 0).id, patient: { initials: "AB" } });
    expect(viewOf(scene, 0)).toMatchObject({
      figures: null,
      arithmetic: [],
      dose: null,
      plannedMs: null,
      plannedEndAt: null,
      cuffDueAt: null,
    });
  });

  it("before the drug tells of no time, no dose given and no criterion", () => {
    const scene = new Scene();
    scene.opens(0);
    const { now, criteria, recoveryMinimumAt } = viewOf(scene, 90);
    expect(now).toMatchObject({ at: 90_000, elapsedMs: 0, pausedMs: 0 });
    expect(now.dose?.mg ?? 0).toBe(0);
    expect(criteria).toEqual([]);
    expect(recoveryMinimumAt).toBeNull();
  });

  it("of one instant tells how long the drug has run and paused, and the dose given", () => {
    const scene = infusing();
    scene.does(600, { type: "pause-infusion", reason: "nausea" });
    const { now, criteria, dose } = viewOf(scene, 700);
    expect(now).toMatchObject({ at: 700_000, elapsedMs: 600_000, pausedMs: 100_000 });
    expect(now.dose?.mg).toBeCloseTo(35 / 4);
    expect(dose).not.toBeNull();
    expect(criteria).toEqual(dischargeCriteria(scene.bay.session!, dischargeFacts(scene.bay), 700_000));
  });

  it("tells of observations that were missed and of when the next is due", () => {
    const scene = infusing();
    const view = viewOf(scene, 2_400);
    expect(view.missedObservations).toEqual(missedObservations(scene.bay.session!, 2_400_000));
    expect(view.missedObservations).not.toEqual([]);
    expect(view.observationDueAt).toBe(view.missedObservations[0]?.dueAt);
  });

  it("tells of a dissociation, and of the least stay after the infusion", () => {
    const scene = infusing();
    scene.does(60, { type: "record-observation", observation: { dissociation: 6 } });
    scene.does(120, { type: "end-infusion" });
    const view = viewOf(scene, 130);
    expect(view.dissociation).toMatchObject({ beganAt: 60_000, peak: { at: 60_000, dissociation: 6 } });
    expect(view.recoveryMinimumAt).toBe(120_000 + view.protocol.recoveryMinimumMin * MIN);
  });
});

describe("a check", () => {
  const checked = () => {
    const scene = new Scene({
      startChecks: ["identity", "dose"],
      dischargeChecks: ["escort"],
      secondPersonChecks: ["dose"],
    });
    scene.opens(0);
    return scene;
  };

  it("says whether it is confirmed, who did, and whether a second person is needed", () => {
    const scene = checked();
    scene.does(10, { type: "confirm-check", check: "identity" });
    scene.does(20, { type: "confirm-check", check: "dose" });
    const first = { by: NURSE.id, name: "Nora" };
    expect(viewOf(scene, 20).startChecks).toMatchObject([
      { check: "identity", confirmed: true, needsSecond: false, first: { ...first, at: 10_000 }, second: null },
      { check: "dose", confirmed: false, needsSecond: true, first: { ...first, at: 20_000 }, second: null },
    ]);
    scene.does(30, { type: "confirm-check", check: "dose" }, SUPERVISOR);
    expect(viewOf(scene, 30).startChecks[1]).toMatchObject({ confirmed: true, second: { name: "Sam", at: 30_000 } });
  });

  it("of the way home is another than one of the start", () => {
    const view = viewOf(checked(), 0);
    expect(view.startChecks.map(({ check }) => check)).toEqual(["identity", "dose"]);
    expect(view.dischargeChecks).toEqual([
      { check: "escort", confirmed: false, needsSecond: false, first: null, second: null },
    ]);
  });
});

it("a check of the same name for the start and for the way home is two", () => {
  const scene = new Scene({ startChecks: ["escort"], dischargeChecks: ["escort"] });
  scene.opens(0);
  scene.does(10, { type: "confirm-check", check: "escort" });
  const { startChecks, dischargeChecks } = viewOf(scene, 10);
  expect([...startChecks, ...dischargeChecks]).toMatchObject([
    { confirmed: true, first: { name: "Nora" } },
    { confirmed: false, first: null },
  ]);
});

describe("the timeline", () => {
  const seen = { type: "record-observation", observation: { pain: 2 } } as const;

  it("stands in the order in which things were done, late entries where they belong", () => {
    const scene = infusing();
    scene.does(100, { type: "pause-infusion", reason: "nausea" });
    scene.does(200, { ...seen, effectiveAt: 50_000 });
    const told = viewOf(scene, 200).timeline.map(({ command, at, enteredAt, late }) => [
      command.type,
      at,
      enteredAt,
      late,
    ]);
    expect(told.slice(-2)).toEqual([
      ["record-observation", 50_000, 200_000, true],
      ["pause-infusion", 100_000, 100_000, false],
    ]);
  });

  it("says by whom, until when it can be taken back, and then who took it back", () => {
    const scene = infusing();
    scene.does(100, seen);
    const entry = viewOf(scene, 100).timeline.at(-1)!;
    expect(entry).toMatchObject({ by: NURSE, timed: true, undone: null, corrections: [] });
    expect(entry.undoUntil).toBe(100_000 + UNDO_WITHIN_MS);
    const sam = { ...NURSE, id: personIdSchema.parse("n2"), name: "Sol" };
    scene.does(105, { type: "undo-act", act: entry.id }, sam);
    const undone = viewOf(scene, 105).timeline.find(({ id }) => id === entry.id);
    expect(undone).toMatchObject({ timed: false, undoUntil: null, undone: { name: "Sol", at: 105_000 } });
  });

  it("says of what has no time to put right, and of what cannot be taken back", () => {
    const scene = infusing();
    const to = { id: personIdSchema.parse("n2"), name: "Sol" };
    scene.does(10, { type: "hand-over", to, summary: "calm" });
    scene.does(20, { type: "correct-patient", patient: { initials: "AC" }, reason: "a slip" });
    const [handed, corrected] = viewOf(scene, 20).timeline.slice(-2);
    expect(handed).toMatchObject({ command: { type: "hand-over" }, timed: false, undoUntil: 10_000 + UNDO_WITHIN_MS });
    expect(corrected).toMatchObject({ command: { type: "correct-patient" }, timed: false, undoUntil: null });
  });

  it("shows how a time was put right", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    scene.does(100, seen);
    const { id } = viewOf(scene, 100).timeline.at(-1)!;
    scene.does(120, { type: "correct-time", act: id, effectiveAt: 80_000, reason: "pressed late" });
    expect(viewOf(scene, 120).timeline.find((entry) => entry.id === id)).toMatchObject({
      at: 80_000,
      enteredAt: 100_000,
      corrections: [{ was: 100_000, reason: "pressed late" }],
    });
  });
});

/**
 * The running ward against a ward in miniature that was written from alarms.md alone: readings, commands, losses and
 * restarts in any order. And the test itself against faults: each of those in faults.ts, listed by name in the output,
 * is planted in the engine, the journal or the protocol, and must be found.
 */
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { Disagreement, type Expected, expectedFrom, happenings, openSession, startInfusion } from "./commands.ts";
import { FAULTS } from "./faults.ts";
import { planted } from "./planted.ts";
import { RealWard } from "./real-ward.ts";

vi.mock("@vigil/shared/bay", async (importOriginal) => {
  const real = await importOriginal<typeof import("@vigil/shared/bay")>();
  const { faultyEngine } = await import("./planted.ts");
  const engine = () => faultyEngine(real);
  return {
    ...real,
    advance: (...call: Parameters<typeof real.advance>) => engine().advance(...call),
    settle: (...call: Parameters<typeof real.settle>) => engine().settle(...call),
    nextDeadline: (...call: Parameters<typeof real.nextDeadline>) => engine().nextDeadline(...call),
    departure: (...call: Parameters<typeof real.departure>) => engine().departure(...call),
  };
});

afterEach(() => {
  planted.fault = {};
});

const story = fc.asyncProperty(happenings, async (commands) => {
  const real = await RealWard.open();
  try {
    const expected: Expected = expectedFrom(real.now);
    openSession(expected, real);
    startInfusion(expected, real);
    await fc.asyncModelRun(() => ({ model: expected, real }), commands);
  } finally {
    real.end();
  }
});

/** Always the same stories, so that a failure is one for everybody. The 47th is the last by which a fault is met. */
const SEED = 1;
const SOUND_STORIES = 200;
/** A fault that so many stories do not meet is not found. */
const MOST_STORIES = 1_000;
const PATIENCE_MS = 300_000;

it("the ward does what the model says, whatever happens in whatever order", { timeout: PATIENCE_MS }, async () => {
  const run = await fc.check(story, { seed: SEED, numRuns: SOUND_STORIES });
  const { errorInstance: error } = run;
  const why = error instanceof Error ? (error.stack ?? error.message) : "";
  expect(`${fc.defaultReportMessage(run) ?? ""}\n${why}`.trim()).toBe("");
});

it.each(FAULTS)("finds the fault: %s", { timeout: PATIENCE_MS }, async (_, fault) => {
  planted.fault = fault;
  const { errorInstance } = await fc.check(story, { seed: SEED, numRuns: MOST_STORIES, endOnFailure: true });
  expect(errorInstance).toBeInstanceOf(Disagreement);
});

it("plants enough faults to be trusted", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(70);
});

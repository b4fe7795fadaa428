// @vitest-environment node
import { bayIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import { expect, it } from "vitest";
import { browserTime } from "../live/index.ts";
import type { AskName, Asks, Move, NotOpened, Opened, View } from "./asking.ts";
import type { ReplayEngine } from "./engine.ts";
import { ReplayPlayer } from "./player.ts";

const ONE = bayIdSchema.parse("1");
const TWO = bayIdSchema.parse("2");
const SESSION = sessionIdSchema.parse("s");
const OPENED: Opened = {
  ok: true,
  title: "A day",
  zone: "UTC",
  isDated: true,
  bays: [ONE, TWO],
  from: 1_000,
  to: 100_000,
  inputs: 99,
  log: [],
  rules: [],
  takenAs: null,
  engineMs: 1,
  lines: null,
};
const viewAt = (at: number, bay = ONE): View => ({
  position: { at, taken: 1 },
  bay,
  rows: [],
  trends: [],
  inspection: null,
});

/** Answers when it is told to. */
class SlowEngine implements ReplayEngine {
  readonly asked: { readonly name: AskName; readonly ask: Asks[AskName]["ask"]; answer(with_: unknown): void }[] = [];

  ask<N extends AskName>(name: N, ask: Asks[N]["ask"]): Promise<Asks[N]["answer"]> {
    return new Promise((resolve) => {
      this.asked.push({ name, ask, answer: (answer) => resolve(answer as Asks[N]["answer"]) });
    });
  }

  close(): void {}

  /** The moves of every question for a picture, in order. */
  get moves(): readonly (readonly Move[])[] {
    return this.asked.flatMap(({ ask }) => ("moves" in ask ? [ask.moves] : []));
  }

  async answers(answer: Opened | NotOpened | View): Promise<void> {
    this.asked.at(-1)?.answer(answer);
    for (let n = 0; n < 5; n += 1) await Promise.resolve();
  }
}

async function openPlayer() {
  const engine = new SlowEngine();
  const player = new ReplayPlayer(engine, browserTime);
  void player.openSession(SESSION);
  await engine.answers(OPENED);
  await engine.answers(viewAt(1_000));
  return { engine, player };
}

it("takes every step that is pressed while a picture is under way", async () => {
  const { engine, player } = await openPlayer();
  player.step("second", 1);
  player.step("second", 1);
  player.step("alarm", 1);
  await engine.answers(viewAt(2_000));
  expect(engine.moves.slice(1)).toEqual([
    [{ kind: "second", by: 1 }],
    [
      { kind: "second", by: 1 },
      { kind: "alarm", by: 1 },
    ],
  ]);
  expect(engine.asked.at(-1)?.ask).toMatchObject({ from: { at: 2_000, taken: 1 } });
});

it("steps on from where one wants to go, and forgets what was asked before that", async () => {
  const { engine, player } = await openPlayer();
  player.step("second", 1);
  player.step("second", 1);
  player.go({ kind: "at", at: 50_000 });
  player.step("second", -1);
  await engine.answers(viewAt(2_000));
  expect(engine.moves.at(-1)).toEqual([
    { kind: "at", at: 50_000 },
    { kind: "second", by: -1 },
  ]);
});

it("shows the bay of the event it steps to, unless somebody chose another one meanwhile", async () => {
  const { engine, player } = await openPlayer();
  player.step("alarm", 1);
  await engine.answers(viewAt(9_000, TWO));
  expect(player.bay.value).toBe(TWO);
  player.step("alarm", 1);
  player.choose(ONE);
  await engine.answers(viewAt(9_500, TWO));
  expect(player.bay.value).toBe(ONE);
});

it("opens nothing once it was closed, or something else was asked for", async () => {
  const engine = new SlowEngine();
  const player = new ReplayPlayer(engine, browserTime);
  void player.openSession(SESSION);
  player.close();
  await engine.answers(OPENED);
  expect(player.opening.value).toEqual({ kind: "nothing" });

  const { engine: other, player: open } = await openPlayer();
  open.step("second", 1);
  open.close();
  await other.answers(viewAt(2_000));
  expect(open.view.value).toBeNull();
});

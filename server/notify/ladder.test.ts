/** Rungs are taken to their targets, and what the targets say reaches the alarm it is about. */
import type { DeliveryInput } from "@vigil/shared/bay";
import type { EscalationNotice } from "@vigil/shared/wire";
import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { Bays, bayId, command, commandInput, FakeClock, reading, toInfusion } from "../testing/index.ts";
import type { WardChange } from "../ward/index.ts";
import { serveLadder } from "./index.ts";

type Word = { readonly state: DeliveryInput["state"]; readonly reason: string | null };

/** A bay with a high alarm that nobody acknowledged, and a target that answers when the test says so. */
class Scene {
  readonly clock = new FakeClock();
  readonly bays = new Bays(["1"]);
  readonly notices: EscalationNotice[] = [];
  readonly answers: ((state: Word["state"], reason: string | null) => void)[] = [];
  readonly told: string[] = [];
  #changes = new Subject<WardChange>();
  #acts = 0;

  constructor() {
    for (const each of toInfusion("s1", {
      limits: { sbp: { low: { warning: { limit: 90 }, critical: { limit: 80 } } } },
    }))
      this.does(each);
    this.reads(70);
  }

  does(document: unknown): void {
    this.#next(this.bays.step("1", commandInput(this.clock.now(), `c${this.#acts++}`, command(document))));
  }

  reads(sbp: number): void {
    this.#next(this.bays.step("1", { ...reading(this.clock.now(), { sbp }), cadenceS: 1800 }));
  }

  waits(seconds: number): void {
    this.clock.advance(seconds * 1000);
    this.#next(this.bays.settle("1", this.clock.now()));
  }

  /** Begins to serve, as a server that has just started. */
  starts(): void {
    this.#changes = new Subject();
    serveLadder({
      clock: this.clock,
      changes: this.#changes,
      bays: [this.bays.bay(bayId("1"))!],
      bayOf: this.bays.bay,
      target: {
        deliver: (notice, tell) => {
          this.notices.push(notice);
          this.answers.push(tell);
        },
      },
      tell: (bay, outcome) => {
        this.told.push(`${bay} ${outcome.alarm} ${outcome.rung} ${outcome.state}`);
        this.#next(this.bays.step("1", { kind: "delivery", at: this.clock.now(), ...outcome }));
      },
    });
  }

  #next(change: WardChange): void {
    this.#changes.next(change);
  }
}

describe("the ladder", () => {
  it("takes a rung that is due to its target, with bay, alarm and place", async () => {
    const scene = new Scene();
    scene.starts();
    scene.waits(30);
    await Promise.resolve();
    expect(scene.notices).toMatchObject([
      { bay: "1", alarm: "sbp.low", rung: 0, target: "second nurse", priority: "high", at: scene.clock.now() },
    ]);
    scene.answers[0]!("sent", null);
    scene.answers[0]!("confirmed", null);
    expect(scene.told).toEqual(["1 sbp.low 0 sent", "1 sbp.low 0 confirmed"]);
  });

  it("does not take late word of an earlier calling for word of the new one", async () => {
    const scene = new Scene();
    scene.starts();
    scene.waits(30);
    await Promise.resolve();
    scene.answers[0]!("sent", null);
    scene.reads(120);
    scene.reads(70);
    scene.waits(30);
    await Promise.resolve();
    expect(scene.notices).toHaveLength(2);
    scene.answers[0]!("confirmed", null);
    expect(scene.told).toEqual(["1 sbp.low 0 sent"]);
    scene.answers[1]!("confirmed", null);
    expect(scene.told).toEqual(["1 sbp.low 0 sent", "1 sbp.low 0 confirmed"]);
  });

  it("takes up after a restart what was queued or on its way, once screens had time to come back", async () => {
    const scene = new Scene();
    scene.starts();
    scene.waits(60);
    await Promise.resolve();
    scene.answers[0]!("sent", null);
    scene.starts();
    scene.waits(4.9);
    expect(scene.notices).toHaveLength(2);
    scene.waits(0.1);
    expect(scene.notices.slice(2).map(({ rung }) => rung)).toEqual([0, 1]);
  });

  it("takes up nothing after a restart that was answered before, or is not needed any more", () => {
    const scene = new Scene();
    scene.waits(60);
    scene.bays.step("1", {
      kind: "delivery",
      at: scene.clock.now(),
      alarm: "sbp.low",
      rung: 0,
      state: "failed",
      reason: "",
    });
    scene.starts();
    scene.does({ type: "acknowledge-alarm", alarm: "sbp.low" });
    scene.waits(10);
    expect(scene.notices).toEqual([]);
  });
});

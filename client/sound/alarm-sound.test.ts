import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { browserTime } from "../live/index.ts";
import { type AlarmSound, openAlarmSound } from "./alarm-sound.ts";
import { FakeOutput } from "./fake-output.ts";
import type { SoundingAlarm } from "./queue.ts";
import { soundMemory } from "./sound-memory.ts";
import type { Sound } from "./tones.ts";

const HIGH: SoundingAlarm = { bay: "1", id: "spo2.low", priority: "high", callsSince: 1 };
const MEDIUM: SoundingAlarm = { bay: "2", id: "hr.high", priority: "medium", callsSince: 1 };

let sound: AlarmSound;
let outputs: FakeOutput[];
let prepare: (output: FakeOutput) => void;
let hasDevice: boolean;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date", "performance"] });
  localStorage.clear();
  outputs = [];
  prepare = () => undefined;
  hasDevice = true;
});
afterEach(() => {
  sound.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function open(): AlarmSound {
  sound = openAlarmSound({
    openOutput() {
      if (!hasDevice) throw new Error("no audio device");
      const output = new FakeOutput(() => performance.now());
      prepare(output);
      outputs.push(output);
      return output;
    },
    time: browserTime,
    memory: soundMemory(() => localStorage),
  });
  return sound;
}
async function openArmed(): Promise<AlarmSound> {
  open().arm();
  await passes(2_000);
  sound.confirm(true);
  expect(sound.state.value).toEqual({ kind: "armed" });
  return sound;
}
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const output = (): FakeOutput => outputs.at(-1)!;
const played = (): readonly Sound[] => outputs.flatMap((one) => one.played).filter((one) => one !== "test");

describe("arming", () => {
  it("is off and silent until a person arms it, and asks the browser for nothing", async () => {
    open().set([HIGH]);
    await passes(60_000);
    expect(sound.state.value).toEqual({ kind: "off", notHeard: false });
    expect(outputs).toEqual([]);
  });

  it("plays the test tone, waits for the answer, and then is armed", async () => {
    open().arm();
    await passes(0);
    expect(output().played).toEqual(["test"]);
    await passes(60_000);
    expect(sound.state.value).toEqual({ kind: "testing" });
    expect(output().played).toEqual(["test"]);
    sound.confirm(true);
    expect(sound.state.value).toEqual({ kind: "armed" });
  });

  it("stays off when the person heard nothing, and says so", async () => {
    open().arm();
    await passes(2_000);
    sound.confirm(false);
    sound.set([HIGH]);
    await passes(60_000);
    expect(sound.state.value).toEqual({ kind: "off", notHeard: true });
    expect(played()).toEqual([]);
    sound.arm();
    expect(sound.state.value).toEqual({ kind: "testing" });
  });

  it("plays the test tone again when asked", async () => {
    open().arm();
    await passes(3_000);
    sound.arm();
    await passes(0);
    expect(output().played).toEqual(["test", "test"]);
  });

  it("an answer that nobody asked for changes nothing", () => {
    open().confirm(true);
    expect(sound.state.value.kind).toBe("off");
  });

  it("alarms that stand already sound while the person is being asked", async () => {
    open().set([HIGH]);
    sound.arm();
    await passes(0);
    expect(played()).toEqual(["high"]);
  });
});

describe("a screen that someone has heard before", () => {
  it("arms itself where the browser needs no press", async () => {
    (await openArmed()).close();
    open();
    await passes(0);
    expect(sound.state.value).toEqual({ kind: "armed" });
    sound.set([HIGH]);
    expect(output().played).toEqual(["high"]);
  });

  it("stays off where it does, and takes a press anywhere that makes it sound", async () => {
    (await openArmed()).close();
    prepare = (one) => (one.answer = "never");
    open();
    await passes(60_000);
    expect(sound.state.value).toEqual({ kind: "off", notHeard: false });
    output().becomes("running");
    expect(sound.state.value).toEqual({ kind: "armed" });
  });

  it("asks again after someone heard nothing", async () => {
    (await openArmed()).arm();
    await passes(2_000);
    sound.confirm(false);
    sound.close();
    open();
    await passes(60_000);
    expect(sound.state.value.kind).toBe("off");
  });
});

describe("alarms", () => {
  it("sound at once, in the same turn, and repeat", async () => {
    (await openArmed()).set([HIGH]);
    expect(played()).toEqual(["high"]);
    await passes(10_000);
    expect(played()).toEqual(["high", "high", "high"]);
  });

  it("a graver one cuts off the milder", async () => {
    (await openArmed()).set([MEDIUM]);
    await passes(300);
    sound.set([MEDIUM, HIGH]);
    expect(played()).toEqual(["medium", "high"]);
    expect(output().stops).toBe(1);
    await passes(3_000);
    expect(played()).toEqual(["medium", "high", "medium"]);
  });

  it("none: silence at once", async () => {
    (await openArmed()).set([HIGH]);
    await passes(300);
    sound.set([]);
    expect(output().stops).toBe(1);
    await passes(60_000);
    expect(played()).toEqual(["high"]);
  });

  it("a reminder sounds once", async () => {
    (await openArmed()).set([{ ...HIGH, once: true }]);
    await passes(60_000);
    expect(played()).toEqual(["high"]);
    expect(sound.state.value.kind).toBe("armed");
  });

  it("sound through a night that nobody looks at", async () => {
    await openArmed();
    await passes(8 * 3_600_000);
    sound.set([HIGH]);
    await passes(60_000);
    expect(played()).toHaveLength(13);
    expect(sound.state.value.kind).toBe("armed");
    expect(outputs).toHaveLength(1);
  });
});

describe("a browser that waits for a person", () => {
  it("is told as blocked when a press was not enough", async () => {
    prepare = (one) => (one.answer = "never");
    open().arm();
    await passes(999);
    expect(sound.state.value).toEqual({ kind: "testing" });
    await passes(1);
    expect(sound.state.value).toMatchObject({ kind: "blocked", reason: "suspended" });
    output().becomes("running");
    expect(sound.state.value).toEqual({ kind: "testing" });
    expect(output().played).toEqual(["test"]);
  });
});

describe("sound that is lost", () => {
  it("by suspension: told at once, resumed, and what was missed is heard", async () => {
    (await openArmed()).set([HIGH]);
    await passes(300);
    output().answer = "never";
    output().becomes("suspended");
    expect(sound.state.value).toMatchObject({ kind: "blocked", reason: "suspended" });
    expect(output().stops).toBe(1);
    sound.set([HIGH, MEDIUM]);
    await passes(20_000);
    expect(played()).toEqual(["high"]);
    expect(output().resumes).toBeGreaterThan(3);
    output().answer = "running";
    await passes(8_000);
    expect(sound.state.value.kind).toBe("armed");
    expect(played().slice(0, 3)).toEqual(["high", "high", "medium"]);
  });

  it("by suspension, with a device that is gone for hours: a new context in the end", async () => {
    await openArmed();
    prepare = (one) => (one.answer = "never");
    output().answer = "never";
    output().becomes("suspended");
    await passes(3 * 3_600_000);
    expect(sound.state.value).toMatchObject({ kind: "blocked", reason: "suspended" });
    expect(outputs.length).toBeGreaterThan(2);
    expect(outputs.slice(0, -1).every(({ closed }) => closed)).toBe(true);
    prepare = () => undefined;
    await passes(60_000);
    expect(sound.state.value.kind).toBe("armed");
    sound.set([HIGH]);
    expect(output().played).toEqual(["high"]);
  });

  it("by a start that is refused: told with the browser’s words, tried again for ever", async () => {
    hasDevice = false;
    open().arm();
    await passes(3_600_000);
    expect(sound.state.value).toEqual({ kind: "blocked", reason: "start-failed", detail: "no audio device" });
    hasDevice = true;
    await passes(10_000);
    expect(sound.state.value.kind).toBe("testing");
    expect(output().played).toEqual(["test"]);
  });

  it("by a resume that is rejected", async () => {
    prepare = (one) => (one.answer = "rejected");
    open().arm();
    await passes(0);
    expect(sound.state.value).toEqual({ kind: "blocked", reason: "start-failed", detail: "no device" });
    prepare = () => undefined;
    await passes(5_000);
    expect(outputs.slice(0, -1).every(({ closed }) => closed)).toBe(true);
    expect(sound.state.value.kind).toBe("testing");
  });

  it("by bursts that are silence: found while the burst plays, healed by one that is loud", async () => {
    (await openArmed()).set([HIGH]);
    output().silent = true;
    await passes(2_500);
    expect(sound.state.value).toMatchObject({ kind: "blocked", reason: "silent-output" });
    output().silent = false;
    await passes(10_000);
    expect(sound.state.value.kind).toBe("armed");
    expect(played()).toEqual(["high", "high", "high"]);
  });

  it("by silence while no alarm sounds: found within seconds, healed by a new context", async () => {
    await openArmed();
    output().silent = true;
    await passes(10_000);
    expect(sound.state.value).toMatchObject({ kind: "blocked", reason: "silent-output" });
    await passes(60_000);
    expect(outputs.length).toBe(2);
    expect(sound.state.value.kind).toBe("armed");
  });

  it("by an audio device whose clock stands still", async () => {
    await openArmed();
    output().stalled = true;
    await passes(15_000);
    expect(sound.state.value).toMatchObject({ kind: "blocked", reason: "silent-output" });
    output().stalled = false;
    await passes(10_000);
    expect(sound.state.value.kind).toBe("armed");
  });

  it("a page that was held up does not take its own absence for silence", async () => {
    (await openArmed()).set([HIGH]);
    output().silent = true;
    await passes(150);
    // Nothing runs for a while; then everything is late.
    vi.setSystemTime(Date.now() + 5_000);
    output().silent = false;
    await passes(2_400);
    expect(sound.state.value.kind).toBe("armed");
  });

  it("a press at the band tries at once, and asks whether the tone was heard", async () => {
    await openArmed();
    output().answer = "never";
    output().becomes("suspended");
    output().answer = "running";
    sound.arm();
    await passes(0);
    expect(sound.state.value).toEqual({ kind: "testing" });
    expect(output().played.filter((one) => one === "test")).toHaveLength(2);
  });
});

it("closing stops the burst and gives the context back", async () => {
  (await openArmed()).set([HIGH]);
  await passes(100);
  sound.close();
  expect(output()).toMatchObject({ closed: true, stops: 1 });
});

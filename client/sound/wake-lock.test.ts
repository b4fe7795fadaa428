import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { browserTime } from "../live/index.ts";
import { openWakeLock, type ScreenWakeLock } from "./wake-lock.ts";

class Hold extends EventTarget {
  released = false;
  async release(): Promise<void> {
    this.released = true;
    this.dispatchEvent(new Event("release"));
  }
}

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";
  becomes(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: Page;
let holds: Hold[];
let refusal: Error | null;
let lock: ScreenWakeLock;

const source = {
  async request() {
    if (refusal !== null) throw refusal;
    const hold = new Hold();
    holds.push(hold);
    return hold;
  },
};
const open = (withSource = true): ScreenWakeLock => {
  lock = openWakeLock({ source: withSource ? source : undefined, page, time: browserTime });
  return lock;
};
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  holds = [];
  refusal = null;
});
afterEach(async () => {
  lock.close();
  await passes(0);
  expect(holds.every(({ released }) => released)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("the screen’s wake lock", () => {
  it("is held, and asked for once", async () => {
    open();
    await passes(3_600_000);
    expect(lock.state.value).toEqual({ kind: "held" });
    expect(holds).toHaveLength(1);
  });

  it("is taken again when a hidden page is shown", async () => {
    open();
    await passes(0);
    page.visibilityState = "hidden";
    await holds[0]!.release();
    expect(lock.state.value).toEqual({ kind: "hidden" });
    page.becomes("visible");
    await passes(0);
    expect(lock.state.value).toEqual({ kind: "held" });
    expect(holds).toHaveLength(2);
  });

  it("says when it is refused, and asks again", async () => {
    refusal = new Error("battery low");
    open();
    await passes(0);
    expect(lock.state.value).toEqual({ kind: "refused", reason: "battery low" });
    refusal = null;
    await passes(60_000);
    expect(lock.state.value).toEqual({ kind: "held" });
  });

  it("says when this browser has none", () => {
    open(false);
    expect(lock.state.value).toEqual({ kind: "unsupported" });
  });

  it("that comes after the page was left is given back", async () => {
    open();
    vi.advanceTimersByTime(0);
    lock.close();
    await passes(0);
    expect(holds.map(({ released }) => released)).toEqual([true]);
  });
});

import { describe, expect, it } from "vitest";
import { type Playhead, ViewStore } from "./view-store.ts";

const HOUR = 3_600_000;

function playheadAt(start: number) {
  const listeners = new Set<() => void>();
  const asked: number[] = [];
  const playhead = {
    at: start,
    subscribe: (moved: () => void) => {
      listeners.add(moved);
      return () => listeners.delete(moved);
    },
    seek: (at: number) => void asked.push(at),
  } satisfies Playhead;
  const move = (at: number) => {
    playhead.at = at;
    for (const listener of listeners) listener();
  };
  return { playhead, move, asked, listeners };
}

describe("a chart whose cursor a playhead moves", () => {
  it("stands where the playhead is, asks it to go where somebody presses, and takes no notice of a pointer passing over", () => {
    const { playhead, move, asked } = playheadAt(10);
    const store = new ViewStore({ from: 0, to: HOUR });
    store.follow(playhead);
    expect(store.cursorAt).toBe(10);
    move(600_000);
    store.hover(5);
    store.point(2 * HOUR);
    store.point(null);
    expect(store.cursorAt).toBe(600_000);
    expect(asked).toEqual([HOUR]);
  });

  it("goes along when the playhead leaves what is looked at, but calls nobody back who looks elsewhere", () => {
    const { playhead, move } = playheadAt(0);
    const store = new ViewStore({ from: 0, to: HOUR });
    store.follow(playhead);
    store.look({ from: 0, to: 600_000 });
    move(700_000);
    expect(store.view).toEqual({ from: 100_000, to: 700_000 });
    store.look({ from: 2_000_000, to: 2_600_000 });
    move(710_000);
    expect(store.view).toEqual({ from: 2_000_000, to: 2_600_000 });
  });

  it("is its reader's own again when it is let go", () => {
    const { playhead, asked, listeners } = playheadAt(10);
    const store = new ViewStore({ from: 0, to: HOUR });
    store.follow(playhead)();
    expect([store.cursor, listeners.size]).toEqual([null, 0]);
    store.hover(7);
    store.point(8);
    expect([store.cursor, asked]).toEqual([8, []]);
  });
});

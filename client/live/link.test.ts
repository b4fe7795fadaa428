import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { LOST_AFTER_MS, linkState, silences } from "./link.ts";
import { FakeTime } from "./testing/fake-time.ts";

describe("linkState", () => {
  it("is connecting, live from the first sign of life, lost after 3 s of silence, live again", () => {
    const time = new FakeTime();
    const heard = new Subject<void>();
    const states: string[] = [];
    linkState(heard, time).subscribe((state) => states.push(`${time.now()} ${state}`));
    time.advance(10_000);
    heard.next();
    time.advance(LOST_AFTER_MS - 1);
    heard.next();
    time.advance(LOST_AFTER_MS);
    time.advance(5_000);
    heard.next();
    expect(states).toEqual(["0 connecting", "10000 live", "15999 lost", "20999 live"]);
  });
});

describe("silences", () => {
  it("tells of a silence from its beginning, again for as long as it goes on, and nothing while there are signs", () => {
    const time = new FakeTime();
    const signs = new Subject<void>();
    const told: number[] = [];
    const watch = silences(signs, 5_000, time).subscribe(() => told.push(time.now()));
    for (let i = 0; i < 40; i++) {
      time.advance(1_000);
      signs.next();
    }
    expect(told).toEqual([]);
    time.advance(12_000);
    expect(told).toEqual([45_000, 50_000]);
    signs.next();
    time.advance(5_000);
    expect(told).toEqual([45_000, 50_000, 57_000]);
    watch.unsubscribe();
    time.advance(60_000);
    expect(told).toHaveLength(3);
  });
});

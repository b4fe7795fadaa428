import { Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { LOST_AFTER_MS, linkState } from "./link.ts";
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

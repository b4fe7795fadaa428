/** The list of alarms that stand, driven by one limit watch without delays and by derived conditions. */
import { describe, expect, it } from "vitest";
import { personIdSchema } from "../ids/index.ts";
import type { Limits, Priority } from "../protocol/index.ts";
import type { Alarm, AlarmId } from "./alarm.ts";
import { type LimitWatch, limitWatches, watchOnReading } from "./limit-watch.ts";
import { acknowledge, clear, type DerivedCondition, followDerived, followLimit, type Standing } from "./standing.ts";

const tier = { delay: 0, offDelay: 0, deadband: 1 };
const LIMITS: Limits = {
  spo2: {
    low: { warning: { limit: 94, priority: "medium", ...tier }, critical: { limit: 90, priority: "high", ...tier } },
  },
};
const NORA = { by: personIdSchema.parse("n1"), name: "Nora", at: 0 };

const none = { value: null };
const VALUES = { hr: none, spo2: { value: 87 }, rr: none, sbp: none, dbp: none, map: none };

const alarmEvents = ({ events }: Standing) => events.filter((event) => event.type === "alarm");

class Story {
  standing: Standing;
  #watch: LimitWatch = limitWatches(LIMITS, [], null, [])[0]!;
  #at = 0;
  constructor(latching: readonly Priority[] = ["high"]) {
    this.standing = { alarms: [], events: [], latching, values: VALUES };
  }
  reads(...values: number[]): this {
    for (const value of values) {
      this.#at++;
      this.#watch = watchOnReading(this.#watch, value, this.#at);
      this.standing = followLimit(this.standing, this.#at, this.#watch, value, false);
    }
    return this;
  }
  goesStale(value: number): this {
    this.standing = followLimit(this.standing, ++this.#at, this.#watch, value, true);
    return this;
  }
  seen(): this {
    this.standing = acknowledge(this.standing, ++this.#at, this.alarm, NORA);
    return this;
  }
  get alarm(): Alarm {
    return this.standing.alarms[0]!;
  }
  get told(): string[] {
    return alarmEvents(this.standing).map(({ change, tier, priority, latched }) =>
      [change, tier, priority, latched && "latched"].filter(Boolean).join(" "),
    );
  }
}
const story = (...values: number[]) => new Story().reads(...values);

describe("when several priorities latch", () => {
  const BOTH: readonly Priority[] = ["high", "medium"];

  it("what stays is the gravest that nobody saw", () => {
    const risen = new Story(BOTH).reads(93, 88, 93, 99);
    expect(risen.alarm).toMatchObject({ condition: "gone", priority: "high", unseen: "high" });
    expect(new Story(BOTH).reads(93, 99).alarm).toMatchObject({ condition: "gone", priority: "medium" });
  });

  it("a milder episode does not make a latched high one forgotten", () => {
    const again = new Story(BOTH).reads(88, 99, 93);
    expect(again.alarm).toMatchObject({ priority: "medium", unseen: "high" });
    expect(again.reads(99).alarm).toMatchObject({ condition: "gone", priority: "high" });
  });
});

describe("a limit alarm", () => {
  it("is raised with value and limit, and needs an acknowledgement", () => {
    const { standing, alarm } = story(93);
    expect(standing.events).toEqual([
      {
        type: "alarm",
        at: 1,
        change: "raised",
        alarm: "spo2.low",
        kind: "physiological",
        tier: "warning",
        priority: "medium",
        value: 93,
        limit: 94,
      },
    ]);
    expect(alarm).toMatchObject({
      condition: "present",
      raisedAt: 1,
      extreme: 93,
      acknowledgement: null,
      unseen: null,
    });
  });

  it("straight to critical is one event", () => {
    expect(story(88).told).toEqual(["raised critical high"]);
  });

  it("gives no event while its tier stays, but keeps the worst value", () => {
    const { told, alarm } = story(88, 85, 89, 86);
    expect(told).toHaveLength(1);
    expect(alarm).toMatchObject({ value: 88, extreme: 85 });
  });

  it("escalated needs a new acknowledgement, and keeps its beginning", () => {
    const { told, alarm } = story(93).seen().reads(88);
    expect(told).toEqual(["raised warning medium", "acknowledged warning medium", "escalated critical high"]);
    expect(alarm).toMatchObject({ raisedAt: 1, value: 88, limit: 90, acknowledgement: null, unseen: "high" });
  });

  it("deescalated stays acknowledged", () => {
    const { told, alarm } = story(88).seen().reads(92);
    expect(told.at(-1)).toBe("deescalated warning medium");
    expect(alarm.acknowledgement).toEqual(NORA);
  });

  it("cleared tells the priority it had, and leaves", () => {
    const { told, standing } = story(93, 96);
    expect(told).toEqual(["raised warning medium", "cleared medium"]);
    expect(standing.alarms).toEqual([]);
  });

  it("says unknown once when the data stop, and present once when they are back", () => {
    const { told, alarm } = story(93).goesStale(93).goesStale(93);
    expect(told).toEqual(["raised warning medium", "unknown warning medium"]);
    expect(alarm.condition).toBe("unknown");
    expect(story(93).goesStale(93).reads(93, 93).told.slice(2)).toEqual(["present warning medium"]);
  });

  it("back from unknown in another tier gives one event, the net change", () => {
    expect(story(93).goesStale(93).reads(88).told.slice(2)).toEqual(["escalated critical high"]);
    expect(story(88).goesStale(88).reads(97).told.slice(2)).toEqual(["cleared high latched"]);
  });
});

describe("high priority latches", () => {
  it("stays, cleared but not seen, until acknowledged", () => {
    const gone = story(88, 97);
    expect(gone.told).toEqual(["raised critical high", "cleared high latched"]);
    expect(gone.alarm).toMatchObject({ condition: "gone", tier: null, priority: "high", unseen: "high" });
    expect(gone.seen().standing.alarms).toEqual([]);
    expect(gone.told.at(-1)).toBe("acknowledged high");
  });

  it("does not stay when it was acknowledged before", () => {
    expect(story(88).seen().reads(97).standing.alarms).toEqual([]);
  });

  it("stays high though it deescalated before it cleared", () => {
    const gone = story(88, 92, 97);
    expect(gone.told).toEqual(["raised critical high", "deescalated warning medium", "cleared medium latched"]);
    expect(gone.alarm).toMatchObject({ condition: "gone", priority: "high" });
  });

  it("raised again as a warning it is not forgotten that the high one was never seen", () => {
    const again = story(88, 97, 93);
    expect(again.standing.alarms).toHaveLength(1);
    expect(again.alarm).toMatchObject({ condition: "present", priority: "medium", unseen: "high", raisedAt: 3 });
    expect(again.reads(97).alarm).toMatchObject({ condition: "gone", priority: "high" });
    expect(again.seen().standing.alarms).toEqual([]);
  });

  it("escalated again after it was seen, latches again", () => {
    expect(story(88).seen().reads(92, 88, 97).alarm).toMatchObject({ condition: "gone", priority: "high" });
  });

  it("raised again stands as the newest, not where it latched", () => {
    const silent: DerivedCondition = { id: "monitor-silent", kind: "technical", priority: "medium" };
    const again = story(88, 97);
    again.standing = followDerived(again.standing, 3, ["monitor-silent"], [silent], []);
    again.reads(93);
    expect(again.standing.alarms.map(({ id }) => id)).toEqual(["monitor-silent", "spo2.low"]);
  });

  it("is the protocol’s to decide", () => {
    expect(new Story([]).reads(88, 97).standing.alarms).toEqual([]);
    const medium = new Story(["medium"]).reads(93, 88, 97);
    expect(medium.alarm).toMatchObject({ condition: "gone", priority: "medium" });
  });

  it.each(["session-ended", "alarm-off"] as const)("not when it is cleared because %s", (reason) => {
    const { standing, alarm } = story(88);
    expect(clear(standing, 9, alarm, 88, reason).alarms).toEqual([]);
    expect(standing.events.at(-1)).toMatchObject({ change: "cleared", reason });
    expect(standing.events.at(-1)).not.toHaveProperty("latched");
  });
});

describe("derived conditions", () => {
  const ALL: AlarmId[] = ["signal-lost.hr", "monitor-silent", "clock-skew"];
  const silent = (priority: Priority): DerivedCondition => ({ id: "monitor-silent", kind: "technical", priority });
  const follow = (standing: Standing, holding: DerivedCondition[], inhibited: AlarmId[] = []) =>
    followDerived(standing, standing.events.length, ALL, holding, inhibited);

  it("raise, escalate, deescalate and clear with their priority", () => {
    let standing: Standing = { alarms: [], events: [], latching: [], values: VALUES };
    for (const priority of ["low", "low", "high", "medium"] as const) standing = follow(standing, [silent(priority)]);
    standing = follow(standing, []);
    expect(alarmEvents(standing).map(({ change, priority }) => `${change} ${priority}`)).toEqual([
      "raised low",
      "escalated high",
      "deescalated medium",
      "cleared medium",
    ]);
    expect(standing.alarms).toEqual([]);
  });

  it("say when they are hidden by another rather than over", () => {
    const lost: DerivedCondition = { id: "signal-lost.hr", kind: "technical", priority: "medium" };
    const standing = follow({ alarms: [], events: [], latching: [], values: VALUES }, [lost]);
    expect(follow(standing, [silent("medium")], ["signal-lost.hr"]).alarms.map(({ id }) => id)).toEqual([
      "monitor-silent",
    ]);
    expect(standing.events[1]).toMatchObject({ change: "cleared", reason: "inhibited" });
  });
});

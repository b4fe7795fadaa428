import type { Priority } from "@vigil/shared/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_QUEUE, REST_MS, type SoundingAlarm, step, withAlarms, withRequest } from "./queue.ts";
import { burstLengthMs, isGraver, REPEAT_EVERY_MS, SOUNDS_IN_ORDER, type Sound } from "./tones.ts";

interface Heard {
  readonly sound: Sound;
  readonly from: number;
  to: number;
  readonly wasCut: () => boolean;
}

/** The queue with a clock of its own and someone who writes down what is heard. */
class Listener {
  readonly heard: Heard[] = [];
  now = 0;
  #queue = EMPTY_QUEUE;
  #wakeAt = Infinity;

  sounding(...alarms: readonly SoundingAlarm[]): this {
    this.#queue = withAlarms(this.#queue, alarms);
    return this.#step();
  }
  request(sound: Sound): this {
    this.#queue = withRequest(this.#queue, sound);
    return this.#step();
  }
  until(end: number): this {
    while (this.#wakeAt <= end) {
      expect(this.#wakeAt).toBeGreaterThan(this.now);
      this.now = this.#wakeAt;
      this.#step();
    }
    this.now = end;
    return this;
  }
  get told(): string[] {
    return this.heard.map(({ sound, from, wasCut }) => `${Math.round(from)} ${sound}${wasCut() ? " cut" : ""}`);
  }
  #step(): this {
    const { queue, stop, play, wakeAt } = step(this.#queue, this.now);
    this.#queue = queue;
    this.#wakeAt = wakeAt;
    const last = this.heard.at(-1);
    if (stop && last !== undefined) last.to = this.now;
    if (play !== null) {
      const length = burstLengthMs(play);
      const burst: Heard = {
        sound: play,
        from: this.now,
        to: this.now + length,
        wasCut: () => burst.to < burst.from + length,
      };
      this.heard.push(burst);
    }
    return this;
  }
}

const alarm = (bay: string, priority: Priority, callsSince = 0, id = "spo2.low"): SoundingAlarm => ({
  bay,
  id,
  priority,
  callsSince,
});
const HIGH = alarm("1", "high");
const MEDIUM = alarm("2", "medium");
const LOW = alarm("3", "low");
const lengthOf = (sound: Sound): number => Math.round(burstLengthMs(sound));

describe("what is heard", () => {
  it("one alarm: at once, then at its interval", () => {
    expect(new Listener().sounding(HIGH).until(10_000).told).toEqual(["0 high", "5000 high", "10000 high"]);
    expect(new Listener().sounding(MEDIUM).until(20_000).told).toEqual(["0 medium", "10000 medium", "20000 medium"]);
    expect(new Listener().sounding(LOW).until(20_000).told).toEqual(["0 low", "20000 low"]);
  });

  it("several of one priority: one burst speaks for all", () => {
    expect(new Listener().sounding(HIGH, alarm("4", "high"), alarm("5", "high")).until(5_000).told).toEqual([
      "0 high",
      "5000 high",
    ]);
  });

  it("a milder new one: after the present burst, once; then the gravest alone", () => {
    const listener = new Listener().sounding(HIGH).until(1_000).sounding(HIGH, MEDIUM).until(16_000);
    expect(listener.told).toEqual([
      "0 high",
      `${lengthOf("high") + REST_MS} medium`,
      "5000 high",
      "10000 high",
      "15000 high",
    ]);
  });

  it("a graver new one: at once, cutting off the milder burst, which is heard afterwards", () => {
    const listener = new Listener().sounding(MEDIUM).until(300).sounding(MEDIUM, HIGH).until(6_000);
    expect(listener.told).toEqual([
      "0 medium cut",
      "300 high",
      `${300 + lengthOf("high") + REST_MS} medium`,
      "5300 high",
    ]);
  });

  it("a repeat cuts nothing off", () => {
    const listener = new Listener().sounding(HIGH).until(4_900).sounding(HIGH, LOW).until(7_000);
    expect(listener.told).toEqual(["0 high", "4900 low", `${4_900 + lengthOf("low") + REST_MS} high`]);
  });

  it("an escalation calls again", () => {
    const listener = new Listener()
      .sounding(alarm("1", "medium", 0))
      .until(4_000)
      .sounding(alarm("1", "high", 4_000));
    expect(listener.told).toEqual(["0 medium", "4000 high"]);
  });

  it("a second call at the same priority is heard, not taken for the first", () => {
    const listener = new Listener()
      .sounding(alarm("1", "high", 0))
      .until(3_000)
      .sounding(alarm("1", "high", 3_000));
    expect(listener.told).toEqual(["0 high", "3000 high"]);
  });

  it("high and low of one vital are two alarms", () => {
    const listener = new Listener()
      .sounding(HIGH)
      .until(3_000)
      .sounding(HIGH, alarm("1", "high", 0, "spo2.high"));
    expect(listener.told).toEqual(["0 high", "3000 high"]);
  });

  it("a de-escalation does not call: the milder interval counts from the last burst", () => {
    const listener = new Listener()
      .sounding(alarm("1", "high", 0))
      .until(3_000)
      .sounding(alarm("1", "medium", 0));
    expect(listener.until(10_000).told).toEqual(["0 high", "10000 medium"]);
  });

  it("a de-escalation in the middle of its first burst is heard as what it is now", () => {
    const listener = new Listener()
      .sounding(alarm("1", "high", 0))
      .until(300)
      .sounding(alarm("1", "medium", 0));
    expect(listener.until(9_000).told).toEqual(["0 high cut", `${300 + REST_MS} medium`]);
  });

  it("an alarm that sounds again after a pause is heard at once", () => {
    const listener = new Listener().sounding(HIGH).until(3_000).sounding().until(3_500).sounding(HIGH);
    expect(listener.told).toEqual(["0 high", "3500 high"]);
  });

  it("nothing sounding: silence in the middle of a burst", () => {
    const listener = new Listener().sounding(HIGH).until(700).sounding().until(60_000);
    expect(listener.told).toEqual(["0 high cut"]);
    expect(listener.heard[0]?.to).toBe(700);
  });

  it("a reminder: once, though nothing sounds; again when it is a new one", () => {
    const listener = new Listener().sounding({ ...HIGH, once: true }).until(60_000);
    expect(listener.told).toEqual(["0 high"]);
    expect(listener.sounding({ ...HIGH, once: true, callsSince: 180_000 }).until(120_000).told).toEqual([
      "0 high",
      "60000 high",
    ]);
  });

  it("a reminder among graver or milder alarms: a burst of its own, and their rhythm goes on", () => {
    const milder = new Listener()
      .sounding(MEDIUM)
      .until(4_000)
      .sounding(MEDIUM, { ...HIGH, once: true });
    expect(milder.until(25_000).told).toEqual(["0 medium", "4000 high", "14000 medium", "24000 medium"]);
    const equal = new Listener()
      .sounding(HIGH)
      .until(3_000)
      .sounding(HIGH, { ...alarm("4", "high"), once: true });
    expect(equal.until(9_000).told).toEqual(["0 high", "3000 high", "8000 high"]);
  });

  it("a reminder that is answered: silence in the middle of its burst", () => {
    const listener = new Listener()
      .sounding({ ...HIGH, once: true })
      .until(700)
      .sounding()
      .until(60_000);
    expect(listener.told).toEqual(["0 high cut"]);
  });

  it("a reminder that was heard keeps no other burst going", () => {
    const reminder = { ...HIGH, once: true as const };
    const listener = new Listener().sounding(reminder).until(10_000).sounding(reminder, alarm("4", "high"));
    expect(listener.until(10_700).sounding(reminder).until(60_000).told).toEqual(["0 high", "10000 high cut"]);
  });

  it("what is asked for twice is heard once", () => {
    expect(new Listener().request("high").until(60_000).told).toEqual(["0 high"]);
    expect(new Listener().sounding(HIGH).request("low").request("low").until(4_000).told).toEqual([
      "0 high",
      `${lengthOf("high") + REST_MS} low`,
    ]);
  });

  it("a test tone that an alarm cut off is played again", () => {
    const listener = new Listener().request("test").until(200).sounding(LOW).until(3_000);
    expect(listener.told).toEqual(["0 test cut", "200 low", `${200 + lengthOf("low") + REST_MS} test`]);
  });
});

type Move =
  | { readonly kind: "set"; readonly wait: number; readonly alarms: readonly SoundingAlarm[] }
  | { readonly kind: "request"; readonly wait: number; readonly sound: Sound };

const wait = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 30_000 }));
const priority = fc.constantFrom<Priority>("high", "medium", "low");
const alarms = fc.uniqueArray(
  fc.record(
    {
      bay: fc.constantFrom("1", "2", "3"),
      id: fc.constantFrom("hr.low", "hr.high"),
      priority,
      callsSince: fc.nat(3),
      once: fc.constant(true as const),
    },
    { requiredKeys: ["bay", "id", "priority", "callsSince"] },
  ),
  { selector: ({ bay, id }) => `${bay} ${id}`, maxLength: 4 },
);
const moves = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("set" as const), wait, alarms }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("request" as const), wait, sound: fc.constantFrom(...SOUNDS_IN_ORDER) }),
    },
  ),
  { maxLength: 25 },
);

function play(listener: Listener, script: readonly Move[], watch: (move: Move) => void = () => undefined): Listener {
  for (const move of script) {
    listener.until(listener.now + move.wait);
    if (move.kind === "set") listener.sounding(...move.alarms);
    else listener.request(move.sound);
    watch(move);
  }
  return listener.until(listener.now + 60_000);
}
const gravest = (some: readonly SoundingAlarm[]): Priority | undefined =>
  some
    .filter(({ once }) => !once)
    .map((one) => one.priority)
    .sort((a, b) => (isGraver(a, b) ? -1 : 1))[0];

describe("whatever happens", () => {
  it("two bursts never overlap", () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { heard } = play(new Listener(), script);
        heard.slice(1).forEach((burst, index) => {
          expect(burst.from).toBeGreaterThanOrEqual(heard[index]!.to);
        });
      }),
    );
  });

  it("one burst is cut off only by a graver one, or because nothing needs it", () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { heard } = play(new Listener(), script);
        heard.slice(1).forEach((burst, index) => {
          const before = heard[index]!;
          if (before.wasCut() && burst.from === before.to) expect(isGraver(burst.sound, before.sound)).toBe(true);
          if (!before.wasCut()) expect(burst.from - before.to).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it("nothing sounding, nothing asked for: silence at once", () => {
    fc.assert(
      fc.property(
        moves.map((script) => script.filter(({ kind }) => kind === "set")),
        (script) => {
          const listener = new Listener();
          play(listener, script).sounding();
          const silentFrom = listener.now;
          listener.until(silentFrom + 60_000);
          for (const { to } of listener.heard) expect(to).toBeLessThanOrEqual(silentFrom);
        },
      ),
    );
  });

  it("an alarm that calls is heard no later than the present burst and its rest last, unless graver ones take its place", () => {
    fc.assert(
      fc.property(moves, alarms, priority, fc.nat(6_000), (script, others, calling, longAfter) => {
        const listener = play(new Listener(), script).sounding(...others);
        listener.until(listener.now + longAfter);
        const present = listener.heard.at(-1);
        listener.sounding(...others, alarm("9", calling, 99));
        const calledAt = listener.now;
        const cutsIn = present === undefined || isGraver(calling, present.sound);
        const free = cutsIn ? calledAt : Math.max(calledAt, present.to + REST_MS);
        listener.until(calledAt + 30_000);
        const answer = listener.heard.find(({ from, sound }) => from >= calledAt && sound === calling);
        expect(answer).toBeDefined();
        if (answer!.from > free) {
          // Only graver bursts stood between, one after the other.
          const between = listener.heard.filter(({ from }) => from >= calledAt && from < answer!.from);
          expect(between.length).toBeGreaterThan(0);
          for (const { sound } of between) expect(isGraver(sound, calling)).toBe(true);
          expect(answer!.from - between.at(-1)!.to).toBeLessThanOrEqual(REST_MS);
        }
      }),
    );
  });

  it("once the calls are over, the gravest alone is heard, exactly at its interval", () => {
    fc.assert(
      fc.property(moves, alarms, (script, standing) => {
        const listener = play(new Listener(), script).sounding(...standing);
        listener.until(listener.now + 15_000);
        const quietFrom = listener.now;
        listener.until(quietFrom + 120_000);
        const top = gravest(standing);
        const later = listener.heard.filter(({ from }) => from > quietFrom);
        if (top === undefined) expect(later).toEqual([]);
        else {
          expect(later.length).toBeGreaterThanOrEqual(Math.floor(120_000 / REPEAT_EVERY_MS[top]));
          for (const { sound } of later) expect(sound).toBe(top);
          later.slice(1).forEach(({ from }, index) => {
            expect(from - later[index]!.from).toBeCloseTo(REPEAT_EVERY_MS[top]);
          });
        }
      }),
    );
  });
});

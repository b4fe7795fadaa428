/**
 * Scripts of a bay's day: two visits as they should go, with steps left out at random, and between the steps stretches of
 * readings and of whatever else people may do, in any order. Values play around the limits, times around the deadlines.
 */
import type { BayInput } from "@vigil/shared/bay";
import { commandIdSchema } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Actor, Command } from "@vigil/shared/session";
import type { ReadingValues, Vital } from "@vigil/shared/vitals";
import fc from "fast-check";
import { actor, anyCommand, BASELINE, placed, ROUND, VISIT } from "./commands.ts";
import { MARKS, protocol } from "./protocols.ts";

export interface Script {
  readonly protocol: Protocol;
  /** In time order. */
  readonly inputs: readonly BayInput[];
  readonly endAt: number;
}

/** What happens at an instant, as the n-th input, and how long after the one before. */
interface Happening {
  readonly gap: number;
  readonly doing: (at: number, n: number) => BayInput;
}

const gapMs = fc.oneof(
  { weight: 12, arbitrary: fc.constant(1_000) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4_000 }) },
  { weight: 3, arbitrary: fc.constantFrom(5_000, 10_000, 12_000, 20_000, 30_000) },
  { weight: 1, arbitrary: fc.constantFrom(60_000, 90_000, 150_000) },
);

const TARGETS: { readonly [bay: string]: "free" | "occupied" } = { free: "free", occupied: "occupied" };
const byActor =
  (command: Command, by: Actor): Happening["doing"] =>
  (at, n) => {
    const target = command.type === "transfer-session" ? TARGETS[command.to] : undefined;
    return { kind: "command", at, id: commandIdSchema.parse(`c${n}`), by, command: placed(command, at, n), target };
  };
const inCommand = (command: fc.Arbitrary<Command>): fc.Arbitrary<Happening["doing"]> =>
  fc.tuple(command, actor).map(([what, by]) => byActor(what, by));
/** A target answers, now and then about a rung that is not there. */
const answer: fc.Arbitrary<Happening["doing"]> = fc
  .record({
    alarm: fc.constantFrom("hr.low" as const, "hr.high" as const, "spo2.low" as const, "monitor-silent" as const),
    rung: fc.nat(1),
    state: fc.constantFrom("sent" as const, "confirmed" as const, "failed" as const),
  })
  .map((said) => (at) => ({ kind: "delivery", at, reason: null, ...said }));
const round: fc.Arbitrary<Happening[]> = actor.map((by) => ROUND.map((what) => ({ gap: 0, doing: byActor(what, by) })));

interface Saying {
  readonly cadenceS: number | null;
  readonly skewMs: number | null;
}
const saying: fc.Arbitrary<Saying> = fc.record({
  cadenceS: fc.constantFrom(...Array.from({ length: 20 }, () => null), 0.5, 1, 4, 60),
  skewMs: fc.constantFrom(...Array.from({ length: 40 }, () => null), 0, 3_000, -6_000, 6_000, 60_000, -3_600_000),
});
const SAYS_NOTHING: Saying = { cadenceS: null, skewMs: null };
/** What a monitor says of its clock for a while: only many messages together can accuse it. */
const steadily: fc.Arbitrary<Saying> = fc.constantFrom(
  ...Array.from({ length: 10 }, () => SAYS_NOTHING),
  ...[0, 6_000, -6_000, -3_600_000].map((skewMs) => ({ cadenceS: null, skewMs })),
);

const toReading =
  (values: ReadingValues, { cadenceS, skewMs }: Saying): Happening["doing"] =>
  (at) => ({ kind: "reading", at, measuredAt: skewMs === null ? null : at + skewMs, cadenceS, values });

function valueNear(vital: Vital): fc.Arbitrary<number | null> {
  const { low, high } = MARKS[vital];
  const calm = Array.from({ length: 6 }, () => (low + high) / 2);
  return fc.constantFrom(...calm, low - 5, low - 1, low, low + 2, high - 2, high, high + 1, high + 5, 0, null);
}
const continuous = { hr: valueNear("hr"), spo2: valueNear("spo2"), rr: valueNear("rr") };
const cuff = { sbp: valueNear("sbp"), dbp: valueNear("dbp"), map: valueNear("map") };
const values: fc.Arbitrary<ReadingValues> = fc.oneof(
  fc.record(continuous, { requiredKeys: [] }),
  fc.record({ ...continuous, ...cuff }, { requiredKeys: [] }),
);

/** Three quarters of a minute near the baseline: what discharge asks for. */
const calm: readonly Happening[] = Array.from({ length: 12 }, () => ({
  gap: 4_000,
  doing: toReading({ ...BASELINE, rr: 14 }, SAYS_NOTHING),
}));

/** A while in which the monitor keeps saying the same, now and then something else, and people do things. */
const stretch: fc.Arbitrary<readonly Happening[]> = fc
  .record({
    usual: values,
    clock: steadily,
    steps: fc.array(
      fc.record({
        gap: gapMs,
        doing: fc.oneof(
          { weight: 1, arbitrary: round },
          { weight: 12, arbitrary: fc.constant(null) },
          { weight: 4, arbitrary: fc.tuple(values, saying).map(([read, said]) => toReading(read, said)) },
          { weight: 3, arbitrary: inCommand(anyCommand) },
          { weight: 2, arbitrary: answer },
        ),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ usual, clock, steps }) =>
    steps.flatMap(({ gap, doing }): readonly Happening[] =>
      Array.isArray(doing) ? doing : [{ gap, doing: doing ?? toReading(usual, clock) }],
    ),
  );

/** Every step of the visit may be left out, and anything may come before it. */
const visit: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(
    ...VISIT.map((step) =>
      fc.record({
        kept: fc.nat(8).map((n) => n > 0),
        doing: inCommand(step),
        before: fc.oneof({ weight: 3, arbitrary: stretch }, { weight: 2, arbitrary: fc.constantFrom([], calm) }),
      }),
    ),
  )
  .map((steps) => steps.flatMap(({ kept, doing, before }) => [...before, ...(kept ? [{ gap: 100, doing }] : [])]));

export const script: fc.Arbitrary<Script> = fc
  .record({
    protocol,
    startAt: fc.constantFrom(0, 1_767_312_000_000),
    visits: fc.array(visit, { minLength: 1, maxLength: 2 }),
    /** Scripts end anywhere, in the middle of an infusion too. */
    length: fc.nat(200),
    rest: fc.constantFrom(0, 3_000, 60_000, 86_400_000),
  })
  .map(({ protocol, startAt, visits, length, rest }) => {
    let at = startAt;
    const inputs = visits
      .flat()
      .slice(0, length)
      .map(({ gap, doing }, n) => {
        at += gap;
        return doing(at, n);
      });
    return { protocol, inputs, endAt: at + rest };
  });

/** Everything that can happen to a bay, done to the ward and to the model alike and compared after each. */
import { isDeepStrictEqual } from "node:util";
import type { ProtocolDocument } from "@vigil/shared/protocol";
import fc from "fast-check";
import { planted } from "./planted.ts";
import type { RealWard } from "./real-ward.ts";
import { RULES, TELLING_VALUES, type Watched } from "./rules.ts";
import { type ModelAlarmId, type RungState, type Values, VITALS, WardModel } from "./ward-model.ts";

/** Limits of three vitals, a cuff every three minutes, and no rule that another alarm could come from within hours. */
const PROTOCOL: ProtocolDocument = {
  limits: { hr: RULES.hr.usual, spo2: RULES.spo2.usual, sbp: RULES.sbp.usual },
  staleAfter: { sbp: 45 },
  cuffIntervalMin: { infusing: 3, recovery: 3 },
  observationIntervalMin: { infusing: 1440, recovery: 1440 },
  startChecks: [],
  plan: { plannedMin: { min: 1, max: 1440 } },
};

/** The model, and what it was after each input that may not be durable yet. */
export interface Expected {
  readonly model: WardModel;
  memories: readonly { readonly seq: number; readonly at: number; readonly memory: unknown }[];
}

export const expectedFrom = (at: number): Expected => ({ model: new WardModel(at), memories: [] });

type Happening = fc.AsyncCommand<Expected, RealWard>;

/** Readings that nothing was decided on may wait so long to be kept. */
const MAY_WAIT_MS = 50;

/** More inputs than come within the time that they may wait. */
const MOST_MEMORIES = 20;

export class Disagreement extends Error {}

function mustEqual(what: string, real: unknown, expected: unknown): void {
  if (isDeepStrictEqual(real, expected)) return;
  throw new Disagreement(`${what}:\n ward  ${JSON.stringify(real)}\n model ${JSON.stringify(expected)}`);
}

function compare({ model }: Expected, real: RealWard): void {
  model.passTo(real.now);
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  const [is, should] = [real.view(), model.view()];
  is.alarms.sort(byId);
  should.alarms.sort(byId);
  mustEqual("what stands", is, should);
  mustEqual("what was told", real.takeTold().sort(), model.takeTold().sort());
  mustEqual("problems", real.problems, []);
}

function happening(words: string, happens: (expected: Expected, real: RealWard) => void | Promise<void>): Happening {
  return {
    check: () => true,
    async run(expected, real) {
      await happens(expected, real);
      compare(expected, real);
    },
    toString: () => words,
  };
}

function remember(expected: Expected, real: RealWard): void {
  expected.memories = [
    ...expected.memories.slice(-MOST_MEMORIES),
    { seq: real.taken, at: real.now, memory: expected.model.remember() },
  ];
}

/** A command of a person; the model says whether it is carried out. */
const act = (words: string, document: unknown, carriedOut: (model: WardModel, at: number) => boolean): Happening =>
  happening(words, (expected, real) => doAct(expected, real, document, carriedOut));

function doAct(
  expected: Expected,
  real: RealWard,
  document: unknown,
  carriedOut: (model: WardModel, at: number) => boolean,
): void {
  const should = carriedOut(expected.model, real.now);
  mustEqual("carried out", real.act(document)?.ok, should);
  remember(expected, real);
}

const sessionNumbers = (() => {
  let opened = 0;
  return () => `s${++opened}`;
})();

export function openSession(expected: Expected, real: RealWard): void {
  const document = {
    type: "open-session",
    sessionId: sessionNumbers(),
    patient: { initials: "AB", weightKg: 70 },
    protocol: planted.fault.protocol?.(PROTOCOL) ?? PROTOCOL,
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 1440 },
  };
  doAct(expected, real, document, (model, at) => model.open(at));
}

export function startInfusion(expected: Expected, real: RealWard): void {
  const baseline = { type: "record-baseline", values: { hr: 80, spo2: 98, sbp: 120, dbp: 75 } };
  doAct(expected, real, baseline, (model) => model.phase === "preparation");
  doAct(expected, real, { type: "start-infusion" }, (model, at) => model.start(at));
}

function read(expected: Expected, real: RealWard, values: Values): void {
  expected.model.read(real.now, values);
  real.read(values);
  remember(expected, real);
}

const onesSaid: fc.Arbitrary<Values> = fc.record(
  {
    hr: fc.constantFrom(...TELLING_VALUES.hr, null),
    spo2: fc.constantFrom(...TELLING_VALUES.spo2, null),
    sbp: fc.constantFrom(...TELLING_VALUES.sbp, null),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** The monitor says the same for a while, once a second. */
const readsOn = fc.tuple(onesSaid, fc.integer({ min: 1, max: 12 })).map(([values, seconds]) =>
  happening(`reads ${JSON.stringify(values)} for ${seconds} s`, (expected, real) => {
    for (let second = 0; second < seconds; second++) {
      read(expected, real, values);
      compare(expected, real);
      real.wait(1_000);
    }
  }),
);

const readsOnce = onesSaid.map((values) =>
  happening(`reads ${JSON.stringify(values)}`, (expected, real) => read(expected, real, values)),
);

const waits = (shortest: number, longest: number) =>
  fc.integer({ min: shortest, max: longest }).map((ms) => happening(`waits ${ms} ms`, (_, real) => real.wait(ms)));

const sleeps = fc
  .integer({ min: 1, max: 100_000 })
  .map((ms) => happening(`sleeps ${ms} ms`, (_, real) => real.sleep(ms)));

/** Somebody goes to the bay: of what stands, the alarm in this place; or one that does not stand. */
const acknowledges = fc.nat(4).map((place) =>
  happening(`acknowledges alarm ${place}`, (expected, real) => {
    const id = expected.model.standing[place] ?? "hr.low";
    doAct(expected, real, { type: "acknowledge-alarm", alarm: id }, (model, at) => model.acknowledge(at, id));
  }),
);

const pausesSound = fc
  .constantFrom(5, 30, 120)
  .map((seconds) =>
    act(`pauses the sound for ${seconds} s`, { type: "pause-audio", seconds }, (model, at) => model.pause(at, seconds)),
  );

const resumesSound = fc.constant(act("lets it sound again", { type: "resume-audio" }, (model, at) => model.resume(at)));

const vital = fc.constantFrom<Watched>(...VITALS);
const switchesOff = vital.map((each) =>
  act(`alarm off for ${each}`, { type: "alarm-off", vital: each, reason: "artefact" }, (model, at) =>
    model.alarmOff(at, each),
  ),
);
const switchesOn = vital.map((each) =>
  act(`alarm on for ${each}`, { type: "alarm-on", vital: each }, (model, at) => model.alarmOn(at, each)),
);
const editsLimits = fc
  .tuple(vital, fc.constantFrom("usual" as const, "wider" as const))
  .map(([each, which]) =>
    act(`${which} limits for ${each}`, { type: "set-limits", vital: each, limits: RULES[each][which] }, (model, at) =>
      model.setLimits(at, each, which),
    ),
  );

const answers = fc
  .tuple(
    fc.constantFrom<ModelAlarmId>("hr.low", "hr.high", "spo2.low", "sbp.high", "monitor-silent"),
    fc.nat(1),
    fc.constantFrom<Exclude<RungState, "queued" | "cancelled">>("sent", "confirmed", "failed"),
  )
  .map(([id, rung, state]) =>
    happening(`rung ${rung} of ${id}: ${state}`, (expected, real) => {
      expected.model.delivered(real.now, id, rung, state);
      real.delivered(id, rung, state);
      remember(expected, real);
    }),
  );

const asksAgain = fc.constant(
  happening("sends the last command again", (_, real) => {
    const answer = real.actAgain();
    if (answer !== null) mustEqual("the same answer", answer[1], answer[0]);
  }),
);

const abandons = act("abandons", { type: "abandon-session", reason: "left", left: "against-advice" }, (model, at) =>
  model.abandon(at),
);
const pausesInfusion = act("pauses the infusion", { type: "pause-infusion", reason: "dizzy" }, (model, at) =>
  model.pauseInfusion(at),
);
const resumesInfusion = act("resumes the infusion", { type: "resume-infusion" }, (model, at) =>
  model.resumeInfusion(at),
);
const begins = happening("opens a session", openSession);
const starts = happening("starts the infusion", startInfusion);
const endsAndBegins = happening("the next patient", async (expected, real) => {
  await abandons.run(expected, real);
  await begins.run(expected, real);
  await starts.run(expected, real);
});

/** Killed, and up again after a while. What had been shown is there; of the rest only readings of the last moment are not. */
const crashes = fc.constantFrom(0, 20, 3_000, 8_000, 40_000, 100_000).map((downMs) =>
  happening(`is killed, down for ${downMs} ms`, async (expected, real) => {
    const { now: killedAt, shown } = real;
    await real.crash(downMs);
    const kept = real.taken;
    if (kept < shown) throw new Disagreement(`of ${shown} inputs shown ${kept} were kept`);
    const lost = expected.memories.find(({ seq }) => seq > kept);
    if (lost !== undefined && lost.at <= killedAt - MAY_WAIT_MS) {
      throw new Disagreement(`input ${lost.seq}, ${killedAt - lost.at} ms old, was not kept`);
    }
    if (lost !== undefined) {
      const last = expected.memories.findLast(({ seq }) => seq <= kept);
      if (last === undefined) throw new Disagreement("nothing was kept");
      expected.model.goBackTo(last.memory);
      // What time alone decided before the first lost input was kept, and was told then.
      expected.model.passTo(lost.at);
      expected.model.takeTold();
    }
    expected.memories = expected.memories.filter(({ seq }) => seq <= kept).slice(-1);
    real.shown = kept;
    real.startAgain();
  }),
);

export const happenings = fc.commands<Expected, RealWard, false>(
  [
    readsOn,
    readsOn,
    readsOn,
    readsOn,
    readsOnce,
    readsOnce,
    waits(1, 12_000),
    waits(20_000, 70_000),
    waits(100_000, 250_000),
    sleeps,
    acknowledges,
    acknowledges,
    acknowledges,
    pausesSound,
    resumesSound,
    switchesOff,
    switchesOn,
    editsLimits,
    answers,
    asksAgain,
    crashes,
    crashes,
    fc.constantFrom(abandons, begins, starts, endsAndBegins),
    fc.constantFrom(pausesInfusion, resumesInfusion),
  ],
  { maxCommands: 50, size: "max" },
);

/** Everything that can happen to two bays, done to the ward and to the model alike and compared after each. */
import { isDeepStrictEqual } from "node:util";
import type { ProtocolDocument } from "@vigil/shared/protocol";
import fc from "fast-check";
import { planted } from "./planted.ts";
import { DBP, PLACES, type Place, type RealWard } from "./real-ward.ts";
import { BASELINES, type Baseline, type Edition, RULES, TELLING_VALUES, type Watched, writtenRises } from "./rules.ts";
import { WardModel } from "./ward-model.ts";
import { type ModelAlarmId, type RungState, type Values, VITALS } from "./ward-state.ts";

const WALKS = "walks";

/** Limits and rises of three vitals, cuffs, a short recovery, and no rule that another alarm could come from within hours. */
const PROTOCOL: ProtocolDocument = {
  limits: { hr: RULES.hr.usual, spo2: RULES.spo2.usual, sbp: RULES.sbp.usual },
  relative: (["hr", "sbp"] as const).flatMap((vital) =>
    writtenRises(vital, "usual").map((rise) => ({ vital, ...rise })),
  ),
  staleAfter: { sbp: 45, dbp: 45 },
  cuffIntervalMin: { infusing: 3, recovery: 5 },
  recoveryMinimumMin: 2,
  dissociationExpectedMin: 3,
  observationIntervalMin: { infusing: 1440, recovery: 1440 },
  startChecks: [],
  dischargeChecks: [WALKS],
  plan: { plannedMin: { min: 1, max: 1440 } },
};

/** The models, and what they were after each input that may not be durable yet. */
export interface Expected {
  readonly models: { readonly [P in Place]: WardModel };
  /** Where the monitor is that speaks and the hands that act. */
  here: Place;
  memories: readonly {
    readonly seq: number;
    readonly at: number;
    readonly of: { readonly [P in Place]: unknown };
  }[];
}

export const expectedFrom = (at: number): Expected => ({
  models: { "1": new WardModel(at), "2": new WardModel(at) },
  here: "1",
  memories: [],
});

const modelHere = ({ models, here }: Expected): WardModel => models[here];

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

function compare({ models }: Expected, real: RealWard): void {
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  for (const place of PLACES) {
    models[place].passTo(real.now);
    const [is, should] = [real.view(place), models[place].view()];
    is.alarms.sort(byId);
    should.alarms.sort(byId);
    mustEqual(`what stands at bay ${place}`, is, should);
  }
  const told = PLACES.flatMap((place) => models[place].takeTold().map((line) => `${place}: ${line}`));
  mustEqual("what was told", real.takeTold().sort(), told.sort());
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
    {
      seq: real.taken,
      at: real.now,
      of: { "1": expected.models["1"].remember(), "2": expected.models["2"].remember() },
    },
  ];
}

/** A command of a person; the model says whether it is carried out. */
const act = (words: string, document: unknown, carriedOut: (model: WardModel, at: number) => boolean): Happening =>
  happening(words, (expected, real) => void doAct(expected, real, document, carriedOut));

function doAct(
  expected: Expected,
  real: RealWard,
  document: unknown,
  carriedOut: (model: WardModel, at: number) => boolean,
): boolean {
  const should = carriedOut(modelHere(expected), real.now);
  mustEqual("carried out", real.act(expected.here, document)?.ok, should);
  remember(expected, real);
  return should;
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

const baselineOf = (values: Baseline) => ({ type: "record-baseline", values: { ...values, dbp: DBP } });

export function startInfusion(expected: Expected, real: RealWard, values: Baseline = BASELINES.higher): void {
  doAct(expected, real, baselineOf(values), (model, at) => model.measureBaseline(at, values));
  doAct(expected, real, { type: "start-infusion" }, (model, at) => model.start(at));
}

function read(expected: Expected, real: RealWard, values: Values): void {
  modelHere(expected).read(real.now, values);
  real.read(expected.here, values);
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
    const id = modelHere(expected).standing[place] ?? "hr.low";
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
  .tuple(vital, fc.constantFrom<Edition>("usual", "wider"))
  .map(([each, which]) =>
    act(
      `${which} limits for ${each}`,
      { type: "set-limits", vital: each, limits: RULES[each][which], relative: writtenRises(each, which) },
      (model, at) => model.setLimits(at, each, which),
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
      modelHere(expected).delivered(real.now, id, rung, state);
      real.delivered(expected.here, id, rung, state);
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
const baseline = fc.constantFrom(BASELINES.higher, BASELINES.lower);
const inWords = ({ hr, sbp }: Baseline) => `${hr}/min, ${sbp} mmHg`;
const begins = happening("opens a session", openSession);
const measuresBaseline = baseline.map((values) =>
  act(`a baseline of ${inWords(values)}`, baselineOf(values), (model, at) => model.measureBaseline(at, values)),
);
const starts = baseline.map((values) =>
  happening(`starts the infusion at ${inWords(values)}`, (expected, real) => startInfusion(expected, real, values)),
);
const endsAndBegins = fc
  .tuple(baseline, baseline, onesSaid, fc.constantFrom(0, 12_000))
  .map(([first, second, values, ms]) =>
    happening(`the next patient: ${inWords(first)}, ${ms} ms later ${inWords(second)}`, async (expected, real) => {
      await abandons.run(expected, real);
      await begins.run(expected, real);
      doAct(expected, real, baselineOf(first), (model, at) => model.measureBaseline(at, first));
      read(expected, real, values);
      compare(expected, real);
      real.wait(ms);
      compare(expected, real);
      startInfusion(expected, real, second);
    }),
  );

// Recovery

const endsInfusion = act("ends the infusion", { type: "end-infusion", reason: "enough" }, (model, at) =>
  model.endInfusion(at),
);
const confirmsWalking = act("confirms that the patient walks", { type: "confirm-check", check: WALKS }, (model, at) =>
  model.confirmWalking(at),
);
const declaresReady = act("declares ready", { type: "declare-ready" }, (model, at) => model.declareReady(at));
const returnsToRecovery = act("back to recovery", { type: "return-to-recovery", reason: "dizzy" }, (model, at) =>
  model.returnToRecovery(at),
);
const discharges = act("discharges", { type: "discharge" }, (model, at) => model.discharge(at));
const notesDissociation = fc
  .constantFrom(0, 5)
  .map((dissociation) =>
    act(
      `notes dissociation ${dissociation}`,
      { type: "record-observation", observation: { dissociation } },
      (model, at) => model.noteDissociation(at, dissociation > 0),
    ),
  );

function seeToAll(expected: Expected, real: RealWard): void {
  for (const alarm of modelHere(expected).standing) {
    doAct(expected, real, { type: "acknowledge-alarm", alarm }, (model, at) => model.acknowledge(at, alarm));
  }
}

const CALM_EVERY_S = 4;
const WAVERS = 1.25;

/** A quiet end of the stay, which chance alone would hardly ever come to: somebody has seen to every alarm. */
const recovers = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom("", " and walks", " and walks, and a value wavers", " and walks, is ready, and is not"),
  )
  .map(([minutes, then]) =>
    happening(`recovers for ${minutes} min${then}`, async (expected, real) => {
      const calm = modelHere(expected).baseline ?? BASELINES.higher;
      await endsInfusion.run(expected, real);
      if (then !== "") await confirmsWalking.run(expected, real);
      for (let second = 0; second <= minutes * 60; second += CALM_EVERY_S) {
        if (second > 0) real.wait(CALM_EVERY_S * 1_000);
        read(expected, real, calm);
        compare(expected, real);
      }
      seeToAll(expected, real);
      if (then.endsWith("wavers")) read(expected, real, { hr: calm.hr * WAVERS });
      if (then.endsWith("is not")) {
        await declaresReady.run(expected, real);
        await returnsToRecovery.run(expected, real);
      }
    }),
  );

/** Somebody has seen it, and it goes on: until they are reminded, and once more as long. */
const isSeenAndStands = fc.constantFrom(185_000, 370_000).map((ms) =>
  happening(`is seen and stands for ${ms} ms`, (expected, real) => {
    for (let second = 0; second < 3; second++) {
      read(expected, real, { hr: 35 });
      compare(expected, real);
      real.wait(1_000);
    }
    seeToAll(expected, real);
    compare(expected, real);
    real.wait(ms);
  }),
);

// Two bays

const otherThan = (place: Place): Place => (place === "1" ? "2" : "1");

const turns = happening("turns to the other bay", (expected) => {
  expected.here = otherThan(expected.here);
});
const goesElsewhere = happening("goes to the other bay", (expected, real) => {
  const there = otherThan(expected.here);
  const command = { type: "transfer-session", to: there };
  const goes = doAct(expected, real, command, (model, at) => model.transfer(at, expected.models[there]));
  if (goes) expected.here = there;
  // What is long due at the bay that was come to is done at once, by its timer.
  real.wait(0);
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
      for (const place of PLACES) {
        expected.models[place].goBackTo(last.of[place]);
        // What time alone decided before the first lost input was kept, and was told then.
        expected.models[place].passTo(lost.at);
        expected.models[place].takeTold();
      }
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
    fc.constantFrom(abandons, begins),
    fc.oneof(starts, endsAndBegins, measuresBaseline),
    fc.constantFrom(pausesInfusion, resumesInfusion, endsInfusion),
    recovers,
    isSeenAndStands,
    notesDissociation,
    fc.constantFrom(confirmsWalking, declaresReady, returnsToRecovery, discharges),
    fc.constant(goesElsewhere),
    fc.constant(goesElsewhere),
    fc.constant(turns),
  ],
  { maxCommands: 50, size: "max" },
);

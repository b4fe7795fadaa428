import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { openSqliteJournal } from "../journal/index.ts";
import {
  bayId,
  command,
  commandId,
  FakeClock,
  inJournal,
  message,
  NINE_O_CLOCK,
  nurse,
  recordBaseline,
  temporaryDirectory,
  toInfusion,
} from "../testing/index.ts";
import type { WardChange } from "./change.ts";
import { Ward } from "./ward.ts";

const NAMES = ["1", "2", "3"];

/** `crash` leaves the journal as kill -9 would: nothing pending is kept. */
async function startWard(directory: string, clock: FakeClock) {
  const journal = await openSqliteJournal(directory);
  if (journal.bays().length === 0) journal.addBays(NAMES.map((name) => ({ id: bayId(name), name })));
  const problems: string[] = [];
  const ward = new Ward({ clock, journal, commitEveryMs: 50, onProblem: (sentence) => problems.push(sentence) });
  const replayed: WardChange[] = [];
  const diverged = ward.start((change) => replayed.push(change));
  let open = true;
  const crash = () => {
    if (open) journal.close();
    open = false;
  };
  onTestFinished(crash);
  let sent = journal.lastSeq;
  const act = (bay: string, document: unknown) =>
    ward.command(bayId(bay), commandId(`c${++sent}`), nurse, command(document));
  const bays = () => NAMES.map((name) => ward.bay(bayId(name)));
  return { ward, journal, problems, replayed, diverged, crash, act, bays };
}

const events = (directory: string) => inJournal(directory, "select bay, seq, at, type, body from event order by id");

async function infusingWard(directory: string, clock: FakeClock) {
  const started = await startWard(directory, clock);
  for (const document of toInfusion("s1")) started.act("1", document);
  for (let second = 1; second <= 20; second++) {
    clock.advance(1_000);
    started.ward.receive(bayId("1"), message({ hr: 72, spo2: 88, ...(second === 5 ? { sbp: 190, dbp: 90 } : {}) }));
  }
  clock.advance(50);
  return started;
}

it("brings a session back as it was: phase, clock, values, alarms and all", async () => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  const before = await infusingWard(directory, clock);
  const live = before.bays();
  const kept = events(directory);
  before.crash();
  const after = await startWard(directory, clock);
  expect(after.diverged).toBe(0);
  expect(after.bays()).toEqual(live);
  expect(after.ward.bay(bayId("1"))?.alarms.map(({ id, raisedAt }) => [id, raisedAt - NINE_O_CLOCK])).toEqual([
    ["sbp.high", 5_000],
    ["spo2.low", 11_000],
  ]);
  // What was decided then is not decided, or kept, again.
  expect(events(directory)).toEqual(kept);
});

it("raises what fell due while it was down at its own instant, once", async () => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  const before = await infusingWard(directory, clock);
  const lastMessage = clock.now() - 50;
  const kept = events(directory).length;
  before.crash();
  clock.advance(3_600_000);
  const after = await startWard(directory, clock);
  const silent = events(directory)
    .slice(kept)
    .map(({ body }) => JSON.parse(String(body)))
    .filter(({ alarm }) => alarm === "monitor-silent")
    .map(({ type, change, at, priority, state, target }) =>
      type === "delivery" ? [state, at - lastMessage, target] : [change, at - lastMessage, priority],
    );
  expect(silent).toEqual([
    ["raised", 10_000, "medium"],
    ["escalated", 30_000, "high"],
    // Nobody acknowledged it: it climbed the ladder, 30 s and 60 s after it became high.
    ["queued", 60_000, "second nurse"],
    ["queued", 90_000, "supervisor"],
  ]);
  expect(after.ward.bay(bayId("1"))?.session?.infusion).toMatchObject({ ranMs: 0, runningSince: NINE_O_CLOCK });
  const settled = events(directory);
  after.crash();
  const third = await startWard(directory, clock);
  expect(third.diverged).toBe(0);
  expect(events(directory)).toEqual(settled);
});

it("takes up its timers again", async () => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  const before = await infusingWard(directory, clock);
  before.crash();
  const clockAfter = new FakeClock(clock.now());
  const after = await startWard(directory, clockAfter);
  const told: unknown[] = [];
  after.ward.changes.subscribe((change) => told.push(...change.events));
  clockAfter.advance(10_000);
  expect(told).toContainEqual(expect.objectContaining({ change: "raised", alarm: "monitor-silent" }));
});

it("hands on the replayed steps, so that trends can be rebuilt", async () => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  (await infusingWard(directory, clock)).crash();
  const { replayed } = await startWard(directory, clock);
  expect(replayed.filter(({ input }) => input?.kind === "reading")).toHaveLength(20);
  expect(replayed[0]).toMatchObject({ before: { session: null }, input: { kind: "command" } });
});

it.each([
  ["an alarm's time was changed", "update event set body = json_set(body, '$.at', 1) where body like '%spo2.low%'"],
  ["a decision was taken out", "delete from event where body like '%sbp.high%'"],
  ["a decision was put in", "insert into event (bay, seq, at, type, body) select bay, seq, at, type, body from event"],
  ["a reading was changed", "update input set spo2 = 98 where spo2 = 88"],
  ["a reading was taken out", "delete from input where sbp = 190"],
])("notices that the journal was tampered with: %s", async (_what, sql) => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  (await infusingWard(directory, clock)).crash();
  inJournal(directory, sql);
  const { diverged, problems, ward } = await startWard(directory, clock);
  expect(diverged).toBe(1);
  expect(problems).toEqual(["bay 1: replaying the journal decided otherwise than it tells"]);
  expect(ward.bay(bayId("1"))?.session?.phase).toBe("infusing");
});

it("replays only what belongs to sessions that are open", async () => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  const before = await infusingWard(directory, clock);
  before.act("1", { type: "abandon-session", reason: "patient left", left: "against-advice" });
  before.act("2", toInfusion("s2")[0]);
  before.crash();
  const { replayed, ward, diverged } = await startWard(directory, clock);
  expect(replayed.map(({ after }) => after.id)).toEqual(["2"]);
  expect(ward.bay(bayId("1"))?.session).toBeNull();
  expect(diverged).toBe(0);
});

it("goes on watching when the machine's clock was set back while it was down", async () => {
  const directory = temporaryDirectory();
  const clock = new FakeClock();
  const before = await startWard(directory, clock);
  for (const document of toInfusion("s1")) before.act("1", document);
  before.ward.receive(bayId("1"), message({ spo2: 97 }));
  clock.advance(50);
  before.crash();
  const setBack = new FakeClock(clock.now() - 3_600_000);
  const after = await startWard(directory, setBack);
  for (let second = 0; second < 60; second++) {
    after.ward.receive(bayId("1"), message({ spo2: 80 }));
    setBack.advance(1_000);
  }
  expect(after.ward.bay(bayId("1"))?.alarms.map((alarm) => alarm.id)).toContain("spo2.low");
});

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ wait: fc.integer({ min: 0, max: 4_000 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      bay: fc.constantFrom(...NAMES),
      values: fc.record(
        {
          hr: fc.option(fc.integer({ min: 35, max: 160 })),
          spo2: fc.option(fc.integer({ min: 85, max: 99 })),
          sbp: fc.option(fc.integer({ min: 70, max: 200 })),
        },
        { requiredKeys: [], noNullPrototype: true },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      bay: fc.constantFrom(...NAMES),
      document: fc.constantFrom(
        ...toInfusion("s"),
        recordBaseline,
        { type: "pause-infusion", reason: "r" },
        { type: "resume-infusion" },
        { type: "end-infusion", reason: "r" },
        { type: "pause-audio", seconds: 5 },
        { type: "alarm-off", vital: "hr", reason: "r" },
        { type: "acknowledge-alarm", alarm: "spo2.low" },
        { type: "abandon-session", reason: "r", left: "against-advice" },
      ),
    }),
  },
);

it("comes back as it was, whatever happened before", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const directory = temporaryDirectory();
      const clock = new FakeClock();
      const before = await startWard(directory, clock);
      for (const name of NAMES) before.act(name, toInfusion("s")[0]);
      for (const one of steps) {
        if ("wait" in one) clock.advance(one.wait);
        else if ("values" in one) before.ward.receive(bayId(one.bay), message({ ...one.values }));
        else before.act(one.bay, one.document);
      }
      clock.advance(50);
      const live = before.bays().filter((bay) => bay?.session !== null);
      before.crash();
      const after = await startWard(directory, new FakeClock(clock.now()));
      expect(after.problems).toEqual([]);
      expect(after.bays().filter((bay) => bay?.session !== null)).toEqual(live);
      after.crash();
    }),
    { numRuns: 25, seed: 5 },
  );
});

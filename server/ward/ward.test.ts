import type { AlarmEvent } from "@vigil/shared/alarms";
import { expect, it, onTestFinished } from "vitest";
import type { Clock } from "../clock.ts";
import { openSqliteJournal } from "../journal/index.ts";
import {
  bayId,
  command,
  commandId,
  commandInput,
  durableInputs,
  FakeClock,
  inJournal,
  message,
  NINE_O_CLOCK,
  nurse,
  reading,
  temporaryDirectory,
  toInfusion,
} from "../testing/index.ts";
import type { WardChange } from "./change.ts";
import { Ward } from "./ward.ts";

async function openWard(directory = temporaryDirectory(), clock = new FakeClock(), seen: Clock = clock) {
  const journal = await openSqliteJournal(directory);
  if (journal.bays().length === 0) journal.addBays(["1", "2", "3"].map((name) => ({ id: bayId(name), name })));
  const problems: string[] = [];
  const ward = new Ward({ clock: seen, journal, commitEveryMs: 50, onProblem: (sentence) => problems.push(sentence) });
  expect(ward.start(() => undefined)).toBe(0);
  const changes: WardChange[] = [];
  ward.changes.subscribe((change) => changes.push(change));
  let open = true;
  const close = () => {
    if (open) ward.close();
    if (open) journal.close();
    open = false;
  };
  onTestFinished(close);
  let sent = 0;
  /** Carries out commands of which none may be refused. */
  const act = (bay: string, ...documents: unknown[]) => {
    for (const document of documents) {
      const answer = ward.command(bayId(bay), commandId(`${bay}-${++sent}`), nurse, command(document));
      expect(answer).toMatchObject({ ok: true });
    }
  };
  const alarms = (): AlarmEvent[] =>
    changes.flatMap((change) => change.events.flatMap((event) => (event.type === "alarm" ? [event] : [])));
  return { directory, clock, journal, ward, changes, problems, close, act, alarms };
}

it("arms one timer a bay, however many readings come", async () => {
  const { clock, ward, act } = await openWard();
  for (const bay of ["1", "2", "3"]) act(bay, ...toInfusion(`s${bay}`));
  for (let i = 0; i < 400; i++) {
    for (const bay of ["1", "2", "3"])
      ward.receive(bayId(bay), message({ hr: 70 + (i % 60), spo2: 88 + (i % 9), sbp: 120 }));
    clock.advance(250);
    // One for each bay, one for the next commit, one for tidying.
    expect(clock.waiting).toBeLessThanOrEqual(5);
  }
});

it("looks seldom, also where what was to fall due has been moved on by a cuff measurement", async () => {
  const clock = new FakeClock();
  let looks = 0;
  const counted: Clock = {
    now: clock.now,
    at: (at, fire) => {
      looks += 1;
      if (looks > 2_000) throw new Error("it looks without end");
      return clock.at(at, fire);
    },
  };
  const { ward, act, alarms } = await openWard(temporaryDirectory(), clock, counted);
  act("1", ...toInfusion("s1"));
  const before = looks;
  for (let s = 0; s < 15 * 60; s++) {
    clock.advance(s === 0 ? 500 : 1_000);
    // Every three minutes: each moves the time at which a pressure is overdue on by as much.
    const cuff = s % 180 === 0 ? { sbp: 120, dbp: 80 } : {};
    ward.receive(bayId("1"), message({ hr: 70, spo2: 98, ...cuff }));
  }
  expect(alarms()).toEqual([]);
  // Each reading asks for the next commit; the bay itself looks some twice in five seconds.
  expect(looks - before).toBeLessThan(15 * 60 * 1.5);
});

it("raises an alarm when its delay has run out, with nobody asking", async () => {
  const { clock, ward, act, alarms } = await openWard();
  act("1", ...toInfusion("s1"));
  ward.receive(bayId("1"), message({ spo2: 88 }));
  for (let i = 0; i < 9; i++) {
    clock.advance(1_000);
    ward.receive(bayId("1"), message({ spo2: 88 }));
  }
  clock.advance(999);
  expect(alarms()).toEqual([]);
  clock.advance(1);
  expect(alarms()).toMatchObject([
    { change: "raised", alarm: "spo2.low", tier: "critical", at: NINE_O_CLOCK + 10_000 },
  ]);
});

it("gives events the deadline's own time when the machine was busy and the timer fires late", async () => {
  const { clock, act, alarms, ward } = await openWard();
  act("1", ...toInfusion("s1"));
  ward.receive(bayId("1"), message({ hr: 70 }));
  clock.jump(60_000);
  expect(alarms().map(({ change, alarm, priority, at }) => [change, alarm, priority, at - NINE_O_CLOCK])).toEqual([
    ["raised", "monitor-silent", "medium", 10_000],
    ["escalated", "monitor-silent", "high", 30_000],
  ]);
});

it("keeps an alarm that time alone raised before anybody hears of it", async () => {
  const { directory, clock, ward, act } = await openWard();
  act("1", ...toInfusion("s1"));
  const kept: unknown[] = [];
  ward.changes.subscribe(({ events }) => {
    const durable = inJournal(directory, "select at from event order by id").map((row) => row.at);
    kept.push(events.map((event) => durable.includes(event.at)));
  });
  clock.advance(10_000);
  expect(kept).toEqual([[true]]);
});

it("lets plain readings wait for others to be kept with, and tells of them meanwhile", async () => {
  const { directory, clock, ward, changes } = await openWard();
  ward.receive(bayId("1"), message({ hr: 70 }));
  ward.receive(bayId("2"), message({ hr: 71 }));
  expect(changes.map((change) => change.after.id)).toEqual(["1", "2"]);
  clock.advance(49);
  expect(durableInputs(directory)).toEqual([]);
  clock.advance(1);
  expect(durableInputs(directory)).toEqual([1, 2]);
});

it("tells of a decision only after it is kept, with every reading before it", async () => {
  const { directory, ward, act } = await openWard();
  ward.receive(bayId("2"), message({ hr: 70 }));
  const seen: unknown[] = [];
  ward.changes.subscribe(({ events }) => seen.push([events.length, durableInputs(directory).length]));
  act("1", ...toInfusion("s1").slice(0, 1));
  expect(seen).toEqual([[1, 2]]);
});

it("tells of a decision before it tidies the journal, and tidies it though decisions alone are committed", async () => {
  const { directory, clock, ward, act, alarms } = await openWard();
  act("1", ...toInfusion("s1"));
  const filed = () => inJournal(directory, "select 1 from filed_input").length;
  for (let i = 0; i < 8_192; i++) ward.receive(bayId("1"), message({ hr: 72 }));
  expect(filed()).toBe(0);
  ward.receive(bayId("1"), message({ sbp: 190, dbp: 110 }));
  expect(alarms().map(({ alarm }) => alarm)).toContain("sbp.high");
  expect(filed()).toBe(0);
  clock.advance(49);
  expect(filed()).toBe(0);
  clock.advance(1);
  expect(filed()).toBeGreaterThan(8_192);
});

it("goes on keeping what comes while the journal cannot be tidied, says so, and tidies it once it can be", async () => {
  const { directory, clock, ward, act, problems } = await openWard();
  act("1", ...toInfusion("s1"));
  inJournal(
    directory,
    "create trigger full before insert on filed_input begin select raise(abort, 'the disk is full'); end",
  );
  for (let i = 0; i < 8_192; i++) ward.receive(bayId("1"), message({ hr: 72 }));
  clock.advance(500);
  expect(problems).toContain("the journal could not be tidied; trying again");
  expect(ward.journalFailing).toBe(false);
  inJournal(directory, "drop trigger full");
  ward.receive(bayId("1"), message({ hr: 73 }));
  clock.advance(100);
  const [kept] = inJournal(
    directory,
    "select (select count(*) from input) as inputs, (select count(*) from filed_input) as filed",
  );
  expect(kept?.filed).toBe(kept?.inputs);
});

it("tells of what happened in the order in which it was kept", async () => {
  const { clock, ward, changes, act } = await openWard();
  ward.receive(bayId("2"), message({ hr: 70 }));
  act("1", ...toInfusion("s1"));
  ward.receive(bayId("3"), message({ hr: 71 }));
  clock.advance(50);
  expect(changes.map(({ after, input }) => [after.id, input?.kind])).toEqual([
    ["2", "reading"],
    ["1", "command"],
    ["1", "command"],
    ["1", "command"],
    ["3", "reading"],
  ]);
});

it("knows no bay that is not there", async () => {
  const { directory, clock, ward } = await openWard();
  expect(ward.receive(bayId("77"), message({ hr: 70 }))).toBe(false);
  expect(ward.command(bayId("77"), commandId("c"), nurse, command({ type: "resume-audio" }))).toBeNull();
  expect(ward.bay(bayId("77"))).toBeNull();
  clock.advance(1_000);
  expect(durableInputs(directory)).toEqual([]);
});

it("takes a history of the past, settles what fell due since, and has it all kept when it returns", async () => {
  const { directory, clock, ward, alarms } = await openWard();
  const start = NINE_O_CLOCK - 600_000;
  const commands = toInfusion("s1").map((document, i) => commandInput(start + i, `past-${i}`, document));
  const readings = [1, 2, 3].map((second) => reading(start + second * 1000, { hr: 70 }));
  const other = [commandInput(start + 1_500, "past-2-0", toInfusion("s2")[0])];
  ward.backfill([
    { bay: bayId("1"), inputs: [...commands, { kind: "tick", at: start + 4 }, ...readings] },
    { bay: bayId("2"), inputs: other },
  ]);
  expect(durableInputs(directory)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(ward.bay(bayId("1"))?.session).toMatchObject({ phase: "infusing", infusion: { startedAt: start + 2 } });
  const silent = alarms().filter(({ alarm, change }) => alarm === "monitor-silent" && change === "raised");
  expect(silent.map(({ at }) => at - start)).toEqual([13_000, 11_500]);
  expect(clock.waiting).toBeLessThanOrEqual(4);
});

it("refuses a history for a bay that is not there", async () => {
  const { ward } = await openWard();
  const history = { bay: bayId("77"), inputs: [reading(NINE_O_CLOCK, { hr: 70 })] };
  expect(() => ward.backfill([history])).toThrow("there is no bay 77");
});

it("keeps everything pending when it closes, tells of it, and leaves no timer behind", async () => {
  const { directory, clock, ward, changes, act, close } = await openWard();
  act("1", ...toInfusion("s1"));
  ward.receive(bayId("1"), message({ hr: 70 }));
  let completed = false;
  ward.changes.subscribe({ complete: () => (completed = true) });
  close();
  expect(durableInputs(directory)).toEqual([1, 2, 3, 4]);
  expect(changes.at(-1)?.input).toMatchObject({ values: { hr: 70 } });
  expect(completed).toBe(true);
  expect(clock.waiting).toBe(0);
});

it("stays quiet about a bay without a session", async () => {
  const { clock, ward, alarms } = await openWard();
  ward.receive(bayId("1"), message({ hr: 20, spo2: 50 }));
  clock.advance(3_600_000);
  expect(alarms()).toEqual([]);
  expect(clock.waiting).toBe(0);
});

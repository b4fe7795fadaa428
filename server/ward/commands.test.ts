import { expect, it, onTestFinished } from "vitest";
import { openSqliteJournal } from "../journal/index.ts";
import {
  bayId,
  command,
  commandId,
  durableInputs,
  FakeClock,
  failWrites,
  inJournal,
  loseInputs,
  message,
  nurse,
  openSession,
  temporaryDirectory,
  toInfusion,
} from "../testing/index.ts";
import type { WardChange } from "./change.ts";
import { Ward } from "./ward.ts";

async function openWard(directory = temporaryDirectory(), clock = new FakeClock()) {
  const journal = await openSqliteJournal(directory);
  if (journal.bays().length === 0) journal.addBays(["1", "2"].map((name) => ({ id: bayId(name), name })));
  const problems: string[] = [];
  const ward = new Ward({ clock, journal, commitEveryMs: 50, onProblem: (sentence) => problems.push(sentence) });
  ward.start(() => undefined);
  const changes: WardChange[] = [];
  ward.changes.subscribe((change) => changes.push(change));
  let open = true;
  const close = () => {
    if (open) ward.close();
    if (open) journal.close();
    open = false;
  };
  onTestFinished(close);
  const send = (bay: string, id: string, document: unknown) =>
    ward.command(bayId(bay), commandId(id), nurse, command(document));
  return { directory, clock, journal, ward, changes, problems, close, send };
}

it("answers a command when it is durable, with everything that came before it", async () => {
  const { directory, ward, send } = await openWard();
  ward.receive(bayId("2"), message({ hr: 70 }));
  expect(send("1", "c1", openSession("s1"))).toEqual({ ok: true, seq: 2 });
  expect(inJournal(directory, "select seq, command_id from input order by seq")).toEqual([
    { seq: 1, command_id: null },
    { seq: 2, command_id: "c1" },
  ]);
  expect(inJournal(directory, "select seq, type from event")).toEqual([{ seq: 2, type: "act" }]);
});

it("carries a command out once, however often it is sent", async () => {
  const { directory, clock, ward, send, close } = await openWard();
  for (const [i, document] of toInfusion("s1").entries()) send("1", `c${i}`, document);
  clock.advance(5_000);
  const first = send("1", "hold", { type: "pause-infusion", reason: "nausea" });
  const paused = ward.bay(bayId("1"));
  clock.advance(5_000);
  expect(send("1", "hold", { type: "pause-infusion", reason: "nausea" })).toEqual(first);
  expect(ward.bay(bayId("1"))?.session).toEqual(paused?.session);
  close();
  const again = await openWard(directory, clock);
  expect(again.send("1", "hold", { type: "pause-infusion", reason: "nausea" })).toEqual(first);
  expect(durableInputs(directory)).toEqual([1, 2, 3, 4]);
});

it("gives a refused command the same refusal again, even when it would be legal by now", async () => {
  const { directory, clock, ward, send, close } = await openWard();
  const refused = send("1", "early", { type: "pause-audio", seconds: 60 });
  expect(refused).toEqual({ ok: false, refused: { code: "no-session", reason: "No session is open at this bay." } });
  send("1", "open", openSession("s1"));
  expect(send("1", "early", { type: "pause-audio", seconds: 60 })).toEqual(refused);
  close();
  const again = await openWard(directory, clock);
  expect(again.send("1", "early", { type: "pause-audio", seconds: 60 })).toEqual(refused);
  expect(again.ward.bay(bayId("1"))?.audioPause).toBeNull();
  expect(ward.bay(bayId("1"))?.audioPause).toBeNull();
});

it("keeps refusals: who tried what, and why not", async () => {
  const { directory, send } = await openWard();
  send("1", "c1", { type: "start-infusion" });
  const [row] = inJournal(directory, "select body from event");
  expect(JSON.parse(String(row?.body))).toMatchObject({
    type: "refused",
    command: "start-infusion",
    code: "no-session",
    by: { id: "nurse-1", role: "nurse" },
  });
});

it("says so when a command cannot be kept, and keeps it as soon as the disk is back", async () => {
  const { directory, clock, ward, send, problems } = await openWard();
  const mend = failWrites(directory);
  const failed = { ok: false, refused: { code: "journal-failed" } };
  expect(send("1", "c1", openSession("s1"))).toMatchObject(failed);
  expect(ward.journalFailing).toBe(true);
  expect(problems[0]).toBe("the journal could not keep 1 steps; trying again");
  expect(send("1", "c1", openSession("s1"))).toMatchObject(failed);
  clock.advance(10_000);
  expect(durableInputs(directory)).toEqual([]);
  mend();
  clock.advance(1_000);
  expect(ward.journalFailing).toBe(false);
  expect(durableInputs(directory)).toEqual([1]);
  expect(send("1", "c1", openSession("s1"))).toEqual({ ok: true, seq: 1 });
  const asked = problems.length;
  clock.advance(5_000);
  expect(problems).toHaveLength(asked);
});

it("takes effect although it cannot be kept, and the record is whole afterwards", async () => {
  const { directory, clock, ward, send, close } = await openWard();
  const mend = failWrites(directory, "event");
  for (const [i, document] of toInfusion("s1").entries()) send("1", `c${i}`, document);
  expect(ward.bay(bayId("1"))?.session?.phase).toBe("infusing");
  clock.advance(3_000);
  mend();
  clock.advance(1_000);
  const live = ward.bay(bayId("1"));
  close();
  const again = await openWard(directory, clock);
  expect(again.ward.bay(bayId("1"))).toEqual(live);
  expect(again.problems).toEqual([]);
});

it("still shows values and alarms while nothing can be kept", async () => {
  const { directory, clock, ward, send, changes } = await openWard();
  for (const [i, document] of toInfusion("s1").entries()) send("1", `c${i}`, document);
  failWrites(directory);
  const seenBefore = changes.length;
  ward.receive(bayId("1"), message({ hr: 71 }));
  clock.advance(1_000);
  ward.receive(bayId("1"), message({ sbp: 190 }));
  const [value, alarm] = changes.slice(seenBefore);
  expect(value?.input).toMatchObject({ values: { hr: 71 } });
  expect(alarm?.events).toMatchObject([{ change: "raised", alarm: "sbp.high" }]);
});

it("answers a command that is known to be durable as before, although later readings cannot be kept", async () => {
  const { directory, clock, ward, send } = await openWard();
  const first = send("1", "c1", openSession("s1"));
  failWrites(directory);
  ward.receive(bayId("1"), message({ hr: 71 }));
  clock.advance(50);
  expect(send("1", "c1", openSession("s1"))).toEqual(first);
});

it("answers that it cannot keep a command when the disk cannot even be read", async () => {
  const { directory, send } = await openWard();
  onTestFinished(loseInputs(directory));
  expect(send("1", "c1", openSession("s1"))).toMatchObject({ ok: false, refused: { code: "journal-failed" } });
});

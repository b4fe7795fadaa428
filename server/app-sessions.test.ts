/** The session over HTTP: its page, its record from the journal alone, the list, the move to another bay. */
import type { SessionView } from "@vigil/shared/bay";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  call,
  closing,
  FakeClock,
  inJournal,
  openSession,
  postJson,
  recordBaseline,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

const PLAN = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40, concentrationMgPerMl: 1, bagVolumeMl: 50 };
const PATIENT = { initials: "AB", name: "Alma B.", recordNumber: "KET-0007", weightKg: 70 };

async function clinic(dataDir = temporaryDirectory(), clock = new FakeClock()) {
  const server = closing(await startServer(serverOptions(clock, { dataDir })));
  let sent = 0;
  const send = async (bay: string, command: unknown, id = `${clock.now()}-${++sent}`) => {
    const response = await postJson(`${server.url}/api/bays/${bay}/commands`, { id, command });
    return JSON.parse(await response.text());
  };
  const get = async (path: string) => JSON.parse(await (await call(`${server.url}/api/${path}`)).text());
  const view = async (bay: string): Promise<SessionView> => (await get(`bays/${bay}`)).session;
  const reads = (bay: string, values: object) => postJson(`${server.url}/api/readings`, { bay, ...values });
  const infuse = async (bay: string, sessionId: string) => {
    await send(bay, { ...openSession(sessionId), patient: PATIENT, plan: PLAN });
    await send(bay, recordBaseline);
    expect(await send(bay, { type: "start-infusion" })).toMatchObject({ ok: true });
  };
  return { dataDir, clock, server, send, get, view, reads, infuse };
}

it("the page of a bay gives the whole session: plan, dose, timeline, criteria", async () => {
  const { clock, send, view, infuse } = await clinic();
  await infuse("1", "s1");
  clock.advance(20 * 60_000);
  await send("1", { type: "pause-infusion", reason: "nausea", effectiveAt: clock.now() - 10 * 60_000 }, "late");
  await send("1", { type: "end-infusion", reason: "slip" }, "slip");
  await send("1", { type: "undo-act", act: "slip" });
  const seen = await view("1");
  expect(seen).toMatchObject({
    id: "s1",
    bay: "1",
    phase: "paused",
    patient: PATIENT,
    responsible: { name: "Nora Nurse" },
  });
  expect(seen.arithmetic.map(({ text }) => text)).toEqual([
    "0.5 mg/kg × 70 kg = 35 mg",
    "35 mg ÷ 1 mg/mL = 35 mL",
    "35 mL ÷ 40 min × 60 min/h = 52.5 mL/h",
    "35 mL ÷ 52.5 mL/h × 60 min/h = 40 min",
    "50 mL × 1 mg/mL = 50 mg",
  ]);
  expect(seen.now).toMatchObject({ elapsedMs: 10 * 60_000, pausedMs: 10 * 60_000 });
  expect(seen.now.dose?.mg).toBeCloseTo(8.75);
  expect(seen.timeline.map(({ command, late, undone }) => [command.type, late, undone?.name ?? null])).toEqual([
    ["open-session", false, null],
    ["record-baseline", false, null],
    ["start-infusion", false, null],
    ["pause-infusion", true, null],
    ["end-infusion", false, "Nora Nurse"],
    ["undo-act", false, null],
  ]);
  expect(seen.criteria.find(({ id }) => id === "recovery-minimum")).toMatchObject({ kind: "fact", holds: false });
});

it("a session rebuilt from the journal alone is the live one, while it is open and after it ended", async () => {
  const { clock, send, get, view, reads, infuse } = await clinic();
  await infuse("1", "s1");
  await infuse("2", "s2");
  for (let minute = 0; minute < 30; minute++) {
    await reads("1", { hr: 72 + minute, spo2: 97, sbp: 120 + minute, dbp: 80 });
    await reads("2", { hr: 60 });
    clock.advance(60_000);
  }
  await send("1", { type: "give-medication", medication: { kind: "bolus", mg: 3 } });
  await send("1", { type: "record-observation", observation: { dissociation: 6, values: { rr: 11 } } });
  expect(await get("sessions/s1")).toEqual(await view("1"));
  await send("1", { type: "end-infusion", reason: "enough" });
  await send("1", { type: "abandon-session", reason: "left against advice", left: "against-advice" });
  const ended = await view("1");
  expect(ended).toMatchObject({ phase: "abandoned", ending: { reason: "left against advice" } });
  expect(await get("sessions/s1")).toEqual(ended);
  expect(await get("sessions/s2")).toEqual(await view("2"));
  expect(await get("sessions/nobody")).toMatchObject({ status: 404, code: "unknown-session" });
});

it("every act is one row of the journal's own table, with who did it and when; what was refused made no act", async () => {
  const { clock, dataDir, send, view, get, infuse } = await clinic();
  await infuse("1", "s1");
  const acts: [type: string, at: number][] = [];
  const does = async (command: { readonly type: string; readonly [more: string]: unknown }, id?: string) => {
    clock.advance(60_000);
    acts.push([command.type, clock.now()]);
    expect(await send("1", command, id)).toMatchObject({ ok: true });
  };
  const effectiveAt = clock.now() + 30_000;
  await does({ type: "pause-infusion", reason: "nausea" });
  await does({ type: "resume-infusion" });
  await does({ type: "change-rate", rateMlPerH: 60 });
  await does({ type: "give-medication", medication: { kind: "bolus", mg: 3 } });
  await does({ type: "extend-infusion", minutes: 5, mg: 5 });
  await does({ type: "record-observation", observation: { dissociation: 6 }, effectiveAt });
  await does({ type: "name-escort", name: "Jo Doe", phone: "555 0100" });
  await does({ type: "hand-over", to: { id: "bo", name: "Bo" }, summary: "calm" });
  await does({ type: "end-infusion", reason: "enough" }, "end");
  await does({ type: "correct-time", act: "end", effectiveAt: clock.now() - 90_000, reason: "pressed late" });
  await does({ type: "confirm-check", check: "line removed" }, "slip");
  acts.push(["undo-act", clock.now()]);
  expect(await send("1", { type: "undo-act", act: "slip" })).toMatchObject({ ok: true });
  expect(await send("1", { type: "undo-act", act: "slip" })).toMatchObject({ code: "already-done" });
  expect(await send("1", { type: "declare-ready" })).toMatchObject({ code: "criteria-missing" });
  await does({ type: "transfer-session", to: "2" });
  const rows = inJournal(
    dataDir,
    "select bay, at, command_id, command ->> '$.by.id' as person, command ->> '$.command.type' as type, " +
      "exists (select * from event where event.seq = input.seq and event.type = 'refused') as refused " +
      "from input where command_id is not null order by seq",
  );
  const done = rows.filter(({ refused }) => refused === 0);
  expect(done.slice(3).map(({ type, at }) => [type, at])).toEqual(acts);
  expect(rows.filter(({ refused }) => refused === 1).map(({ type }) => type)).toEqual(["undo-act", "declare-ready"]);
  for (const { bay, person } of rows) expect([bay, person]).toEqual(["1", "nurse-1"]);
  const seen = await view("2");
  const told = seen.timeline.toSorted((a, b) => a.enteredAt - b.enteredAt).map(({ id, enteredAt }) => [id, enteredAt]);
  expect(done.map(({ command_id, at }) => [command_id, at])).toEqual(told);
  expect(await get("sessions/s1")).toEqual(seen);
});

it("finds sessions by name, record number, bay, phase and date, newest first and by pages", async () => {
  const { clock, send, get, infuse } = await clinic();
  const before = clock.now();
  await infuse("1", "s1");
  clock.advance(60_000);
  await send("2", { ...openSession("s2"), patient: { initials: "CD", name: "100% Cleo Österman", weightKg: 70 } });
  await send("3", { ...openSession("s3"), patient: { initials: "EF", weightKg: 70 } });
  await send("3", { type: "abandon-session", reason: "no show", left: "against-advice" });
  const ids = async (query: string) => (await get(`sessions?${query}`)).sessions.map(({ id }: { id: string }) => id);
  expect(await ids("")).toEqual(["s3", "s2", "s1"]);
  expect(await ids("text=alma")).toEqual(["s1"]);
  expect(await ids("text=ket-00")).toEqual(["s1"]);
  expect(await ids("text=0%25")).toEqual(["s2"]);
  expect(await ids(`text=${encodeURIComponent("ÖSTERMAN cleo")}`)).toEqual(["s2"]);
  expect(await ids("text=osterman%20cleo")).toEqual(["s2"]);
  expect(await ids("text=cleo%20alma")).toEqual([]);
  expect(await ids("bay=2")).toEqual(["s2"]);
  expect(await ids("phase=infusing")).toEqual(["s1"]);
  expect(await ids("phase=abandoned")).toEqual(["s3"]);
  expect(await ids(`from=${before}&until=${before + 60_000}`)).toEqual(["s1"]);
  const first = await get("sessions?limit=2");
  expect(first.sessions[1]).toMatchObject({
    id: "s2",
    bay: "2",
    phase: "preparation",
    drug: "ketamine",
    endedAt: null,
  });
  expect(await ids(`limit=2&before=${first.next}`)).toEqual(["s1"]);
  expect((await get(`sessions?limit=2&before=${first.next}`)).next).toBeNull();
  expect(await get("sessions?limit=0")).toMatchObject({ status: 422 });
});

it("moves a session to a free bay with all that belongs to it, once, and each bay comes back from its own inputs", async () => {
  const one = await clinic();
  const { clock, dataDir } = one;
  await one.infuse("1", "s1");
  await one.reads("1", { hr: 72, sbp: 190, dbp: 80 });
  await one.send("1", { type: "alarm-off", vital: "hr", reason: "shivering" });
  clock.advance(60_000);
  const before = await one.get("bays/1");
  expect(await one.send("1", { type: "transfer-session", to: "1" })).toMatchObject({ code: "already-done" });
  expect(await one.send("1", { type: "transfer-session", to: "99" })).toMatchObject({ code: "no-such-bay" });
  const reply = await one.send("1", { type: "transfer-session", to: "2" }, "move");
  expect(reply).toMatchObject({ ok: true });
  expect(await one.send("1", { type: "transfer-session", to: "2" }, "move")).toEqual(reply);
  const [left, come] = [await one.get("bays/1"), await one.get("bays/2")];
  expect(left.row).toMatchObject({ sessionId: null, alarms: [] });
  expect(left.session).toBeNull();
  expect(come.row).toMatchObject({ sessionId: "s1", phase: "infusing", alarmsOff: ["hr"] });
  expect(come.session.infusion).toEqual(before.session.infusion);
  expect(come.session.timeline.at(-1).command).toEqual({ type: "transfer-session", to: "2" });
  const kept = (detail: typeof come) =>
    detail.row.alarms.filter(({ kind }: { kind: string }) => kind === "physiological");
  // Who was called was called to the bay that was left: they are called anew, from there.
  expect(kept(come)).toEqual([{ ...kept(before)[0], escalatedTo: null }]);
  clock.advance(1);
  expect(kept(await one.get("bays/2"))).toEqual(kept(before));
  await one.send("1", openSession("s9"));
  expect(await one.send("1", { type: "transfer-session", to: "2" })).toMatchObject({ code: "bay-occupied" });
  expect(await one.get("sessions/s1")).toEqual(await one.view("2"));
  expect((await one.get("sessions?bay=2")).sessions).toMatchObject([{ id: "s1", phase: "infusing" }]);
  const bays = await one.get("bays");
  await one.server.close();
  const two = await clinic(dataDir, clock);
  expect(await two.get("health")).toMatchObject({ diverged: 0, openSessions: 2 });
  expect(await two.get("bays")).toEqual(bays);
  expect(await two.get("sessions/s1")).toEqual(await two.view("2"));
});

it("a double-check, a hand-over and an implausible plan are told in sentences", async () => {
  const { send, view } = await clinic();
  const protocol = { startChecks: ["dose"], secondPersonChecks: ["dose"] };
  await send("1", { ...openSession("s1", protocol), patient: PATIENT });
  await send("1", { type: "confirm-check", check: "dose" });
  expect(await send("1", { type: "confirm-check", check: "dose" })).toMatchObject({
    code: "second-person",
    detail: 'Nora Nurse has confirmed "dose"; somebody else must check it too.',
  });
  expect((await view("1")).startChecks).toMatchObject([{ check: "dose", confirmed: false, needsSecond: true }]);
  expect(await send("1", { type: "set-plan", plan: { ...PLAN, rateMlPerH: 90 } })).toMatchObject({
    code: "implausible-plan",
    detail: "90 mL/h gives 60 mg in 40 min, not 35 mg. Check the figures.",
  });
});

it("lists a session as it stands: what was undone is gone from the list and from the course, wherever the patient moved", async () => {
  const one = await clinic();
  await one.send("1", { ...openSession("s1"), patient: PATIENT, plan: PLAN });
  await one.send("1", { type: "set-patient", patient: { ...PATIENT, recordNumber: "KET-0008" } }, "wrong-patient");
  await one.send("1", { type: "set-plan", plan: { ...PLAN, drug: "esketamine" } }, "wrong-plan");
  expect((await one.get("sessions")).sessions).toMatchObject([{ recordNumber: "KET-0008", drug: "esketamine" }]);
  await one.send("1", { type: "transfer-session", to: "2" });
  await one.send("2", { type: "undo-act", act: "wrong-plan" });
  await one.send("2", { type: "undo-act", act: "wrong-patient" });
  expect((await one.get("sessions")).sessions).toMatchObject([{ recordNumber: "KET-0007", drug: "ketamine" }]);
  const given = async () => (await one.get("courses/KET-0007")).standing.sessions.length;
  await one.send("2", recordBaseline);
  await one.send("2", { type: "start-infusion" }, "slip");
  expect(await given()).toBe(1);
  await one.send("2", { type: "undo-act", act: "slip" });
  expect(await given()).toBe(0);
  one.clock.advance(60_000);
  await one.send("2", { type: "start-infusion", effectiveAt: one.clock.now() - 30_000 }, "start");
  expect(await given()).toBe(1);
  const startedAt = one.clock.now() - 45_000;
  const correction = { type: "correct-time", act: "start", effectiveAt: startedAt, reason: "pressed late" };
  expect(await one.send("2", correction)).toMatchObject({ ok: true });
  expect((await one.get("courses/KET-0007")).standing.sessions[0]).toMatchObject({ startedAt });
  const listed = await one.get("sessions");
  await one.server.close();
  inJournal(one.dataDir, "delete from session_list");
  const two = await clinic(one.dataDir, one.clock);
  expect(await two.get("sessions")).toEqual(listed);
});

it("a patient put right after the start stands so on the wall, in the list, the course, the alarm log and the audit", async () => {
  const one = await clinic();
  await one.infuse("1", "s1");
  await one.reads("1", { hr: 72, spo2: 85, sbp: 120, dbp: 80 });
  one.clock.advance(30_000);
  await one.reads("1", { hr: 72, spo2: 85, sbp: 120, dbp: 80 });
  const patient = { initials: "CD", name: "Carl D.", recordNumber: "KET-0008" };
  const correction = { type: "correct-patient", patient, reason: "mixed up" };
  expect(await one.send("1", { ...correction, reason: " " })).toMatchObject({ status: 422 });
  expect(await one.send("1", correction)).toMatchObject({ ok: true });
  expect((await one.get("bays")).bays[0].row).toMatchObject({ initials: "CD" });
  expect((await one.view("1")).patient).toEqual({ ...patient, weightKg: 70 });
  expect(await one.get("sessions/s1")).toEqual(await one.view("1"));
  expect((await one.get("sessions")).sessions).toMatchObject([patient]);
  expect((await one.get("courses/KET-0008")).standing.sessions).toHaveLength(1);
  expect((await one.get("courses/KET-0007")).standing.sessions).toHaveLength(0);
  const { alerts } = await one.get("alerts?patient=Carl");
  expect(alerts.length).toBeGreaterThan(0);
  await one.server.close();
  inJournal(one.dataDir, "delete from session_list");
  const two = await clinic(one.dataDir, one.clock);
  expect((await two.get("sessions")).sessions).toMatchObject([patient]);
  expect((await two.view("1")).timeline.map(({ command }) => command)).toContainEqual(correction);
});

it("a bay tells of the session that last ended there also after a restart, and whoever was slower is told who ended it", async () => {
  const one = await clinic();
  await one.infuse("1", "s1");
  await one.send("1", { type: "abandon-session", reason: "patient’s wish", left: "against-advice" });
  const slower = await one.send("1", { type: "pause-infusion", reason: "nausea" });
  expect(slower).toMatchObject({
    code: "no-session",
    detail: "Nora Nurse has already abandoned the session. No session is open at this bay. Open one first.",
  });
  const before = await one.view("1");
  expect(before).toMatchObject({ id: "s1", phase: "abandoned" });
  await one.server.close();
  const two = await clinic(one.dataDir, one.clock);
  expect(await two.view("1")).toEqual(before);
  two.clock.advance(1_000);
  expect(await two.view("2")).toBeNull();
  expect((await two.send("1", { type: "start-infusion" })).detail).toContain("Nora Nurse has already abandoned");
  two.clock.advance(5 * 60_000 + 1);
  const later = await two.send("1", { type: "pause-infusion", reason: "nausea" });
  expect(later.detail).toBe("No session is open at this bay. Open one first.");
  await two.send("1", { type: "acknowledge-alarm", alarm: "spo2.low" });
  await two.infuse("1", "s2");
  await two.send("1", { type: "transfer-session", to: "2" });
  expect(await two.view("1")).toMatchObject({ id: "s1" });
  expect((await two.send("1", { type: "pause-infusion", reason: "nausea" })).detail).toMatch(
    /^Nora Nurse has already moved the patient to bay 2\./,
  );
  const { departed } = await two.get("bays/1");
  expect(departed).toMatchObject({ to: "2", initials: "AB", name: "Nora Nurse" });
  await two.server.close();
  const three = await clinic(one.dataDir, one.clock);
  expect((await three.get("bays/1")).departed).toEqual(departed);
  expect((await three.send("1", { type: "start-infusion" })).detail).toContain(
    "has already moved the patient to bay 2",
  );
});

it("builds the list of sessions anew from inputs and events when there is none", async () => {
  const one = await clinic();
  await one.infuse("1", "s1");
  await one.send("1", { type: "transfer-session", to: "2" });
  await one.infuse("1", "s2");
  await one.send("1", { type: "abandon-session", reason: "left", left: "against-advice" });
  const listed = await one.get("sessions");
  await one.server.close();
  inJournal(one.dataDir, "delete from session_list");
  const two = await clinic(one.dataDir, one.clock);
  expect(await two.get("sessions")).toEqual(listed);
});

it("a session that was opened before its rules were kept with it goes on under the rules of then", async () => {
  const one = await clinic();
  await one.send("1", { ...openSession("s1"), protocol: undefined, patient: { initials: "AB", weightKg: 70 } });
  for (const check of ["identity", "weight", "dose double-checked", "fasting", "escort named"]) {
    await one.send("1", { type: "confirm-check", check });
  }
  await one.send("1", recordBaseline);
  await one.send("1", { type: "start-infusion" });
  await one.server.close();
  // As a journal stood before: no rules in the command, no list, an end without a reason.
  inJournal(one.dataDir, "update input set command = json_remove(command, '$.command.protocol')");
  inJournal(one.dataDir, "drop table session_list; ");
  inJournal(one.dataDir, "drop view bay_input");
  inJournal(one.dataDir, "drop index session_id");
  inJournal(one.dataDir, "delete from kysely_migration where name >= '2026-11-24-sessions'");
  const two = await clinic(one.dataDir, one.clock);
  expect(await two.get("health")).toMatchObject({ diverged: 0 });
  expect((await two.get("sessions")).sessions).toMatchObject([{ id: "s1", phase: "infusing", initials: "AB" }]);
  expect(await two.send("1", { type: "end-infusion" })).toMatchObject({ ok: true });
  expect(await two.send("1", { type: "confirm-check", check: "oriented" })).toMatchObject({ ok: true });
});

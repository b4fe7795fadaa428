/** The alarm log over HTTP: what the engine decided, as rows that a supervisor can question. */
import { actorSchema } from "@vigil/shared/session";
import type { AlertMeasures, AlertPage, AlertStory, ShiftReport } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  call,
  closing,
  FakeClock,
  inJournal,
  nurse,
  openSession,
  postJson,
  serverOptions,
  supervisor,
  temporaryDirectory,
  toInfusion,
} from "./testing/index.ts";

const other = actorSchema.parse({ id: "nurse-2", name: "Otto Nurse", role: "nurse" });
const SCRIPT = "<script>alert(1)</script>";

async function clinic(dataDir = temporaryDirectory(), clock = new FakeClock()) {
  const server = closing(await startServer(serverOptions(clock, { dataDir })));
  let sent = 0;
  const send = async (bay: string, command: unknown, by = nurse) => {
    const id = `${clock.now()}-${++sent}`;
    expect(
      await (await postJson(`${server.url}/api/bays/${bay}/commands`, { id, command }, undefined, by)).json(),
    ).toMatchObject({
      ok: true,
    });
  };
  const text = async (path: string) => (await call(`${server.url}/api/${path}`)).text();
  const get = async (path: string) => JSON.parse(await text(path));
  const alerts = async (query = ""): Promise<AlertPage> => get(`alerts?${query}`);
  const story = async (id: number): Promise<AlertStory> => get(`alerts/${id}`);
  const reads = (bay: string, values: object) => postJson(`${server.url}/api/readings`, { bay, ...values });
  /** One reading a second. */
  const live = async (bay: string, spo2: readonly number[]) => {
    for (const value of spo2) {
      await reads(bay, { hr: 70, spo2: value });
      clock.advance(1000);
    }
  };
  return { dataDir, clock, server, send, text, get, alerts, story, reads, live };
}
type Clinic = Awaited<ReturnType<typeof clinic>>;

const times = (n: number, value: number) => Array.from({ length: n }, () => value);

/** A desaturation that Nora answers late: high, 45 s unanswered, clear after. */
async function desaturation({ send, live }: Clinic, bay = "1", session = "s1", name = "Alma") {
  const [open, ...more] = toInfusion(session);
  await send(bay, { ...open, patient: { initials: "AB", name, recordNumber: "KET-7", weightKg: 70 } });
  for (const command of more) await send(bay, command);
  await live(bay, [97, ...times(60, 86), 84]);
  await send(bay, { type: "acknowledge-alarm", alarm: "spo2.low" }, other);
  await live(bay, [85, ...times(10, 97)]);
}

it("tells an episode from the first violating reading to its end", async () => {
  const it = await clinic();
  await desaturation(it);
  const { alerts, total } = await it.alerts("vital=spo2");
  expect(total).toBe(1);
  expect(alerts[0]).toMatchObject({
    bay: "1",
    session: "s1",
    patient: { initials: "AB", name: "Alma", recordNumber: "KET-7" },
    phase: "infusing",
    nurse: "Nora Nurse",
    alarm: "spo2.low",
    kind: "physiological",
    onsetPriority: "high",
    priority: "high",
    value: 86,
    limit: 90,
    extreme: 84,
    delayMs: 10_000,
    acknowledged: { by: "Otto Nurse", afterMs: 51_000 },
    state: "over",
    selfCleared: false,
    latched: false,
    over: { why: "cleared" },
  });
  expect(alerts[0]?.rungs.map(({ target }) => target)).toEqual(["second nurse"]);
  const story = await it.story(alerts[0]!.id);
  expect(
    story.steps.map(({ what, who }) => [what.split(",")[0], who]).filter(([what]) => !what?.includes(":")),
  ).toEqual([
    ["raised", null],
    ["acknowledged", "Otto Nurse"],
    ["cleared", null],
  ]);
  expect(Math.min(...story.readings.map(({ value }) => value ?? 100))).toBe(84);
});

it("a latched alarm is over when somebody has seen it, and cleared itself when nobody came", async () => {
  const it = await clinic();
  for (const command of toInfusion("s1")) await it.send("1", command);
  await it.live("1", [97, ...times(20, 86), ...times(10, 97)]);
  expect((await it.alerts("state=unseen")).alerts[0]).toMatchObject({ latched: true, selfCleared: true, over: null });
  await it.send("1", { type: "acknowledge-alarm", alarm: "spo2.low" });
  expect((await it.alerts("state=unseen")).total).toBe(0);
  expect((await it.alerts("vital=spo2")).alerts[0]).toMatchObject({ state: "over", over: { why: "seen" } });
});

it("follows a session to another bay and under another nurse: one alarm, one row", async () => {
  const it = await clinic();
  for (const command of toInfusion("s1")) await it.send("1", command);
  await it.live("1", [97, ...times(20, 86)]);
  await it.send("1", { type: "transfer-session", to: "2" });
  await it.send("2", { type: "hand-over", to: other, summary: "desaturating" });
  const { alerts, total } = await it.alerts("vital=spo2");
  expect(total).toBe(1);
  expect(alerts[0]).toMatchObject({ bay: "2", state: "standing", over: null });
  await it.send("2", { type: "abandon-session", reason: "moved to the hospital", left: "against-advice" });
  expect((await it.alerts("vital=spo2")).alerts[0]).toMatchObject({ state: "over", over: { why: "session-ended" } });
});

it("answers every filter", async () => {
  const it = await clinic();
  await desaturation(it);
  await desaturation(it, "2", "s2", "Zoe");
  const count = async (query: string) => (await it.alerts(query)).total;
  const all = await count("");
  expect(all).toBeGreaterThan(2);
  expect(await count("bay=2&vital=spo2")).toBe(1);
  expect(await count("patient=zo&priority=high")).toBe(1);
  expect(await count("patient=nobody")).toBe(0);
  expect(await count("patient=%25")).toBe(0);
  expect(await count(`nurse=${encodeURIComponent("Nora Nurse")}`)).toBe(all);
  expect(await count("nurse=' or 1=1 --")).toBe(0);
  expect(await count("vital=spo2&priority=high&over=50")).toBe(2);
  expect(await count("vital=spo2&priority=high&over=52")).toBe(0);
  expect(await count("kind=technical&vital=spo2")).toBe(0);
  expect(await count(`to=${it.clock.now() - 75_000}&vital=spo2`)).toBe(1);
  expect(await count("mark=none")).toBe(all);
  const waits = (await it.alerts("sort=longest-unanswered&vital=spo2")).alerts.map((a) => a.acknowledged?.afterMs ?? 0);
  expect(waits).toEqual([...waits].sort((a, b) => b - a));
  expect((await call(`${it.server.url}/api/alerts?sort=nonsense`)).status).toBe(422);
  expect((await call(`${it.server.url}/api/alerts/999`)).status).toBe(404);
});

it("marks are kept, the last one holds, and survive a log that is built anew", async () => {
  const it = await clinic();
  await desaturation(it);
  const [alert] = (await it.alerts("vital=spo2")).alerts;
  const mark = (body: object) => postJson(`${it.server.url}/api/alerts/${alert!.id}/mark`, body, undefined, supervisor);
  expect((await mark({ actionable: "perhaps" })).status).toBe(422);
  await mark({ actionable: "no", why: SCRIPT });
  await mark({ actionable: "yes", why: "oxygen given" });
  const before = await it.alerts();
  const story = await it.story(alert!.id);
  expect(story.marks).toMatchObject([
    { actionable: "no", why: SCRIPT, by: { name: "Sam Supervisor" } },
    { actionable: "yes", why: "oxygen given" },
  ]);
  await it.server.close();
  inJournal(it.dataDir, "update alarm_log_version set version = 0");
  inJournal(it.dataDir, "update episode set extreme = 1, acked_by = 'forged'");
  const again = await clinic(it.dataDir, it.clock);
  expect((await again.alerts()).alerts).toEqual(before.alerts);
});

it("exports all that matches, in order, with the zone, inert in a spreadsheet", async () => {
  const it = await clinic();
  await desaturation(it, "1", "s1", `=cmd|' /C calc'!A0`);
  const csv = await it.text("alerts.csv?vital=spo2");
  expect(csv.split("\r\n")).toHaveLength(3);
  expect(csv).toContain(`'=cmd|' /C calc'!A0`);
  expect(csv).toMatch(/2026-03-02T10:\d\d:\d\d\.\d{3}\+01:00/);
  const rows = (await it.text("alerts.ndjson"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength((await it.alerts()).total);
  expect(rows.map(({ raised }) => raised)).toEqual(rows.map(({ raised }) => raised).sort());
});

it("measures a period against the one before, by bay", async () => {
  const it = await clinic();
  const from = it.clock.now();
  await desaturation(it);
  await it.send("2", openSession("s2"));
  await it.send("2", { type: "pause-audio", seconds: 60 });
  it.clock.advance(60_000);
  const to = it.clock.now();
  const measures: AlertMeasures = await it.get(`alerts/measures?from=${from}&to=${to}`);
  expect(measures.now.acknowledgedHigh).toMatchObject({ count: 1, medianMs: 51_000 });
  expect(measures.now.pausedMs).toBe(60_000);
  expect(measures.now.bayDays).toBe(2);
  expect(measures.before.count).toBe(0);
  const one: AlertMeasures = await it.get(`alerts/measures?from=${from}&to=${to}&bay=2`);
  expect(one.now.acknowledgedHigh.count).toBe(0);
  expect(one.now.sessionHours).toBeCloseTo(1 / 60);
});

it("counts a monitor's silence from its last message, over the edges of the period and over an outage of the server", async () => {
  const it = await clinic();
  const silent = async (at: Clinic, from: number, to: number) =>
    ((await at.get(`alerts/measures?from=${from}&to=${to}`)) as AlertMeasures).now.monitorSilentMs;
  await it.send("1", openSession("s1"));
  await it.reads("1", { hr: 70 });
  const last = it.clock.now();
  it.clock.advance(60_000);
  expect(await silent(it, last - 1_000, it.clock.now())).toBe(60_000);
  // It began before the period, and goes on.
  expect(await silent(it, it.clock.now() - 20_000, it.clock.now() + 1)).toBe(20_000);
  await it.reads("1", { hr: 70 });
  it.clock.advance(1_000);
  await it.server.close();
  it.clock.advance(90_000);
  const again = await clinic(it.dataDir, it.clock);
  await again.reads("1", { hr: 70 });
  expect(await silent(again, last + 60_000, it.clock.now() + 1)).toBe(91_000);
});

it("hands on a shift: sessions, grave alarms, limits and alarms that are not as the protocol has them", async () => {
  const it = await clinic();
  await desaturation(it);
  await it.send("1", { type: "set-limits", vital: "hr", limits: { low: { warning: { limit: 44 } } } }, other);
  it.clock.advance(1000);
  await it.send("1", { type: "alarm-off", vital: "rr", reason: SCRIPT });
  it.clock.advance(1000);
  await it.send("1", { type: "alarm-off", vital: "sbp", reason: "cuff hurts" });
  it.clock.advance(60_000);
  await it.send("1", { type: "alarm-on", vital: "sbp" });
  const shift: ShiftReport = await it.get("alerts/shift?from=2026-03-02T07:00&to=2026-03-02T19:00");
  expect(shift.to - shift.from).toBe(12 * 3_600_000);
  expect(shift.sessions).toMatchObject([
    { id: "s1", bay: "1", endedAt: null, phase: "infusing", nurses: ["Nora Nurse"], alarms: { high: 2 } },
  ]);
  // Nothing was heard of the monitor for the last minute.
  const high = shift.alarms.filter(({ priority }) => priority === "high").map(({ alarm }) => alarm);
  expect(high).toEqual(["spo2.low", "monitor-silent"]);
  expect(shift.alarms.every(({ priority }) => priority !== "low")).toBe(true);
  expect(shift.changes).toMatchObject([
    {
      vital: "hr",
      by: "Otto Nurse",
      stands: true,
      what: { type: "limits", limits: { low: { warning: { limit: 44 } } } },
    },
    { vital: "rr", stands: true, what: { type: "alarm-off", reason: SCRIPT } },
    { vital: "sbp", stands: false },
  ]);
  const next: ShiftReport = await it.get("alerts/shift?from=2026-03-02T19:00&to=2026-03-03T07:00");
  // What was taken back before is no longer told; what stands is.
  expect(next.changes.map(({ vital }) => vital)).toEqual(["hr", "rr"]);
  expect(next).toMatchObject({ sessions: [{ id: "s1" }], alarms: [] });
  for (const wrong of [
    "from=2026-03-02T07:00&to=2026-03-02T07:00",
    "from=2026-03-01&to=2026-03-04",
    "from=2026-02-30&to=5",
  ]) {
    expect((await call(`${it.server.url}/api/alerts/shift?${wrong}`)).status).toBe(422);
  }
});

it("finds by times on the clinic's wall, and tells how far an export is", async () => {
  const it = await clinic();
  await desaturation(it);
  const all = (await it.alerts()).total;
  expect((await it.alerts("from=2026-03-02&to=2026-03-02")).total).toBe(all);
  expect((await it.alerts("from=2026-03-02T11:00")).total).toBe(0);
  expect((await it.alerts("to=2026-03-01")).total).toBe(0);
  expect((await call(`${it.server.url}/api/alerts?from=yesterday`)).status).toBe(422);
  expect((await call(`${it.server.url}/api/alerts/exports/my-export`)).status).toBe(404);
  await it.text("alerts.csv?export=my-export");
  expect(await it.get("alerts/exports/my-export")).toEqual({ rows: all, total: all, state: "done" });
});

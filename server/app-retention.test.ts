/** Readings after their days: thinned in small steps, with everything that people decided and saw left as it was. */

import type { SessionView } from "@vigil/shared/bay";
import { actorSchema } from "@vigil/shared/session";
import type { AlertPage, AlertStory, AuditPage, SessionReadings } from "@vigil/shared/wire";
import { describe, expect, it } from "vitest";
import { startServer } from "./app.ts";
import { checkAudit } from "./journal/index.ts";
import {
  bayId,
  call,
  closing,
  commandInput,
  FakeClock,
  inJournal,
  postJson,
  reading,
  serverOptions,
  supervisor,
  temporaryDirectory,
  toInfusion,
} from "./testing/index.ts";

const DAY = 86_400_000;
const ada = actorSchema.parse({ id: "ada", name: "Ada Admin", role: "administrator" });

/** A session of twelve minutes: 1 Hz, cuffs, a fall of SpO₂ with one deepest second, an acknowledgement, the end. */
function inputsOf(id: string, at: number) {
  const acts = toInfusion(id).map((document, i) => commandInput(at, `${id}-${i}`, document));
  const readings = Array.from({ length: 720 }, (_, i) => {
    const falls = i >= 200 && i < 290;
    const cuff = i % 240 === 30 ? { sbp: 120 + i / 10, dbp: 80, map: 93 } : {};
    return reading(at + 1000 + i * 1000, { hr: 70 + (i % 7), spo2: i === 251 ? 81 : falls ? 87 : 97, ...cuff });
  });
  return [
    ...acts,
    ...readings.slice(0, 280),
    commandInput(at + 280_500, `${id}-ack`, { type: "acknowledge-alarm", alarm: "spo2.low" }),
    ...readings.slice(280, 600),
    commandInput(at + 600_500, `${id}-end`, { type: "end-infusion", reason: "enough" }),
    ...readings.slice(600),
    commandInput(at + 722_000, `${id}-left`, { type: "abandon-session", reason: "left", left: "against-advice" }),
  ];
}

async function ward() {
  const clock = new FakeClock();
  const dataDir = temporaryDirectory();
  const options = serverOptions(clock, { dataDir });
  const server = closing(await startServer(options));
  const begun = clock.now() - 3_600_000;
  server.backfill([
    { bay: bayId("1"), inputs: [...inputsOf("s1", begun), ...inputsOf("s2", begun + 900_000)] },
    { bay: bayId("2"), inputs: Array.from({ length: 300 }, (_, i) => reading(begun + i * 1000, { hr: 60 + (i % 9) })) },
  ]);
  const read = async <T>(path: string, url = server.url): Promise<T> =>
    JSON.parse(await (await call(`${url}${path}`)).text());
  const readings = () => Number(inJournal(dataDir, "select count(*) as n from input where named is not null")[0]?.n);
  const keepFor = (readingsDays: number) =>
    postJson(
      `${server.url}/api/admin/acts`,
      { id: "keep", act: { type: "set-retention", readingsDays } },
      undefined,
      ada,
    );
  /** Lets the server work for so long. */
  const workFor = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(500);
      for (let i = 0; i < 12; i += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, dataDir, options, server, read, readings, keepFor, workFor };
}

const withoutTime = ({ chart: { at: _at, from: _from, to: _to, vitals: _vitals, ...chart } }: SessionReadings) => chart;
const timeless = (view: SessionView) => ({ ...view, now: { ...view.now, at: 0 } });
const extremes = ({ chart }: SessionReadings) => {
  const values = (chart.vitals.spo2?.value ?? []).filter((value) => value !== null);
  return [Math.min(...values), Math.max(...values)];
};

describe("readings", () => {
  it("stay whole until their days are over, and for ever unless somebody says otherwise", async () => {
    const { clock, readings, keepFor, workFor } = await ward();
    clock.jump(400 * DAY);
    await workFor(5_000);
    expect(readings()).toBe(1_740);
    await keepFor(1_000);
    await workFor(5_000);
    expect(readings()).toBe(1_740);
  });

  it("are thinned then: sessions, alarms, acts and the audit say what they said", async () => {
    const { clock, dataDir, server, read, readings, keepFor, workFor } = await ward();
    clock.jump(8 * DAY);
    const before = {
      view: await read<SessionView>("/api/sessions/s1"),
      readings: await read<SessionReadings>("/api/sessions/s1/readings"),
      alerts: await read<AlertPage>("/api/alerts"),
    };
    expect(before.readings.thinnedAt).toBeNull();
    const fall = before.alerts.alerts.find(({ alarm }) => alarm === "spo2.low");
    expect(fall).toMatchObject({ extreme: 81, delayMs: 10_000 });
    await keepFor(7);
    await workFor(20_000);
    expect(readings()).toBeLessThan(200);
    expect(timeless(await read<SessionView>("/api/sessions/s1"))).toEqual(timeless(before.view));
    const after = await read<SessionReadings>("/api/sessions/s1/readings");
    expect(after.thinnedAt).toBeGreaterThan(before.readings.chart.at);
    expect(withoutTime(after)).toEqual(withoutTime(before.readings));
    expect(extremes(after)).toEqual([81, 97]);
    const { chart } = await read<SessionReadings>(
      `/api/sessions/s1/readings?from=${before.readings.chart.openedAt + 240_000}&to=${before.readings.chart.openedAt + 260_000}`,
    );
    expect(Math.min(...(chart.vitals.spo2?.value ?? []).filter((value) => value !== null))).toBe(81);
    expect((await read<AlertPage>("/api/alerts")).alerts).toEqual(before.alerts.alerts);
    const story = await read<AlertStory>(`/api/alerts/${fall?.id}`);
    expect(Math.min(...story.readings.map(({ value }) => value ?? 999))).toBe(81);
    // Of a bay that was free too.
    expect(inJournal(dataDir, "select low, median, high, n from thinned_minute where bay = '2' limit 1")).toEqual([
      { low: 60, median: expect.any(Number), high: 68, n: expect.any(Number) },
    ]);
    const { entries } = await read<AuditPage>("/api/audit?action=thin-readings");
    expect(entries[0]).toMatchObject({ from: "server", detail: { sessions: 2, afterDays: 7 } });
    await server.close();
    expect(checkAudit(dataDir).faults).toEqual([]);
  });

  it("that were thinned are not replayed, and say so; younger ones are", async () => {
    const { clock, server, keepFor, workFor } = await ward();
    clock.jump(8 * DAY);
    server.backfill([{ bay: bayId("1"), inputs: inputsOf("s3", clock.now() - 3_000_000) }]);
    await keepFor(7);
    await workFor(20_000);
    const asked = async (path: string) => {
      const response = await call(`${server.url}${path}`);
      return [response.status, (await response.text()).slice(0, 200)];
    };
    const [status, text] = await asked("/api/sessions/s1/inputs");
    expect([status, text]).toEqual([410, expect.stringContaining("Readings were thinned")]);
    expect((await asked(`/api/bays/1/recording?from=${clock.now() - 8 * DAY - 3_000_000}&to=${clock.now()}`))[0]).toBe(
      410,
    );
    expect((await asked("/api/sessions/s3/inputs"))[0]).toBe(200);
    // Nor are they decided again under other rules, as if nothing were missing.
    const question = { after: { kind: "edits", edits: [] } };
    const whatIf = await postJson(`${server.url}/api/what-if`, question, undefined, supervisor);
    expect((await whatIf.text()).split("\n")[0]).toBe(
      '{"type":"begun","sessions":1,"thinned":2,"zone":"Europe/Berlin"}',
    );
  });

  it("leave a log of alarms that says the same when it is built anew", async () => {
    const { clock, options, server, dataDir, read, keepFor, workFor } = await ward();
    clock.jump(8 * DAY);
    const before = await read<AlertPage>("/api/alerts");
    await keepFor(7);
    await workFor(20_000);
    await server.close();
    inJournal(dataDir, "delete from alarm_log_version returning version");
    const again = closing(await startServer(options));
    expect((await read<AlertPage>("/api/alerts", again.url)).alerts).toEqual(before.alerts);
    const { thinnedAt } = await read<SessionReadings>("/api/sessions/s2/readings", again.url);
    expect(thinnedAt).not.toBeNull();
  });

  it("of a session that is open are never thinned, however old", async () => {
    const { clock, dataDir, server, keepFor, workFor } = await ward();
    const open = inputsOf("s3", clock.now() - 900_000).slice(0, -1);
    server.backfill([{ bay: bayId("3"), inputs: open }]);
    clock.jump(30 * DAY);
    await keepFor(7);
    await workFor(20_000);
    expect(inJournal(dataDir, "select count(*) as n from input where bay = '3' and named is not null")).toEqual([
      { n: 720 },
    ]);
  });
});

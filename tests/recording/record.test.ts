/** What a real server keeps, taken out as a feed: the same alarms, through a crash, a late entry and an edit of limits. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BayEvent } from "@vigil/shared/bay";
import { expect, it } from "vitest";
import { inJournal, temporaryDirectory } from "../../server/testing/disk.ts";
import { startChild } from "../faults/child-server.ts";

const CLI = fileURLToPath(new URL("../../vigil.ts", import.meta.url));

function vigil(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; out: string; err: string }>();
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.on("error", reject);
  child.on("close", (code) => resolve({ code, out, err }));
  return promise;
}

const post = async (url: string, body: object) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
};
const by = { id: "n1", name: "Nora Nurse", role: "nurse" };
const limits = {
  spo2: { low: { warning: { limit: 94, delay: 0.5, offDelay: 0.2 }, critical: { limit: 90, delay: 1 } } },
};

it("the alarms of a recording are those that were raised", { timeout: 180_000 }, async () => {
  const dataDir = temporaryDirectory();
  let server = await startChild(dataDir);
  const startedAt = Date.now();
  let acts = 0;
  const act = (command: object, bay = "1") => {
    acts += 1;
    return post(`${server.url}/api/bays/${bay}/commands`, { id: `act-${acts}`, by, command });
  };
  const readings = async (seconds: number, values: object) => {
    for (let i = 0; i < seconds * 5; i += 1) {
      await post(`${server.url}/api/readings`, { bay: "1", cadence: 0.2, ...values });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const protocol = { startChecks: [], limits, staleAfter: { spo2: 1 } };
  await act({
    type: "open-session",
    sessionId: "through-it-all",
    patient: { initials: "AB" },
    protocol,
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
  });
  await act({ type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } });
  await act({ type: "start-infusion" });
  await readings(0.4, { spo2: 98, hr: 70 });
  await readings(1, { spo2: 92, hr: 70 });
  await act({ type: "record-observation", observation: { dissociation: 4 }, effectiveAt: Date.now() - 500 });
  await readings(0.6, { spo2: 97, hr: 70 });
  await server.kill();
  server = await startChild(dataDir);
  await act({ type: "set-limits", vital: "spo2", limits: { low: { critical: { limit: 96, delay: 0.4 } } } });
  await readings(1, { spo2: 95, hr: 70 });
  await act({ type: "acknowledge-alarm", alarm: "spo2.low" });
  await act({ type: "transfer-session", to: "2" });
  await act({ type: "abandon-session", reason: "the test is over" }, "2");

  const live = (bay: string) =>
    inJournal(dataDir, "select body from event where bay = ? order by id", bay).flatMap(({ body }) => {
      const event: BayEvent = JSON.parse(String(body));
      if (event.type !== "alarm") return [];
      const { at, change, alarm, tier, priority, value, limit, latched } = event;
      return [{ at, bay, event: change, alarm, tier, priority, value, limit, ...(latched && { latched }) }];
    });
  const offline = async (feed: string) => {
    const path = join(dataDir, "recorded.ndjson");
    writeFileSync(path, feed);
    const start = Date.parse(JSON.parse(feed.slice(0, feed.indexOf("\n"))).startedAt);
    const { code, out, err } = await vigil("alarms", path, "--kind", "all");
    expect([code, err]).toEqual([0, ""]);
    return out
      .trim()
      .split("\n")
      .map((line) => {
        const { t, ...told } = JSON.parse(line);
        return { at: Math.round(start + t * 1000), ...told };
      });
  };
  expect(live("1").map(({ event }) => event)).toContain("raised");
  const to = new Date().toISOString();
  const recorded = await vigil(
    "record",
    "--url",
    server.url,
    "--bay",
    "1",
    "--from",
    new Date(startedAt).toISOString(),
    "--to",
    to,
  );
  expect([recorded.code, recorded.err]).toEqual([0, ""]);
  expect(await offline(recorded.out)).toEqual(live("1"));

  // From the middle of it: it begins with the session's opening, and decides the same.
  const middle = await vigil(
    "record",
    "--url",
    server.url,
    "--bay",
    "1",
    "--from",
    new Date(startedAt + 1_500).toISOString(),
    "--to",
    to,
  );
  expect(await offline(middle.out)).toEqual(live("1"));

  // The session, at both its bays.
  const inputs = await (await fetch(`${server.url}/api/sessions/through-it-all/inputs`)).text();
  const all = [...live("1"), ...live("2")].sort((a, b) => a.at - b.at);
  expect(await offline(inputs)).toEqual(all);

  const quieter = join(dataDir, "quieter.json");
  writeFileSync(quieter, JSON.stringify({ limits: { spo2: { low: { critical: { limit: 80 } } } } }));
  const whatIf = await vigil("what-if", "--server", server.url, "--against", quieter, "--list");
  expect([whatIf.code, whatIf.err]).toEqual([0, ""]);
  expect(whatIf.out).toContain('"change":"lost","bay":"1","alarm":"spo2.low"');
  expect(whatIf.out).toContain(`${server.url}/replay?session=through-it-all&at=`);
  expect(whatIf.out).toMatch(/^SpO₂ +medium +1 +0 /m);
});

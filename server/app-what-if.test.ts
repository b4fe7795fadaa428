/** What-if over HTTP: in processes of its own, told as it goes, the same as anybody computes it, stopped by going away. */
import { FeedLines, inputsOfLine } from "@vigil/shared/feed";
import { protocolSchema } from "@vigil/shared/protocol";
import { compareUnder, type ReplayInput, rulesOf } from "@vigil/shared/replay";
import { type WhatIfLine, whatIfLineSchema } from "@vigil/shared/wire";
import { describe, expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  bayId,
  call,
  closing,
  commandInput,
  FakeClock,
  postJson,
  reading,
  serverOptions,
  supervisor,
  toInfusion,
} from "./testing/index.ts";

const MIN = 60_000;
const SLOW = {
  kind: "edits",
  edits: [{ vital: "spo2", limits: { low: { warning: { limit: 90, delay: 40 } } } }],
};

/** Each session falls to 85 % for half a minute. */
async function started(sessions: number) {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock)));
  const histories = Array.from({ length: sessions }, (_, i) => {
    const at = clock.now() - (sessions - i) * 10 * MIN;
    const acts = toInfusion(`s${i}`).map((document, n) => commandInput(at, `s${i}-${n}`, document));
    const readings = Array.from({ length: 300 }, (_, n) =>
      reading(at + n * 1000, { hr: 70, spo2: n > 60 && n < 90 + i ? 85 : 98 }),
    );
    const end = commandInput(at + 5 * MIN, `s${i}-end`, {
      type: "abandon-session",
      reason: "the test goes on",
      left: "against-advice",
    });
    return { bay: bayId("1"), inputs: [...acts, ...readings, ...(i === sessions - 1 ? [] : [end])] };
  });
  server.backfill(histories);
  return { clock, server, first: clock.now() - sessions * 10 * MIN };
}

async function answered(url: string, request: object): Promise<WhatIfLine[]> {
  const response = await postJson(`${url}/api/what-if`, request, undefined, supervisor);
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .trim()
    .split("\n")
    .map((line) => whatIfLineSchema.parse(JSON.parse(line)));
}

describe("what-if over sessions", () => {
  it("tells how many there are, what differs in each, the sums, and that it is done", async () => {
    const { server } = await started(3);
    const lines = await answered(server.url, { after: SLOW });
    expect(lines[0]).toEqual({ type: "begun", sessions: 3, thinned: 0, zone: "Europe/Berlin" });
    expect(lines.at(-1)).toMatchObject({ type: "done" });
    expect(lines.filter(({ type }) => type === "session")).toHaveLength(3);
    const last = lines.findLast((line) => line.type === "progress");
    expect(last).toMatchObject({ done: 3 });

    // The same sessions as recordings, compared here.
    const all = await Promise.all(
      [0, 1, 2].map(async (i) => {
        const feed = new FeedLines();
        const inputs: ReplayInput[] = [];
        const text = await (await call(`${server.url}/api/sessions/s${i}/inputs`)).text();
        for (const each of text.split("\n")) {
          const line = feed.take(each);
          if (line === null || feed.header === null) continue;
          if ("reason" in line) throw new Error(line.reason);
          for (const input of inputsOfLine(line, feed.header)) inputs.push({ bay: line.bay, input });
        }
        const edits = [{ vital: "spo2", limits: { low: { warning: ruleOf(90, 40) } } }] as const;
        return compareUnder({ bays: [bayId("1")], inputs }, null, rulesOf({ kind: "edits", of: null, edits }));
      }),
    );
    const told = (i: number) =>
      lines.flatMap((line) => (line.type === "session" && line.id === `s${i}` ? line.differences : []));
    for (const [i, { differences }] of all.entries()) expect(told(i)).toEqual(differences);
    const lost = last?.type === "progress" ? last.sources.reduce((sum, each) => sum + each.lost, 0) : null;
    expect(lost).toBe(all.flatMap(({ differences }) => differences).filter(({ kind }) => kind === "lost").length);
  });

  it("against itself finds nothing, whichever way itself is said", async () => {
    const { server } = await started(2);
    const usual = { kind: "protocol", protocol: protocolSchema.parse({}) };
    for (const [before, after] of [
      [{ kind: "recorded" }, { kind: "edits", edits: [] }],
      [usual, usual],
    ]) {
      const lines = await answered(server.url, { before, after });
      expect(lines.filter(({ type }) => type === "session" || type === "failed")).toEqual([]);
    }
  });

  it("takes the sessions of the period and no others", async () => {
    const { server, first } = await started(3);
    const period = { from: first + MIN, to: first + 11 * MIN };
    const lines = await answered(server.url, { ...period, after: SLOW });
    expect(lines[0]).toMatchObject({ sessions: 1 });
    expect(lines.flatMap((line) => (line.type === "session" ? [line.id] : []))).toEqual(["s1"]);
    const none = await answered(server.url, { from: 0, to: 1000, after: SLOW });
    expect(none.map(({ type }) => type)).toEqual(["begun", "progress", "done"]);
  });

  it("that nobody waits for any more stops, and the next one is computed", async () => {
    const { server } = await started(3);
    const leaving = new AbortController();
    const response = await call(
      `${server.url}/api/what-if`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ after: SLOW }),
        signal: leaving.signal,
      },
      supervisor,
    );
    const reader = response.body?.getReader();
    await reader?.read();
    const waits = answered(server.url, { after: SLOW });
    leaving.abort();
    const lines = await waits;
    expect(lines.at(-1)).toMatchObject({ type: "done" });
    expect(lines.find(({ type }) => type === "begun")).toMatchObject({ sessions: 3 });
  });

  it("is refused when too many wait already, and there is room again when one has gone", async () => {
    const { server } = await started(3);
    const ask = async () => {
      const leaving = new AbortController();
      const asked = { method: "POST", headers: { "content-type": "application/json" }, signal: leaving.signal };
      const body = JSON.stringify({ after: SLOW });
      const response = await call(`${server.url}/api/what-if`, { ...asked, body }, supervisor);
      return { response, leaving };
    };
    const inLine = [];
    // However fast the first ones are computed, the line fills.
    let next = await ask();
    while (next.response.status === 200) {
      inLine.push(next);
      expect(inLine.length).toBeLessThan(1_000);
      next = await ask();
    }
    expect(inLine.length).toBeGreaterThanOrEqual(8);
    expect(next.response.status).toBe(429);
    expect(await next.response.json()).toMatchObject({ code: "busy" });
    for (const { leaving } of inLine) leaving.abort();
    await expect.poll(async () => (await ask()).response.status).toBe(200);
  });

  it.each([
    [{}, /after/],
    [{ after: { kind: "recorded" }, from: 5, to: 5 }, /from: must be before to/],
    [{ after: { kind: "edits", edits: [{ vital: "mood", limits: {} }] } }, /after\.edits\.0\.vital/],
    [{ after: { kind: "protocol", protocol: { limits: { spo2: { low: { warning: { delay: 1 } } } } } } }, /limit/],
    [{ after: { kind: "recorded" }, dance: true }, /dance/],
    [[], /./],
  ])("refuses %j in words", async (request, said) => {
    const { server } = await started(1);
    const response = await postJson(`${server.url}/api/what-if`, request, undefined, supervisor);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(said) });
  });
});

const ruleOf = (limit: number, delay: number) =>
  ({ limit, delay, priority: "medium", offDelay: 0, deadband: 0 }) as const;

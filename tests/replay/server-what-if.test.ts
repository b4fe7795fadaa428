/** What the server answers to a what-if over sessions, against what the oracle finds in their readings. */
import { startServer } from "@vigil/server";
import type { BayInput } from "@vigil/shared/bay";
import { protocolSchema } from "@vigil/shared/protocol";
import { type WhatIfLine, whatIfLineSchema } from "@vigil/shared/wire";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  bayId,
  closing,
  commandInput,
  FakeClock,
  openSession,
  postJson,
  recordBaseline,
  serverOptions,
  supervisor,
} from "../../server/testing/index.ts";
import { courseOf, feedAndProtocol } from "../oracle/generators.ts";
import { predictLimitAlarms } from "../oracle/limit-alarms.ts";
import { expectForetold, slower, spansOf, standing, standingOf } from "./foretold.ts";

const SESSIONS = 24;
const HOUR = 3_600_000;

it.each([3, 4])("a period under longer delays is what the oracle finds in the readings (seed %i)", async (seed) => {
  const [one, ...others] = fc.sample(feedAndProtocol, { numRuns: SESSIONS, seed });
  if (one === undefined) throw new Error("nothing was generated");
  // One protocol: what is asked is one other.
  const samples = [one, ...others].map((sample) => ({
    ...sample,
    protocol: one.protocol,
    cuffIntervalMin: one.cuffIntervalMin,
  }));
  const document = {
    ...one.protocol,
    startChecks: [],
    cuffIntervalMin: { infusing: one.cuffIntervalMin, recovery: one.cuffIntervalMin },
  };
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock, { bays: SESSIONS })));
  const sessions = samples.map((sample, i) => {
    const course = courseOf(sample);
    const startedAt = clock.now() - 24 * HOUR;
    const openedAt = startedAt + Math.round((course.lines[0]?.t ?? 0) * 1000);
    const until = startedAt + Math.round(course.endT * 1000);
    const inputs: BayInput[] = [
      ...[openSession(`s${i}`, document), recordBaseline, { type: "start-infusion" }].map((each, n) =>
        commandInput(openedAt, `s${i}-${n}`, each),
      ),
      ...course.lines.map(({ t, ...values }): BayInput => {
        const at = startedAt + Math.round(t * 1000);
        return { kind: "reading", at, measuredAt: null, cadenceS: course.cadenceS, values };
      }),
      commandInput(until, `s${i}-end`, { type: "abandon-session", reason: "the test is over", left: "against-advice" }),
    ];
    return { id: `s${i}`, bay: bayId(String(i + 1)), course, startedAt, until, inputs };
  });
  server.backfill(sessions);

  const changed = slower(protocolSchema.parse(document), 7);
  const request = { after: { kind: "protocol", protocol: changed } };
  const response = await postJson(`${server.url}/api/what-if`, request, undefined, supervisor);
  expect(response.status).toBe(200);
  const lines = (await response.text())
    .trim()
    .split("\n")
    .map((line): WhatIfLine => whatIfLineSchema.parse(JSON.parse(line)));
  expect(lines.filter(({ type }) => type === "failed")).toEqual([]);

  const sums = { before: {}, after: {} };
  let told = 0;
  for (const { id, course, startedAt, until } of sessions) {
    const under = (limits: typeof course.limits) => spansOf(predictLimitAlarms({ ...course, limits }), startedAt);
    const before = under(course.limits);
    const after = under(changed.limits as typeof course.limits);
    const differences = lines.flatMap((line) => (line.type === "session" && line.id === id ? line.differences : []));
    expectForetold(differences, { before, after, until });
    told += differences.length;
    for (const [sum, spans] of [
      [sums.before, before],
      [sums.after, after],
    ] as const) {
      add(sum, standing(spans, until));
    }
  }
  expect(told).toBeGreaterThan(SESSIONS / 2);
  const last = lines.findLast((line) => line.type === "progress");
  const sources = last?.type === "progress" ? last.sources : [];
  expect(last).toMatchObject({ done: SESSIONS });
  expect(standingOf(sources, "before")).toEqual(sums.before);
  expect(standingOf(sources, "after")).toEqual(sums.after);
});

function add(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [key, ms] of Object.entries(more)) sums[key] = (sums[key] ?? 0) + ms;
}

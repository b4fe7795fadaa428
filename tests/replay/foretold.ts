/** What a what-if must answer, computed from what the oracle finds in the readings and from nothing of the engine. */
import { isDeepStrictEqual } from "node:util";
import type { Protocol } from "@vigil/shared/protocol";
import type { ComparedSource, Difference } from "@vigil/shared/replay";
import { VITALS } from "@vigil/shared/vitals";
import { expect } from "vitest";
import type { predictLimitAlarms } from "../oracle/limit-alarms.ts";

/** Every delay longer. */
export const slower = (protocol: Protocol, byS: number): Protocol => ({
  ...protocol,
  limits: JSON.parse(JSON.stringify(protocol.limits), (key, value) => (key === "delay" ? value + byS : value)),
});

export interface Span {
  readonly alarm: string;
  readonly from: number;
  to: number | null;
  readonly stages: { readonly from: number; readonly priority: string }[];
}

/**
 * Alarms from raised to cleared, from the oracle's events.
 * @param startedAt where its time begins
 */
export function spansOf(events: ReturnType<typeof predictLimitAlarms>, startedAt = 0): Span[] {
  const spans: Span[] = [];
  for (const { t, event, alarm, priority } of events) {
    const at = startedAt + Math.round(t * 1000);
    const standing = spans.findLast((span) => span.alarm === alarm && span.to === null);
    if (event === "raised") spans.push({ alarm, from: at, to: null, stages: [{ from: at, priority }] });
    else if (event === "cleared" && standing !== undefined) standing.to = at;
    else if (standing?.stages.at(-1)?.priority !== priority) standing?.stages.push({ from: at, priority });
  }
  return spans;
}

/** Milliseconds by vital and priority. */
export function standing(spans: readonly Span[], until: number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { alarm, to, stages } of spans) {
    for (const [n, { from, priority }] of stages.entries()) {
      const ms = (stages[n + 1]?.from ?? to ?? until) - from;
      const key = `${alarm.split(".")[0]} ${priority}`;
      if (ms > 0) sums[key] = (sums[key] ?? 0) + ms;
    }
  }
  return sums;
}

/** The same as a comparison tells it. */
export function standingOf(sources: readonly ComparedSource[], side: "before" | "after"): Record<string, number> {
  const limits = sources.filter(({ source }) => VITALS.some((vital) => vital === source));
  const found = limits.map((each) => [`${each.source} ${each.priority}`, each[side].standingMs] as const);
  return Object.fromEntries(found.filter(([, ms]) => ms > 0));
}

const nameOf = ({ alarm, from }: Span): string => `${alarm} ${from}`;

interface Foretold {
  readonly before: readonly Span[];
  readonly after: readonly Span[];
  /** The end of what was recorded: what stands then has no other end. */
  readonly until: number;
}

/** What overlaps nothing is lost or gained, what is the same is not told, and nothing else is left out. */
export function expectForetold(differences: readonly Difference[], { before, after, until }: Foretold): void {
  const overlaps = (a: Span, b: Span) => a.alarm === b.alarm && a.from <= (b.to ?? until) && b.from <= (a.to ?? until);
  const names = (kind: Difference["kind"], of: "before" | "after") =>
    differences.flatMap((each) => {
      const episode = each.kind === kind ? each[of] : null;
      return episode?.kind === "physiological" ? [`${episode.alarm} ${episode.raisedAt}`] : [];
    });
  const alone = (spans: readonly Span[], others: readonly Span[]) =>
    spans.filter((span) => !others.some((other) => overlaps(span, other)));
  expect(names("lost", "before")).toEqual(expect.arrayContaining(alone(before, after).map(nameOf)));
  expect(names("gained", "after")).toEqual(expect.arrayContaining(alone(after, before).map(nameOf)));
  const same = before.filter((span) => after.some((other) => isDeepStrictEqual(span, other)));
  const changed = [...names("lost", "before"), ...names("moved", "before")];
  for (const span of same) expect(changed).not.toContain(nameOf(span));
  const kept = before.filter((span) => !changed.includes(nameOf(span)));
  for (const span of kept) expect(same).toContainEqual(span);
}

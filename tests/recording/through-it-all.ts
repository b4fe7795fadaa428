/** Sessions that run through everything a day can bring: crashes, a late entry, edited limits, a refusal, a move. */
import type { BayEvent } from "@vigil/shared/bay";
import { inJournal } from "../../server/testing/disk.ts";
import { liveByHand } from "./by-hand.ts";
import { Hands, type KillableServer } from "./hands.ts";

export const THROUGH_IT_ALL = "through-it-all";

const limits = {
  spo2: { low: { warning: { limit: 94, delay: 0.5, offDelay: 0.2 }, critical: { limit: 90, delay: 1 } } },
};

/**
 * One session at bay 1, then 2; after it another one at bay 3, then 4 (by-hand.ts).
 * @returns the server that runs at the end, and when it all began
 */
export async function liveThroughItAll<S extends KillableServer>(
  start: () => Promise<S>,
): Promise<{ readonly server: S; readonly startedAt: number }> {
  const hands = await Hands.on(start);
  const startedAt = Date.now();
  const protocol = { startChecks: [], limits, staleAfter: { spo2: 1 } };
  await hands.act("1", {
    type: "open-session",
    sessionId: THROUGH_IT_ALL,
    patient: { initials: "AB", weightKg: 70 },
    protocol,
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
  });
  await hands.act("1", { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } });
  await hands.act("1", { type: "start-infusion" });
  await hands.readings("1", 0.4, { spo2: 98, hr: 70 });
  await hands.readings("1", 1, { spo2: 92, hr: 70 });
  await hands.act("1", { type: "record-observation", observation: { dissociation: 4 }, effectiveAt: Date.now() - 500 });
  await hands.refused("1", { type: "start-infusion" });
  await hands.readings("1", 0.6, { spo2: 97, hr: 70 });
  await hands.crash();
  await hands.act("1", { type: "set-limits", vital: "spo2", limits: { low: { critical: { limit: 96, delay: 0.4 } } } });
  await hands.readings("1", 1, { spo2: 95, hr: 70 });
  await hands.act("1", { type: "pause-audio", seconds: 60 });
  // While an alarm stands.
  await hands.crash();
  await hands.readings("1", 0.4, { spo2: 95, hr: null });
  await hands.act("1", { type: "acknowledge-alarm", alarm: "spo2.low" });
  await hands.act("1", { type: "transfer-session", to: "2" });
  await hands.act("2", { type: "abandon-session", reason: "the test is over", left: "against-advice" });
  await liveByHand(hands);
  return { server: hands.server, startedAt };
}

/** What was decided at a bay, as the journal keeps it. */
export const decidedAt = (dataDir: string, bay: string): readonly BayEvent[] =>
  inJournal(dataDir, "select body from event where bay = ? order by id", bay).map(
    ({ body }): BayEvent => JSON.parse(String(body)),
  );

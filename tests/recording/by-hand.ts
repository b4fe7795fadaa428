/** A session that lives on what people enter and on who answers a call: values by hand, a corrected time, latched alarms. */
import { io } from "socket.io-client";
import { asPage } from "../badges.ts";
import type { Hands, KillableServer } from "./hands.ts";

export const BY_HAND = "by-hand";

const protocol = {
  startChecks: [],
  limits: {
    sbp: { high: { warning: { limit: 160 }, critical: { limit: 180 } } },
    hr: { low: { critical: { limit: 45, delay: 0.3 } } },
  },
  staleAfter: { hr: 1 },
  escalation: [
    { afterS: 0.4, target: "second nurse" },
    { afterS: 1.4, target: "supervisor" },
  ],
};

/** At bay 3, from where the patient is moved to bay 4. */
export async function liveByHand(hands: Hands<KillableServer>): Promise<void> {
  await hands.act("3", {
    type: "open-session",
    sessionId: BY_HAND,
    patient: { initials: "CD", weightKg: 62 },
    protocol,
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
  });
  await hands.act("3", { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } });
  const pumpBegan = Date.now();
  await hands.readings("3", 0.6, { hr: 70 });
  const begun = await hands.act("3", { type: "start-infusion" });
  const byCuff = (sbp: number) => ({ type: "record-observation", observation: { values: { sbp, dbp: 85 } } });

  // A screen answers for the second nurse, nobody for the supervisor.
  const { url, badges } = hands.server;
  const screen = io(url, { extraHeaders: asPage(url, badges.nurse), forceNew: true });
  screen.on("escalation", (_notice: unknown, shown: (answer: object) => void) => shown({ shown: true }));
  await screen.timeout(10_000).emitWithAck("attend", { targets: ["second nurse"] });
  await hands.act("3", byCuff(190));
  await hands.readingsUntil("3", ({ target, state }) => target === "supervisor" && state === "failed", { hr: 70 });
  await hands.act("3", { type: "acknowledge-alarm", alarm: "sbp.high" });
  await hands.act("3", byCuff(130));
  screen.close();

  // Over before anybody saw it, and latched through a crash.
  await hands.readings("3", 0.6, { hr: 40 });
  await hands.readings("3", 0.2, { hr: 70 });
  await hands.crash();
  await hands.act("3", { type: "correct-time", act: begun, effectiveAt: pumpBegan, reason: "pressed too late" });
  await hands.act("3", { type: "acknowledge-alarm", alarm: "hr.low" });

  // Moved while an alarm stands that nobody has seen: it calls anew from there, and nobody is there any more.
  await hands.act("3", byCuff(195));
  await hands.act("3", { type: "transfer-session", to: "4" });
  await hands.readingsUntil("4", ({ state }) => state === "failed", { hr: 72 });
  await hands.act("4", { type: "undo-act", act: await hands.act("4", byCuff(128)) });
  await hands.act("4", { type: "abandon-session", reason: "the test is over", left: "against-advice" });
}

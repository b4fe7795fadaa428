/** The scripts reach what the properties are about: every phase, alarm, change, refusal and end, again and again. */
import { settle } from "@vigil/shared/bay";
import { REFUSAL_CODES } from "@vigil/shared/session";
import { VITALS } from "@vigil/shared/vitals";
import fc from "fast-check";
import { expect, it } from "vitest";
import { script } from "./generators.ts";
import { freshBay, stepsOf } from "./run.ts";

const EXPECTED = [
  ...["preparation", "infusing", "paused", "recovery", "ready"].map((phase) => `phase ${phase}`),
  ...VITALS.flatMap((vital) => ["low", "high"].map((direction) => `physiological raised ${vital}.${direction}`)),
  ...["hr", "spo2", "rr"].map((vital) => `technical raised signal-lost.${vital}`),
  ...["monitor-silent", "pressure-overdue", "clock-skew"].map((id) => `technical raised ${id}`),
  ...[
    "plan-elapsed",
    "recovery-minimum-reached",
    "ready-for-discharge",
    "dissociation-prolonged",
    "observation-overdue",
  ].map((id) => `procedural raised ${id}`),
  ...["escalated", "deescalated", "cleared", "unknown", "present", "acknowledged"].map((it) => `physiological ${it}`),
  ...["escalated", "cleared", "acknowledged"].map((it) => `technical ${it}`),
  ...["session-ended", "alarm-off", "limits-changed", "inhibited"].map((reason) => `because ${reason}`),
  ...["elapsed", "ended-early", "session-ended"].map((reason) => `pause ended: ${reason}`),
  ...Object.keys(REFUSAL_CODES).map((code) => `refused ${code}`),
  ...["discharge", "abandon-session", "set-limits", "alarm-off", "alarm-on"].map((command) => `act ${command}`),
  "cleared and latched",
  "latched acknowledged",
  "raised while latched",
  "reminded",
  ...["queued", "sent", "confirmed", "failed", "cancelled"].map((state) => `delivery ${state}`),
  "escalated though acknowledged",
  "cadence changed",
];

it("scripts reach every phase, alarm, change, refusal and end, often", () => {
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const { protocol, inputs, endAt } of fc.sample(script, { numRuns: 800, seed: 4 })) {
    const steps = stepsOf(freshBay(protocol), inputs);
    for (const { before, after, events } of steps) {
      if (after.session !== null) count(`phase ${after.session.phase}`);
      if (before.monitor.cadenceS !== after.monitor.cadenceS) count("cadence changed");
      const seen = before.alarms.filter(({ acknowledgement }) => acknowledgement !== null).map(({ id }) => id);
      const gone = before.alarms.filter(({ condition }) => condition === "gone").map(({ id }) => id);
      for (const event of events) {
        if (event.type === "delivery") count(`delivery ${event.state}`);
        if (event.type !== "alarm") continue;
        if (event.change === "escalated" && seen.includes(event.alarm)) count("escalated though acknowledged");
        if (!gone.includes(event.alarm)) continue;
        if (event.change === "raised") count("raised while latched");
        if (event.change === "acknowledged") count("latched acknowledged");
      }
    }
    const last = steps.at(-1)?.after ?? freshBay(protocol);
    for (const event of [...steps.flatMap(({ events }) => events), ...settle(last, endAt).events]) {
      if (event.type === "act") count(`act ${event.command}`);
      else if (event.type === "refused") count(`refused ${event.code}`);
      else if (event.type === "audio") count(`pause ended: ${event.reason}`);
      else if (event.type === "alarm") {
        count(`${event.kind} ${event.change}`);
        if (event.change === "reminded") count("reminded");
        count(`${event.kind} ${event.change} ${event.alarm}`);
        if (event.latched) count("cleared and latched");
        if (event.reason !== undefined) count(`because ${event.reason}`);
      }
    }
  }
  const seldom = EXPECTED.filter((what) => (counts.get(what) ?? 0) < 3).map(
    (what) => `${what}: ${counts.get(what) ?? 0}`,
  );
  expect(seldom).toEqual([]);
}, 30_000);

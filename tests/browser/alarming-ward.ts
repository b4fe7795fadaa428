/** A ward in which every kind of alarm stands at a bay of its own, and nothing else happens. */

import { asBench } from "../badges.ts";
import type { VigilProcess } from "./vigil-process.ts";

/** Bays of the ward, by what stands at each. */
export const ALARMING = {
  high: "1",
  high2: "2",
  medium: "3",
  medium2: "4",
  low: "5",
  latched: "6",
  paused: "7",
  off: "8",
  acknowledged: "9",
} as const;
export const ALARMING_BAYS = Object.keys(ALARMING).length + 1;
/** A bay without an alarm, for what a test raises itself. */
export const QUIET_BAY = String(ALARMING_BAYS);

/** So seldom, by its own word, does each monitor send: nothing is stale or silent for some minutes. */
const CADENCE_S = 120;

export interface Ward {
  reads(bay: string, values: Readonly<Record<string, number>>): Promise<void>;
  does(bay: string, command: { readonly type: string } & Readonly<Record<string, unknown>>): Promise<void>;
}

/** Talks to a running server as monitors and nurses do. */
export function wardAt({ url, insiders }: Pick<VigilProcess, "url" | "insiders">): Ward {
  let commands = 0;
  async function post(path: string, body: unknown): Promise<void> {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...asBench(insiders) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return {
    reads: (bay, values) => post("/api/readings", { bay, cadence: CADENCE_S, ...values }),
    does: (bay, command) =>
      post(`/api/bays/${bay}/commands`, {
        id: `c${process.pid}-${++commands}`,
        bay,
        by: { id: "n1", name: "Nora", role: "nurse" },
        command,
      }),
  };
}

const WELL = { hr: 72, spo2: 98, rr: 14, sbp: 122, dbp: 78 };
const VERY_HIGH = { sbp: 188, dbp: 96 };
const RATHER_HIGH = { sbp: 170, dbp: 96 };

async function infuse(ward: Ward, bay: string, limits: object = {}): Promise<void> {
  const protocol = { startChecks: [], dischargeChecks: [], ...limits };
  const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
  await ward.does(bay, {
    type: "open-session",
    sessionId: `s${bay}`,
    patient: { initials: "A.R.", weightKg: 70 },
    protocol,
    plan,
  });
  await ward.does(bay, { type: "record-baseline", values: { hr: 72, spo2: 98, sbp: 132, dbp: 78 } });
  await ward.does(bay, { type: "start-infusion" });
  await ward.reads(bay, WELL);
}

export async function raiseAlarms(ward: Ward): Promise<void> {
  const mild = { limits: { sbp: { high: { warning: { limit: 165, priority: "low" } } } } };
  for (const bay of [...Object.values(ALARMING), QUIET_BAY]) await infuse(ward, bay, bay === ALARMING.low ? mild : {});
  const acknowledge = { type: "acknowledge-alarm", alarm: "sbp.high" };
  await ward.reads(ALARMING.medium, RATHER_HIGH);
  await ward.reads(ALARMING.medium2, RATHER_HIGH);
  await ward.reads(ALARMING.low, RATHER_HIGH);
  await ward.reads(ALARMING.latched, VERY_HIGH);
  await ward.reads(ALARMING.latched, WELL);
  await ward.does(ALARMING.off, { type: "alarm-off", vital: "spo2", reason: "probe on a cold hand" });
  await ward.reads(ALARMING.acknowledged, VERY_HIGH);
  await ward.does(ALARMING.acknowledged, acknowledge);
  await ward.reads(ALARMING.paused, VERY_HIGH);
  await ward.does(ALARMING.paused, { type: "pause-audio", seconds: 120 });
  await ward.reads(ALARMING.high, VERY_HIGH);
  await ward.reads(ALARMING.high2, VERY_HIGH);
}

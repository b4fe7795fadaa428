/** A ward as a test wants it: what people and monitors do, sent over HTTP. */
import { randomUUID } from "node:crypto";
import { type ProtocolDocument, protocolSchema } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";
import { asBench, asPage } from "../badges.ts";
import type { VigilProcess } from "./vigil-process.ts";

type Values = { readonly [vital: string]: number | null };

const WARD_NURSE = { id: "ward-nurse", name: "Ward Nurse", role: "nurse" };
const QUIET: Values = { hr: 72, spo2: 98, rr: 14 };

interface Opening {
  readonly protocol?: ProtocolDocument;
  readonly initials?: string;
  /** Left out, 70. */
  readonly weightKg?: number;
  /** Of the session; left out, the bay's name. */
  readonly session?: string;
}

export interface TestWard {
  /** @throws when the server refuses it */
  command(bay: string, command: Command): Promise<void>;
  read(bay: string, values: Values): Promise<void>;
  /** Opens a session at the bay under rules that no clinic has approved. */
  open(bay: string, given?: Opening): Promise<void>;
  /** Opens a session at the bay and starts its infusion; from then on its monitor sends once a second. */
  infuse(bay: string, given?: Opening): Promise<void>;
  /** What the bay's monitor sends from now on; `null`: nothing any more. */
  monitor(bay: string, values: Values | null): void;
  stop(): void;
}

export function openWard(vigil: () => Pick<VigilProcess, "url" | "insiders">): TestWard {
  const sending = new Map<string, Values>();
  const post = async (path: string, body: unknown, from: "bench" | "page"): Promise<void> => {
    const { url, insiders } = vigil();
    const credentials =
      from === "bench" ? asBench(insiders) : asPage(url, await insiders.cookie("Ward Nurse", "nurse"));
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...credentials },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  const read: TestWard["read"] = (bay, values) => post("/api/readings", { bay, ...values }, "bench");
  const command: TestWard["command"] = (bay, command) =>
    post(`/api/bays/${bay}/commands`, { id: randomUUID(), command }, "page");
  const timer = setInterval(() => {
    // A server that is down between two readings hears none of them, as in a ward.
    for (const [bay, values] of sending) read(bay, values).catch(() => {});
  }, 1_000);
  const open: TestWard["open"] = async (
    bay,
    { protocol = {}, initials = "A.R.", weightKg = 70, session = bay } = {},
  ) => {
    const parsed = protocolSchema.parse({ startChecks: [], ...protocol });
    const sessionId = session as Extract<Command, { type: "open-session" }>["sessionId"];
    const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40, ...(weightKg && { concentrationMgPerMl: 1 }) };
    const patient = { initials, weightKg };
    const command: Command = { type: "open-session", sessionId, patient, protocol: parsed, plan };
    // Rules that no clinic has approved are a test bench's.
    await post(`/api/bays/${bay}/commands`, { id: randomUUID(), command, by: WARD_NURSE }, "bench");
  };
  return {
    read,
    command,
    open,
    async infuse(bay, given = {}) {
      await open(bay, given);
      await command(bay, { type: "record-baseline", values: { hr: 72, spo2: 98, sbp: 128, dbp: 79 } });
      await command(bay, { type: "start-infusion" });
      await read(bay, { ...QUIET, sbp: 128, dbp: 79, map: 95 });
      sending.set(bay, QUIET);
    },
    monitor(bay, values) {
      if (values === null) sending.delete(bay);
      else sending.set(bay, values);
    },
    stop: () => clearInterval(timer),
  };
}

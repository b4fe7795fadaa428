/** A busy ward in front of a server: monitors that talk, a nurse who acts, a display that watches. */
import type { AlarmEvent } from "@vigil/shared/alarms";
import type { BoardRow } from "@vigil/shared/board";
import type { ProtocolDocument } from "@vigil/shared/protocol";
import type { Frame } from "@vigil/shared/wire";
import { io } from "socket.io-client";
import { asBench, asPage } from "../badges.ts";
import type { Chance } from "./chance.ts";
import type { ChildServer } from "./child-server.ts";

const BAYS = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;
const READ_EVERY_MS = 20;

/** What only commands change: it must survive to the letter. */
export type SessionFacts = Pick<
  BoardRow,
  | "sessionId"
  | "phase"
  | "infusionStartedAt"
  | "ranMs"
  | "runningSince"
  | "plannedMs"
  | "recoveryStartedAt"
  | "recoveryMinimumAt"
  | "baselineTaken"
  | "audioPausedUntil"
  | "alarmsOff"
>;

export const sessionFacts = (row: BoardRow): SessionFacts => ({
  sessionId: row.sessionId,
  phase: row.phase,
  infusionStartedAt: row.infusionStartedAt,
  ranMs: row.ranMs,
  runningSince: row.runningSince,
  plannedMs: row.plannedMs,
  recoveryStartedAt: row.recoveryStartedAt,
  recoveryMinimumAt: row.recoveryMinimumAt,
  baselineTaken: row.baselineTaken,
  audioPausedUntil: row.audioPausedUntil,
  alarmsOff: row.alarmsOff,
});

export interface Sent {
  readonly bay: string;
  readonly body: { readonly id: string; readonly command: unknown };
}

/** A command that was answered, and the answer. */
export interface Confirmed extends Sent {
  readonly status: number;
  readonly answer: { readonly seq?: number; readonly code?: string; readonly detail?: string };
}

export interface Witness {
  readonly confirmed: Confirmed[];
  /** Of each bay, after its last confirmed command. */
  readonly facts: Map<string, SessionFacts>;
  /** The command that was under way when the server died. */
  underWay: Sent | null;
  readonly alarms: { readonly bay: string; readonly event: AlarmEvent }[];
}

const PROTOCOL: ProtocolDocument = {
  startChecks: [],
  limits: {
    spo2: { low: { warning: { limit: 94, delay: 0.2, offDelay: 0.1 }, critical: { limit: 91, delay: 0.1 } } },
    sbp: { high: { warning: { limit: 165 }, critical: { limit: 180 } } },
  },
};

/** A server to load, and what lets in there. */
export type Loaded = Pick<ChildServer, "url" | "badges">;

export async function fetchRows({ url, badges }: Loaded): Promise<readonly BoardRow[]> {
  const response = await fetch(`${url}/api/bays`, { headers: asBench(badges) });
  const body: { bays: { row: BoardRow }[] } = JSON.parse(await response.text());
  return body.bays.map(({ row }) => row);
}

export async function sendCommand(
  { url, badges }: Loaded,
  { bay, body }: Sent,
): Promise<Pick<Confirmed, "status" | "answer">> {
  const response = await fetch(`${url}/api/bays/${bay}/commands`, {
    method: "POST",
    headers: { "content-type": "application/json", ...asPage(url, badges.nurse) },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

/** What a nurse may try; often it is not legal, and must then stay refused. */
function nextCommand(chance: Chance, id: string, row: BoardRow): unknown {
  if (row.sessionId === null) {
    const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
    return { type: "open-session", sessionId: id, patient: { initials: "AB", weightKg: 70 }, protocol: PROTOCOL, plan };
  }
  if (row.phase === "preparation") {
    const baseline = { type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } };
    return row.baselineTaken ? { type: "start-infusion" } : baseline;
  }
  const alarm = row.alarms[0]?.id ?? "spo2.low";
  return chance.pick<unknown>([
    { type: "pause-infusion", reason: "nausea" },
    { type: "pause-infusion", reason: "nausea" },
    { type: "resume-infusion" },
    { type: "resume-infusion" },
    { type: "resume-infusion" },
    { type: "acknowledge-alarm", alarm },
    { type: "acknowledge-alarm", alarm },
    { type: "pause-audio", seconds: 120 },
    { type: "alarm-off", vital: "hr", reason: "electrode" },
    { type: "set-limits", vital: "sbp", limits: { high: { warning: { limit: 165 }, critical: { limit: 180 } } } },
    { type: "declare-ready" },
    ...(chance.below(8) === 0
      ? [
          { type: "end-infusion", reason: "wants to go" },
          { type: "abandon-session", reason: "wants to go", left: "against-advice" },
        ]
      : []),
  ]);
}

/** Works until the server dies. `name` makes the commands' ids of this round unlike those of others. */
export async function workUntilDeath(server: Loaded, name: string, chance: Chance): Promise<Witness> {
  const witness: Witness = { confirmed: [], facts: new Map(), underWay: null, alarms: [] };
  const { url, badges } = server;
  const options = {
    ...{ transports: ["websocket"], reconnection: false, forceNew: true },
    auth: { key: badges.key },
  };
  const display = io(url, options);
  display.on("frame", (frame: Frame) => witness.alarms.push(...frame.alarms));
  display.on("connect", () => display.emit("watch", {}));
  const monitor = io(`${url}/ingest`, options);
  const talking = setInterval(() => {
    const list = BAYS.map((bay) => ({ bay, hr: 60 + chance.below(40), spo2: 90 + chance.below(9) }));
    const cuff = { bay: chance.pick(BAYS), sbp: chance.pick([120, 170, 190]), dbp: 80 };
    monitor.emit("reading", chance.below(2) === 0 ? [...list, cuff] : list);
  }, READ_EVERY_MS);
  try {
    for (const row of await fetchRows(server)) witness.facts.set(row.bay, sessionFacts(row));
    for (let count = 0; ; count++) {
      const rows = await fetchRows(server);
      const bay = chance.pick(BAYS);
      const row = rows.find((one) => one.bay === bay);
      if (row === undefined) throw new Error(`no bay ${bay}`);
      const id = `${name}-${count}`;
      witness.underWay = { bay, body: { id, command: nextCommand(chance, id, row) } };
      witness.confirmed.push({ ...witness.underWay, ...(await sendCommand(server, witness.underWay)) });
      for (const after of await fetchRows(server)) witness.facts.set(after.bay, sessionFacts(after));
      witness.underWay = null;
    }
  } catch (error) {
    // The server is dead: the connection is refused, or cut.
    if (!(error instanceof TypeError)) throw error;
    return witness;
  } finally {
    clearInterval(talking);
    monitor.close();
    display.close();
  }
}

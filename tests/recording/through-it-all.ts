/** A session that runs through everything a day can bring: crashes, a late entry, edited limits, a refusal, a move. */
import type { BayEvent } from "@vigil/shared/bay";
import { inJournal } from "../../server/testing/disk.ts";
import { asBench, asPage, type Badges } from "../badges.ts";

export interface KillableServer {
  readonly url: string;
  readonly badges: Badges;
  kill(): Promise<void>;
}

export const THROUGH_IT_ALL = "through-it-all";

const limits = {
  spo2: { low: { warning: { limit: 94, delay: 0.5, offDelay: 0.2 }, critical: { limit: 90, delay: 1 } } },
};

const post = (url: string, credentials: object, body: object): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...credentials },
    body: JSON.stringify(body),
  });

/** @returns the server that runs at the end, and when it all began */
export async function liveThroughItAll<S extends KillableServer>(
  start: () => Promise<S>,
): Promise<{ readonly server: S; readonly startedAt: number }> {
  let server = await start();
  const startedAt = Date.now();
  let acts = 0;
  const send = (command: object, bay: string) => {
    acts += 1;
    // Rules that no clinic has approved are a test bench's.
    const credentials = "protocol" in command ? asBench(server.badges) : asPage(server.url, server.badges.nurse);
    return post(`${server.url}/api/bays/${bay}/commands`, credentials, { id: `act-${acts}`, command });
  };
  const act = async (command: object, bay = "1") => {
    const response = await send(command, bay);
    if (!response.ok) throw new Error(await response.text());
  };
  const refused = async (command: object) => {
    const response = await send(command, "1");
    if (response.ok) throw new Error("it was not refused");
  };
  const readings = async (seconds: number, values: object) => {
    for (let i = 0; i < seconds * 5; i += 1) {
      const response = await post(`${server.url}/api/readings`, asBench(server.badges), {
        bay: "1",
        cadence: 0.2,
        ...values,
      });
      if (!response.ok) throw new Error(await response.text());
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const crash = async () => {
    await server.kill();
    server = await start();
  };
  const protocol = { startChecks: [], limits, staleAfter: { spo2: 1 } };
  await act({
    type: "open-session",
    sessionId: THROUGH_IT_ALL,
    patient: { initials: "AB" },
    protocol,
    plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
  });
  await act({ type: "record-baseline", values: { hr: 70, spo2: 98, sbp: 120, dbp: 80 } });
  await act({ type: "start-infusion" });
  await readings(0.4, { spo2: 98, hr: 70 });
  await readings(1, { spo2: 92, hr: 70 });
  await act({ type: "record-observation", observation: { dissociation: 4 }, effectiveAt: Date.now() - 500 });
  await refused({ type: "start-infusion" });
  await readings(0.6, { spo2: 97, hr: 70 });
  await crash();
  await act({ type: "set-limits", vital: "spo2", limits: { low: { critical: { limit: 96, delay: 0.4 } } } });
  await readings(1, { spo2: 95, hr: 70 });
  await act({ type: "pause-audio", seconds: 60 });
  // While an alarm stands.
  await crash();
  await readings(0.4, { spo2: 95, hr: null });
  await act({ type: "acknowledge-alarm", alarm: "spo2.low" });
  await act({ type: "transfer-session", to: "2" });
  await act({ type: "abandon-session", reason: "the test is over", left: "against-advice" }, "2");
  return { server, startedAt };
}

/** What was decided at a bay, as the journal keeps it. */
export const decidedAt = (dataDir: string, bay: string): readonly BayEvent[] =>
  inJournal(dataDir, "select body from event where bay = ? order by id", bay).map(
    ({ body }): BayEvent => JSON.parse(String(body)),
  );

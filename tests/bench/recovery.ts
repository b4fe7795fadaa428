/**
 * A server that went down in the middle of a working day: from the start of its process until it answers that it is well, every
 * open session decided again from its inputs.
 */
import { asBench, KEY } from "../badges.ts";
import { atMost, type Figure, median } from "./figure.ts";
import type { Plan } from "./plan.ts";
import type { VigilCalls } from "./vigil.child.ts";
import type { Workshop } from "./workshop.ts";

const BAYS = 8;
const PAST = { seconds: 3 * 3600, everyS: 1 };
const MOST_S = 2;

export async function benchRecovery(workshop: Workshop, plan: Plan): Promise<Figure[]> {
  const options = { dataDir: workshop.newDirectory("recovery"), clientDir: null, bays: BAYS };
  const fork = () => workshop.fork<VigilCalls>(new URL("./vigil.child.ts", import.meta.url));
  const before = fork();
  await before.call("start", options);
  await before.call("openSessions", { bays: BAYS, withPast: BAYS, past: PAST });
  await before.stop();
  const tookS: number[] = [];
  for (let round = 0; round < plan.recovery.rounds; round++) {
    const begunAt = performance.now();
    const vigil = fork();
    const url = await vigil.call("start", options);
    const health = await fetch(new URL("/api/health", url), { headers: asBench({ key: KEY }) });
    if (!health.ok) throw new Error(`the server is not well: ${await health.text()}`);
    tookS.push((performance.now() - begunAt) / 1000);
    await vigil.stop();
  }
  const note = `median of ${tookS.map((each) => each.toFixed(1)).join(", ")} s; ${BAYS * PAST.seconds} readings`;
  return [atMost("recovery, 8 bays × 3 h: process start to healthy", median(tookS), MOST_S, "s", note)];
}

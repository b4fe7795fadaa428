import { BOARD_BAYS } from "./browser.ts";
import { atMost, baseline, type Figure, mean, spread } from "./figure.ts";
import type { Pages } from "./pages.ts";
import type { Plan } from "./plan.ts";
import {
  type LoadedWard,
  type Measured,
  relayUnderLoad,
  sleep,
  THOUSAND_BAYS,
  vigilUnderLoad,
} from "./ward-under-load.ts";
import type { Workshop } from "./workshop.ts";

/** What is still under way of the warm-up. */
const SETTLE_S = 0.5;

/**
 * The bare relay and Vigil in turn, each anew for each round, so that a drift of the machine meets both.
 * @param goOn what else is to be measured on the last of Vigil's wards, which has walls' pages and numbered bays then
 */
export async function benchServer(
  workshop: Workshop,
  plan: Plan,
  goOn?: { readonly pages: Pages; readonly measure: (ward: LoadedWard) => Promise<void> },
): Promise<Figure[]> {
  const vigil: Measured[] = [];
  const relay: Measured[] = [];
  const numbered = goOn === undefined ? 0 : BOARD_BAYS;
  const load = { ...THOUSAND_BAYS, numbered };
  for (let round = 0; round < plan.server.rounds; round++) {
    const bare = await relayUnderLoad(workshop, load);
    relay.push(await measured(bare, plan, plan.server.relayWarmUpS, 1));
    await bare.stop();
    const ward = await vigilUnderLoad(workshop, load, goOn?.pages.directory ?? null, numbered);
    vigil.push(await measured(ward, plan, plan.server.warmUpS, plan.server.warmUpPace));
    if (round === plan.server.rounds - 1) await goOn?.measure(ward);
    await ward.stop();
  }
  const ratios = vigil.map((each, round) => share(each) / share(relay[round]!));
  const { bays, walls } = THOUSAND_BAYS;
  const note = `${bays} bays × 1 Hz × ${walls} walls, ${vigil.length} × ${plan.server.measureS} s each in turn; rounds ${spread(ratios, 3)}`;
  return [
    atMost("server CPU against bare relay", mean(vigil.map(share)) / mean(relay.map(share)), 0.35, "ratio", note),
    baseline("server CPU, Vigil", mean(vigil.map(share)), "CPU-s/s", described(vigil)),
    baseline("server CPU, bare relay", mean(relay.map(share)), "CPU-s/s", described(relay)),
  ];
}

async function measured(ward: LoadedWard, { server }: Plan, warmUpS: number, pace: number): Promise<Measured> {
  await ward.gateways.call("setPace", pace);
  await sleep(warmUpS);
  await ward.gateways.call("setPace", 1);
  await sleep(SETTLE_S);
  const result = await ward.measure(server.measureS);
  const missing = 1 - result.walls.readings / result.sent;
  // The last frame may be under way at either end.
  if (Math.abs(missing) > 0.05) {
    throw new Error(`of ${result.sent} readings sent, ${result.walls.readings} came to a wall: not the same work`);
  }
  return result;
}

const share = ({ used }: Measured): number => used.cpuS / used.wallS;

function described(rounds: readonly Measured[]): string {
  const perSecond = (value: (round: Measured) => number) =>
    mean(rounds.map((round) => value(round) / round.used.wallS));
  const readings = perSecond(({ sent }) => sent);
  const arrived = mean(rounds.map(({ sent, walls }) => walls.readings / sent)) * 100;
  const messages = perSecond(({ walls }) => walls.messages);
  const megabytes = perSecond(({ walls }) => walls.bytes) / 1e6;
  const system = (100 * mean(rounds.map(({ used }) => used.systemS))) / mean(rounds.map(({ used }) => used.cpuS));
  const latest = Math.max(...rounds.map(({ latestMs }) => latestMs));
  return (
    `rounds ${spread(rounds.map(share), 3)}, ${system.toFixed(0)} % in the system; ${readings.toFixed(0)} readings/s in, ${arrived.toFixed(1)} % arrived; ` +
    `${messages.toFixed(0)} messages/s, ${megabytes.toFixed(1)} MB/s to walls; load at most ${latest.toFixed(0)} ms late`
  );
}

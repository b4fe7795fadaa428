import type { EngineCalls } from "./engine.child.ts";
import { atLeast, type Figure, median, spread } from "./figure.ts";
import type { Plan } from "./plan.ts";
import type { Workshop } from "./workshop.ts";

/** Readings decided for each second of processor time, all threads counted, so that a busy machine does not matter much. */
export async function benchEngine(workshop: Workshop, { engine }: Plan): Promise<Figure[]> {
  const child = workshop.fork<EngineCalls>(new URL("./engine.child.ts", import.meta.url));
  await child.call("run", engine.warmUpS);
  const runs = [];
  for (let i = 0; i < engine.runs; i++) runs.push(await child.call("run", engine.seconds));
  await child.stop();
  const [first] = runs;
  if (first === undefined || runs.some(({ events }) => events !== first.events || events === 0)) {
    throw new Error("the engine did not decide the same in every run");
  }
  const perSecond = runs.map(({ readings, cpuS }) => readings / cpuS);
  const perWallSecond = runs.map(({ readings, wallS }) => readings / wallS);
  const note =
    `median of ${runs.length} runs of ${millions(first.readings)} readings, ${first.events} events each; ` +
    `${spread(perSecond.map(inMillions), 2)} M per CPU-s, ${spread(perWallSecond.map(inMillions), 2)} M per second`;
  return [atLeast("engine, one core", median(perSecond), 1_000_000, "readings/CPU-s", note)];
}

const inMillions = (value: number): number => value / 1e6;
const millions = (value: number): string => `${inMillions(value).toFixed(1)} M`;

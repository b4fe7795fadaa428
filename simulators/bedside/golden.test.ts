/** The same seed gives the same bytes on any machine: what is written here was written on another. */
import { createHash } from "node:crypto";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { expect, it, onTestFinished, vi } from "vitest";
import { scenarioNamed } from "../scenario/index.ts";
import { liveThrough, newBedside, newPast, nurseOfPlace } from "./index.ts";

const MIN = 60_000;
const protocol = protocolSchema.parse({});

const here = { liveThrough, newBedside, newPast, nurseOfPlace };

function bytesOf(scenario: string, seed: number, { liveThrough, newBedside, newPast, nurseOfPlace } = here): string {
  const bay = bayIdSchema.parse("1");
  const pace = { preparationMin: [2, 3], turnoverMin: [0, 0] } as const;
  const bedside = newBedside({ bay, seed, protocol, pace, scenarioFor: () => scenarioNamed(scenario)! });
  const inputs = liveThrough(newPast(bedside, bay, protocol, nurseOfPlace(0)), 0, 70 * MIN);
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
}

const GOLDEN = [
  ["calm", 1, "d57722b68c363d43"],
  ["central-apnoea", 2, "33f376b045905773"],
  ["motion-artefact", 3, "f040b2d67af6f799"],
  ["out-of-order", 4, "f71d45ce85224066"],
  ["clements-kinetics", 5, "350a8b5945774e94"],
  ["pause-for-pressure", 6, "89a379e00d4bc3e2"],
] as const;

it.each(GOLDEN)("%s from seed %i gives %s", (scenario, seed, hash) => {
  expect(bytesOf(scenario, seed)).toBe(hash);
});

/**
 * ECMAScript leaves the last bits of these to the engine. What they give goes into figures that a monitor rounds to what it
 * shows, so that the last bits are lost on the way; chance and noise use + − × alone.
 */
it("an engine whose Math is off in the last bits changes nothing", async () => {
  const calls = new Map<string, number>();
  for (const name of ["expm1", "cos", "acos"] as const) {
    const own = Math[name];
    const other = vi.spyOn(Math, name).mockImplementation((x) => {
      const n = (calls.get(name) ?? 0) + 1;
      calls.set(name, n);
      return own(x) * (1 + ((n % 5) - 2) * Number.EPSILON);
    });
    onTestFinished(() => other.mockRestore());
  }
  // The models of the body are computed when they are loaded.
  vi.resetModules();
  const fresh = await import("./index.ts");
  for (const [scenario, seed, hash] of GOLDEN) expect(bytesOf(scenario, seed, fresh)).toBe(hash);
  expect(calls.get("expm1")).toBeGreaterThan(100_000);
  expect(calls.get("cos")).toBeGreaterThan(0);
  expect(calls.get("acos")).toBeGreaterThan(0);
});

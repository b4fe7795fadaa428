/** The same seed gives the same bytes on any machine: what is written here was written on another. */
import { createHash } from "node:crypto";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { expect, it } from "vitest";
import { scenarioNamed } from "../scenario/index.ts";
import { liveThrough, newBedside, newPast, nurseOfPlace } from "./index.ts";

const MIN = 60_000;
const protocol = protocolSchema.parse({});

function bytesOf(scenario: string, seed: number): string {
  const bay = bayIdSchema.parse("1");
  const pace = { preparationMin: [2, 3], turnoverMin: [0, 0] } as const;
  const bedside = newBedside({ bay, seed, protocol, pace, scenarioFor: () => scenarioNamed(scenario)! });
  const inputs = liveThrough(newPast(bedside, bay, protocol, nurseOfPlace(0)), 0, 70 * MIN);
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
}

it.each([
  ["calm", 1, "d57722b68c363d43"],
  ["central-apnoea", 2, "74c210307f315d05"],
  ["motion-artefact", 3, "f040b2d67af6f799"],
  ["out-of-order", 4, "2460c08ce2cb848a"],
  ["clements-kinetics", 5, "5223e9a1029f6a2c"],
  ["pause-for-pressure", 6, "8177ac2fb34b52d1"],
])("%s from seed %i gives %s", (scenario, seed, hash) => {
  expect(bytesOf(scenario, seed)).toBe(hash);
});

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
  ["calm", 1, "5eca01805a81c6a0"],
  ["central-apnoea", 2, "d41e8e012466521d"],
  ["motion-artefact", 3, "1c20c93748d4d564"],
  ["out-of-order", 4, "6b80b00a7932bfb8"],
  ["clements-kinetics", 5, "3876941f3da86412"],
  ["pause-for-pressure", 6, "ab59692c46afd221"],
])("%s from seed %i gives %s", (scenario, seed, hash) => {
  expect(bytesOf(scenario, seed)).toBe(hash);
});

/** The scenarios that come with the program: simulators/scenarios, one file each. */
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { distance } from "fastest-levenshtein";
import { readScenario } from "./read.ts";
import type { Scenario } from "./scenario.ts";

const FOLDER = fileURLToPath(new URL("../scenarios/", import.meta.url));
const ENDING = ".yaml";
const NEAREST = 3;

const known = new Map<string, Scenario>();

/** In alphabetical order. */
export const scenarioNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .toSorted();

/** `null`: the library has none of this name. */
export function scenarioNamed(name: string): Scenario | null {
  const path = `${FOLDER}${name}${ENDING}`;
  const found = known.get(name) ?? (/^[a-z-]+$/.test(name) && existsSync(path) ? readScenario(path) : null);
  if (found !== null) known.set(name, found);
  return found;
}

/** The names most like a misspelt one, best first. */
export const nearestNames = (name: string): readonly string[] =>
  scenarioNames()
    .map((each) => ({ each, far: each.includes(name) || name.includes(each) ? 0 : distance(name, each) }))
    .toSorted((a, b) => a.far - b.far)
    .slice(0, NEAREST)
    .map(({ each }) => each);

/** Words of the command line, each parsed once; what is wrong with one is a sentence. */

import { readFileSync } from "node:fs";
import { type AtMs, type BayId, bayIdSchema } from "@vigil/shared/ids";
import { InvalidArgumentError } from "commander";
import type { ServerDoor } from "../link/index.ts";
import { fileReason } from "../terminal/index.ts";

const numberFrom = (min: number, max: number, whole: boolean) => (text: string) => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new InvalidArgumentError(`It must be a ${whole ? "whole " : ""}number from ${min} to ${max}.`);
};

/** Faster than this, a server takes the readings of one bay for a flood. */
export const speedWord = numberFrom(0.1, 100, false);
/** To be said when it is run: whoever reads no help is at a server too. */
export const speedRemark = (speed: number): string =>
  `At speed ${speed} the server's time still follows real time: durations and alarms differ from what they would be.${
    speed > 1 ? " That is for isolated test servers only." : ""
  }`;
export const minutesWord = numberFrom(0.1, 24 * 60, false);
export const bayCountWord = numberFrom(1, 1000, true);
export const countWord = numberFrom(1, 100, true);
export const seedWord = numberFrom(0, 2 ** 31 - 1, true);

export function urlWord(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("It must be an address such as http://127.0.0.1:4000.");
}

export const KEY_FILE = [
  "--key-file <file>",
  "holds the key for the server; default: the environment's VIGIL_KEY",
] as const;

/** Never a word of the command itself: those can be read by everybody on the machine. */
export function keyFileWord(path: string): string {
  const key = textOf(path).trim();
  if (key === "") throw new InvalidArgumentError(`${path}: is empty, and must hold a key.`);
  return key;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InvalidArgumentError(`${path}: ${fileReason(error, "read")}.`);
  }
}

export const doorOf = (url: string, keyFile: string | undefined): ServerDoor => ({
  url,
  key: keyFile ?? process.env.VIGIL_KEY ?? null,
});

export function baysWord(text: string): BayId[] {
  return text.split(",").map((name) => {
    const bay = bayIdSchema.safeParse(name.trim());
    if (bay.success) return bay.data;
    throw new InvalidArgumentError("It must be a bay, or several with commas between them, such as 1,2.");
  });
}

export function instantWord(text: string): AtMs {
  const at = /\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw new InvalidArgumentError("It must be an instant with its zone, such as 2026-03-02T09:00:00Z.");
}

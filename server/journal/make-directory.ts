import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes the file if it is not there, and shuts it to every other user of the machine: it holds patients' records. SQLite
 * gives the files beside a database the same rights.
 */
export function shutFile(file: string): void {
  const rights = 0o600;
  closeSync(openSync(file, "a", rights));
  chmodSync(file, rights);
}

/**
 * Makes `directory` and those above it, one after the other: asked to make all at once, Node tries for ever where the
 * file system makes none (below /proc).
 * @throws when one cannot be made, or is a file
 */
export function makeDirectory(directory: string): void {
  const missing: string[] = [];
  for (let each = resolve(directory); !existsSync(each) && each !== dirname(each); each = dirname(each)) {
    missing.unshift(each);
  }
  for (const each of missing) mkdirSync(each, { mode: 0o700 });
  if (!statSync(directory).isDirectory()) throw new Error("it is a file");
}

/**
 * What other users of the machine may do in a directory that was there before: it keeps its rights, for it may be shared on
 * purpose, or hold more than ours. `null`: nothing.
 */
export function directoryCaution(directory: string): string | null {
  // Windows tells rights in another way.
  const rights = process.platform === "win32" ? 0 : statSync(directory).mode & 0o077;
  if (rights === 0) return null;
  const may = (rights & 0o022) === 0 ? "look into" : "put files into and take them out of";
  return `Other users of this machine may ${may} the data directory ${directory}, which holds patients' records. The files in it are shut to them; shut it too: chmod 700 ${directory}`;
}

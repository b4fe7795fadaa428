import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

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
  for (const each of missing) mkdirSync(each);
  if (!statSync(directory).isDirectory()) throw new Error("it is a file");
}

import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

/** Builds the client when it is missing or older than what it is made of. @returns where the built pages lie */
export async function buildClient(root: string): Promise<string> {
  const out = join(root, "client", "dist");
  const index = join(out, "index.html");
  if (!existsSync(index) || statSync(index).mtimeMs < newestSource(root)) {
    process.stdout.write("Building the pages …\n");
    await build({ root: join(root, "client"), logLevel: "warn" });
  }
  return out;
}

function newestSource(root: string): number {
  const sources = globSync(["package-lock.json", "client/**/*.{ts,tsx,css,html,svg,json}", "shared/**/*.ts"], {
    cwd: root,
    exclude: (name) => name === "node_modules" || name === "dist",
  });
  return Math.max(...sources.map((file) => statSync(join(root, file)).mtimeMs));
}

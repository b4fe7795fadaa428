/** The pages of the benchmark: the client as `npm start` builds it, and the bare page beside it, in a temporary directory. */
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { Workshop } from "./workshop.ts";

export interface Pages {
  readonly directory: string;
  /** What each script of the client is made of: file name → module ids. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

const barePage = {
  html: fileURLToPath(new URL("./bare-page/index.html", import.meta.url)),
  css: fileURLToPath(new URL("./bare-page/bare.css", import.meta.url)),
  script: fileURLToPath(new URL("./bare-page/bare.ts", import.meta.url)),
};
export const BARE_PATH = "/bare/index.html";

export async function buildPages(workshop: Workshop): Promise<Pages> {
  const directory = workshop.newDirectory("client");
  const client = fileURLToPath(new URL("../../client", import.meta.url));
  const built = await build({ root: client, logLevel: "error", build: { outDir: directory } });
  await buildBarePage(join(directory, "bare"));
  const modules = new Map<string, readonly string[]>();
  for (const output of Array.isArray(built) ? built : [built]) {
    if (!("output" in output)) continue;
    for (const file of output.output) if (file.type === "chunk") modules.set(file.fileName, file.moduleIds);
  }
  return { directory, modules };
}

async function buildBarePage(directory: string): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      outDir: directory,
      rolldownOptions: { input: barePage.script, output: { entryFileNames: "bare.js" } },
    },
  });
  for (const file of [barePage.html, barePage.css]) await copyFile(file, join(directory, basename(file)));
}

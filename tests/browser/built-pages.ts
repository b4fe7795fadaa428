/** Before any browser's test: the pages are built once, not by the first two files at the same time into one directory. */
import { fileURLToPath } from "node:url";
import { buildClient } from "../../build-client.ts";

export async function setup(): Promise<void> {
  // A test runner's own: with it the pages would be built for development, and stay so for whoever starts Vigil next.
  delete process.env.NODE_ENV;
  await buildClient(fileURLToPath(new URL("../..", import.meta.url)));
}

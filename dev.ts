/** `npm run dev`: the server restarts and the pages reload when their sources change. Pages: the address Vite prints. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));
const server = spawn(process.execPath, ["--watch", "--watch-preserve-output", "start.ts"], {
  cwd: root,
  stdio: "inherit",
});
const pages = await createServer({ root: `${root}client` });
await pages.listen();
pages.printUrls();

async function stop(): Promise<void> {
  server.kill("SIGTERM");
  await pages.close();
}
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
server.once("exit", () => void stop());

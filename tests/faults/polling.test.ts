/** Socket.io's other transport, which a browser uses behind a proxy that lets no websocket through. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io } from "socket.io-client";
import { expect, it, onTestFinished } from "vitest";
import { asBench } from "../badges.ts";
import { startChild } from "./child-server.ts";

it("survives a display that polls: takes it, or turns it away in a way that it understands", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "vigil-polling-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startChild(dataDir);
  const display = io(server.url, {
    transports: ["polling"],
    reconnection: false,
    forceNew: true,
    auth: { key: server.badges.key },
  });
  onTestFinished(() => void display.close());
  const taken = await new Promise<boolean>((resolve) => {
    display.once("connect", () => resolve(true));
    display.once("connect_error", () => resolve(false));
  });
  const answer: unknown = taken
    ? await display
        .timeout(20_000)
        .emitWithAck("time")
        .catch(() => null)
    : 0;
  const health = await fetch(`${server.url}/api/health`, { headers: asBench(server.badges) }).catch(() => null);
  expect(health?.status ?? "the server is dead").toBe(200);
  expect(answer).toBeTypeOf("number");
});

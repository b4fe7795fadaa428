import { once } from "node:events";
import { createServer } from "node:http";
import { actorSchema } from "@vigil/shared/session";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { problem } from "../api/index.ts";
import { newDoors, type Principal } from "../people/index.ts";
import { whatIfRoutes } from "./routes.ts";

const LINE = "x".repeat(1_000_000);
/** Far more than the system's own buffers and the server take together. */
const MOST_LINES = 500;

const asker: Principal = {
  kind: "person",
  session: {
    ...{ token: "t", actor: actorSchema.parse({ id: "sam", name: "Sam", role: "supervisor" }) },
    ...{ expiresAt: 1_000, idleAfterMs: 1_000, ownRules: false, activeAt: 0, ended: false },
  },
};

it("stops for who asked and does not read what is found", async () => {
  const ward = { baysOfBoard: () => [], baysOfSession: () => [] };
  const doors = newDoors({ now: () => 0, problem, principalOf: () => asker, ward });
  const told = Promise.withResolvers<number>();
  whatIfRoutes({
    ...{ routes: doors.routes, problem, closing: new AbortController().signal },
    desk: {
      isFull: false,
      async compare(_request, tell, signal) {
        let lines = 0;
        while (!signal.aborted && lines < MOST_LINES) {
          tell(LINE);
          lines += 1;
          await new Promise((resolve) => setImmediate(resolve));
        }
        told.resolve(lines);
      },
    },
  });
  const http = createServer(express().use(doors.router)).listen(0, "127.0.0.1");
  onTestFinished(() => void http.close());
  await once(http, "listening");
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}/api/what-if`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ after: { kind: "recorded" } }),
  });
  expect(response.status).toBe(200);
  expect(await told.promise).toBeLessThan(MOST_LINES);
  await expect(response.text()).rejects.toThrow();
});

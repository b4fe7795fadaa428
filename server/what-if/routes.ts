/** `POST /api/what-if`: see `whatIfRequestSchema`. NDJSON, streamed; 422 `malformed`; 429 `busy`. */
import { whatIfRequestSchema } from "@vigil/shared/wire";
import express from "express";
import type { problem } from "../api/index.ts";
import type { Routes } from "../people/index.ts";
import type { WhatIfDesk } from "./desk.ts";

/** Found and not yet taken by who asked: whoever does not read must not fill the memory. */
const MOST_WAITING_BYTES = 16_000_000;

export interface WhatIfRoutesOptions {
  readonly routes: Routes;
  readonly desk: Pick<WhatIfDesk, "compare" | "isFull">;
  /** The server is closing: nothing more is computed. */
  readonly closing: AbortSignal;
  readonly problem: typeof problem;
}

export function whatIfRoutes({ routes, desk, closing, problem }: WhatIfRoutesOptions): void {
  routes.post("/api/what-if", express.json({ limit: "1mb" }), async (request, response) => {
    const asked = whatIfRequestSchema.safeParse(request.body);
    if (!asked.success) {
      const [issue] = asked.error.issues;
      const place = issue?.path.join(".") ?? "";
      return problem(response, 422, "malformed", `${place === "" ? "" : `${place}: `}${issue?.message ?? "wrong"}`);
    }
    if (desk.isFull) {
      return problem(response, 429, "busy", "Too many comparisons wait already. Try again when some are done.");
    }
    const leaving = new AbortController();
    response.once("close", () => leaving.abort());
    response.type("application/x-ndjson").set("cache-control", "no-store").flushHeaders();
    const signal = AbortSignal.any([leaving.signal, closing]);
    const tell = (line: string) => {
      response.write(`${line}\n`);
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
    };
    await desk.compare(asked.data, tell, signal);
    response.end();
  });
}

/** `POST /api/what-if`: see `whatIfRequestSchema`. NDJSON, streamed; 422 `malformed`; 429 `busy`. */
import { whatIfRequestSchema } from "@vigil/shared/wire";
import express from "express";
import type { problem } from "../api/index.ts";
import type { Routes } from "../people/index.ts";
import type { WhatIfDesk } from "./desk.ts";

export interface WhatIfRoutesOptions {
  readonly routes: Routes;
  readonly desk: WhatIfDesk;
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
    await desk.compare(asked.data, (line) => void response.write(`${line}\n`), signal);
    response.end();
  });
}

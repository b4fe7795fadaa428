/** Readings over HTTP: `POST /api/readings`, one JSON object, a list, or NDJSON. */
import type { AtMs } from "@vigil/shared/ids";
import type { ReadingReply } from "@vigil/shared/wire";
import express, { type Router } from "express";
import type { Gate, Source } from "./gate.ts";
import { parseNdjson } from "./ndjson.ts";

/** How much one request may bring. */
const MOST_BODY = "1mb";

const STATUS: Readonly<Record<string, number>> = {
  malformed: 422,
  "out-of-range": 422,
  "clock-ahead": 422,
  "unknown-bay": 404,
  "too-fast": 429,
};

export interface ReadingRouteOptions {
  readonly gate: Gate;
  readonly now: () => AtMs;
  /** Answers with problem details (RFC 9457). */
  readonly problem: (
    response: express.Response,
    status: number,
    code: string,
    detail: string,
    more?: Readonly<Record<string, unknown>>,
  ) => void;
}

/** Sources that have been quiet this long are forgotten. */
const FORGET_AFTER_MS = 60_000;
const MOST_SOURCES = 1_000;

export function readingRoutes({ gate, now, problem }: ReadingRouteOptions): Router {
  const sources = new Map<string, { source: Source; usedAt: AtMs }>();
  const sourceOf = (address: string): Source => {
    const at = now();
    if (sources.size >= MOST_SOURCES) {
      for (const [name, { usedAt }] of sources) if (at - usedAt > FORGET_AFTER_MS) sources.delete(name);
    }
    const source = sources.get(address)?.source ?? gate.source(`http ${address}`);
    sources.set(address, { source, usedAt: at });
    return source;
  };
  const router = express.Router();
  router.post(
    "/api/readings",
    express.json({ limit: MOST_BODY, strict: true }),
    express.text({ limit: MOST_BODY, type: ["application/x-ndjson", "application/ndjson"] }),
    (request, response) => {
      if (request.body === undefined) {
        return problem(response, 415, "malformed", "Send application/json or application/x-ndjson.");
      }
      const body: unknown = typeof request.body === "string" ? parseNdjson(request.body) : request.body;
      const reply: ReadingReply = sourceOf(request.ip ?? "unknown").take(body);
      const [first] = reply.refused;
      if (first === undefined) return void response.json(reply);
      const detail = `Reading ${first.index}${first.field === null ? "" : `, ${first.field}`}: ${first.reason}`;
      problem(response, STATUS[first.code] ?? 422, first.code, detail, { ...reply });
    },
  );
  return router;
}

/** Readings over HTTP: `POST /api/readings`, one JSON object, a list, or NDJSON. */
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { ReadingReply } from "@vigil/shared/wire";
import express from "express";
import type { Asked, Routes } from "../people/index.ts";
import type { Gate, Source } from "./gate.ts";
import { parseNdjson } from "./ndjson.ts";

/** How much one request may bring. */
const MOST_BODY = "1mb";

const STATUS: Readonly<Record<string, number>> = {
  malformed: 422,
  "out-of-range": 422,
  "clock-ahead": 422,
  "unknown-bay": 404,
  forbidden: 403,
  "too-fast": 429,
};

/** Who sends: every device is a source of its own. */
export interface Sender {
  readonly id: string;
  /** The only bays it speaks for; `null`: every one. */
  readonly bays: ReadonlySet<BayId> | null;
}

export interface ReadingRouteOptions {
  readonly routes: Routes;
  /** `null`: nobody who sends readings. */
  readonly senderOf: (request: object) => Sender | null;
  readonly gate: Gate;
  /** From where a request comes, for the audit. */
  readonly fromOf: (request: Asked) => string;
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

export function readingRoutes({ routes, senderOf, gate, fromOf, now, problem }: ReadingRouteOptions): void {
  const sources = new Map<string, { source: Source; usedAt: AtMs }>();
  const sourceOf = ({ id, bays }: Sender, from: string): Source => {
    const at = now();
    if (sources.size >= MOST_SOURCES) {
      for (const [name, { usedAt }] of sources) if (at - usedAt > FORGET_AFTER_MS) sources.delete(name);
    }
    const source = sources.get(id)?.source ?? gate.source({ name: `http ${id}`, from }, bays);
    sources.set(id, { source, usedAt: at });
    return source;
  };
  routes.post(
    "/api/readings",
    express.json({ limit: MOST_BODY, strict: true }),
    express.text({ limit: MOST_BODY, type: ["application/x-ndjson", "application/ndjson"] }),
    (request, response) => {
      if (request.body === undefined) {
        return problem(response, 415, "malformed", "Send application/json or application/x-ndjson.");
      }
      const sender = senderOf(request);
      if (sender === null) return problem(response, 403, "forbidden", "Readings come from monitors.");
      const body: unknown = typeof request.body === "string" ? parseNdjson(request.body) : request.body;
      const reply: ReadingReply = sourceOf(sender, fromOf(request)).take(body);
      const [first] = reply.refused;
      if (first === undefined) return void response.json(reply);
      const detail = `Reading ${first.index}${first.field === null ? "" : `, ${first.field}`}: ${first.reason}`;
      problem(response, STATUS[first.code] ?? 422, first.code, detail, { ...reply });
    },
  );
}

/** Readings over HTTP: `POST /api/readings`, one JSON object, a list, or NDJSON. */
import type { BayId } from "@vigil/shared/ids";
import type { ReadingReply } from "@vigil/shared/wire";
import express from "express";
import type { Asked, Routes } from "../people/index.ts";
import type { Gate } from "./gate.ts";
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
  /** Answers with problem details (RFC 9457). */
  readonly problem: (
    response: express.Response,
    status: number,
    code: string,
    detail: string,
    more?: Readonly<Record<string, unknown>>,
  ) => void;
}

/** What a request brought, and for each reading where it stands in it. */
interface Brought {
  readonly readings: unknown;
  readonly lines: readonly number[] | null;
}

function broughtBy(body: unknown): Brought {
  if (typeof body !== "string") return { readings: body, lines: null };
  const values = parseNdjson(body);
  return { readings: values.map(({ value }) => value), lines: values.map(({ line }) => line) };
}

export function readingRoutes({ routes, senderOf, gate, fromOf, problem }: ReadingRouteOptions): void {
  /** Answers to bodies that could be read: their readings are counted one by one. */
  const read = new WeakSet<object>();
  routes.post(
    "/api/readings",
    (request, response, next) => {
      response.once("finish", () => {
        const sender = senderOf(request);
        if (sender === null || read.has(response) || response.statusCode < 400) return;
        const source = gate.source({ name: sender.id, from: fromOf(request) }, sender.bays);
        source.refuse(response.statusCode === 413 ? "too-large" : "malformed", detailOf(response));
      });
      next();
    },
    express.json({ limit: MOST_BODY, strict: true }),
    express.text({ limit: MOST_BODY, type: ["application/x-ndjson", "application/ndjson"] }),
    (request, response) => {
      if (request.body === undefined) {
        return problem(response, 415, "malformed", "Send application/json or application/x-ndjson.");
      }
      const sender = senderOf(request);
      if (sender === null) return problem(response, 403, "forbidden", "Readings come from monitors.");
      read.add(response);
      const { readings, lines } = broughtBy(request.body);
      const taken = gate.source({ name: sender.id, from: fromOf(request) }, sender.bays).take(readings);
      const refused = taken.refused.map((each) => ({ ...each, index: lines?.[each.index] ?? each.index }));
      const reply: ReadingReply = { ...taken, refused };
      const [first] = reply.refused;
      if (first === undefined) return void response.json(reply);
      const detail = `Reading ${first.index}${first.field === null ? "" : `, ${first.field}`}: ${first.reason}`;
      problem(response, STATUS[first.code] ?? 422, first.code, detail, { ...reply });
    },
  );
}

/** What `problem` answered. */
function detailOf({ locals, statusMessage }: express.Response): string {
  const told: unknown = locals.refused;
  return typeof told === "object" && told !== null && "detail" in told ? String(told.detail) : statusMessage;
}

/** The alarm log over HTTP (shared/wire/alerts.ts). Denied to nobody yet: roles come with people. */
import { once } from "node:events";
import type { AtMs } from "@vigil/shared/ids";
import {
  ALERT_MOST_COUNTED,
  type AlertFilter,
  type AlertMeasures,
  type AlertPage,
  type AlertStory,
  alertFilterSchema,
  alertMarkSchema,
  alertQuerySchema,
  measuresQuerySchema,
} from "@vigil/shared/wire";
import express, { type Request, type Response, type Router } from "express";
import type { ZodError } from "zod";
import type { problem } from "../api/index.ts";
import type { Told } from "../audit/index.ts";
import type { AlarmLogReader, NewMark, StoredBay } from "../journal/index.ts";
import { CSV_HEAD, csvLine, ndjsonLine, type TimeText } from "./csv.ts";
import { measure } from "./measure.ts";
import { placeIn, timeIn } from "./zone.ts";

export interface AlertRoutesOptions {
  readonly log: AlarmLogReader;
  readonly now: () => AtMs;
  readonly zone: string;
  readonly bays: () => readonly StoredBay[];
  readonly problem: typeof problem;
  /** @returns false when it could not be kept */
  readonly keepMark: (mark: NewMark, request: Request) => boolean;
  /** Puts what was exported into the audit. */
  readonly tell: (request: Request, told: Told) => void;
}

const EXPORTED_AT_ONCE = 500;

const FORMATS = {
  csv: { type: "text/csv; charset=utf-8", head: CSV_HEAD, line: csvLine },
  ndjson: { type: "application/x-ndjson", head: "", line: ndjsonLine },
} as const;

export function alertRoutes({ log, now, zone, bays, problem, keepMark, tell }: AlertRoutesOptions): Router {
  const router = express.Router();
  const json = express.json({ limit: "64kb" });
  const placeOf = placeIn(zone);
  const time: TimeText = timeIn(zone);
  const malformed = (response: Response, error: ZodError) => problem(response, 422, "malformed", sentences(error));

  router.get("/api/alerts", (request, response) => {
    const query = alertQuerySchema.safeParse(request.query);
    if (!query.success) return malformed(response, query.error);
    const { page, ...filter } = query.data;
    const at = now();
    const answer: AlertPage = {
      ...{ at, zone, page },
      alerts: log.find(filter, page, at),
      total: log.count(filter, at),
      nurses: log.nurses(),
      bays: bays(),
    };
    response.json(answer);
  });

  router.get("/api/alerts/measures", async (request, response) => {
    const query = measuresQuerySchema.safeParse(request.query);
    if (!query.success) return malformed(response, query.error);
    const { from, to } = query.data;
    const at = now();
    const earlier = { ...query.data, from: Math.max(0, from - (to - from)), to: from };
    const answer: AlertMeasures = {
      zone,
      now: await measure(log, query.data, at, placeOf),
      before: await measure(log, earlier, at, placeOf),
    };
    response.json(answer);
  });

  for (const format of ["csv", "ndjson"] as const) {
    router.get(`/api/alerts.${format}`, async (request, response) => {
      const query = alertFilterSchema.safeParse(request.query);
      if (!query.success) return malformed(response, query.error);
      tell(request, { action: "export-alarms", subject: null, detail: { format, ...query.data } });
      await exportAll(response, query.data, format);
    });
  }

  /** Page after page, each when the one before has gone: a million rows take no more memory than one page. */
  async function exportAll(response: Response, filter: AlertFilter, format: keyof typeof FORMATS): Promise<void> {
    const { type, head, line } = FORMATS[format];
    const at = now();
    response.set("content-type", type);
    response.attachment(`alarms-${time(at).slice(0, 10)}.${format}`);
    // So that whoever reads can tell how far it is.
    const total = log.count(filter, at);
    if (total < ALERT_MOST_COUNTED) response.set("x-total-rows", String(total));
    response.write(head);
    let after: { at: AtMs; id: number } | null = null;
    while (!response.destroyed) {
      const page = log.pageAfter(filter, after, EXPORTED_AT_ONCE, at);
      const last = page.at(-1);
      if (last === undefined) break;
      after = { at: last.raisedAt, id: last.id };
      const taken = response.write(page.map((alert) => line(alert, time)).join(""));
      if (!taken) await Promise.race([once(response, "drain"), once(response, "close")]);
      else await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  }

  router.get("/api/alerts/:id", (request, response) => {
    const story = storyOf(request.params.id);
    if (story === null) return problem(response, 404, "unknown-alert", "There is no such alarm in the log.");
    response.json(story);
  });

  router.post("/api/alerts/:id/mark", json, (request, response) => {
    const body = alertMarkSchema.safeParse(request.body);
    if (!body.success) return malformed(response, body.error);
    const id = request.params.id ?? "";
    if (storyOf(id) === null) return problem(response, 404, "unknown-alert", "There is no such alarm in the log.");
    const { by, actionable, why } = body.data;
    if (!keepMark({ episode: Number(id), at: now(), by, actionable, why: why ?? null }, request)) {
      return problem(
        response,
        503,
        "journal-failed",
        "The server could not keep the mark. Tell who looks after the server.",
      );
    }
    response.json(storyOf(id));
  });

  function storyOf(id: string): AlertStory | null {
    const story = /^\d{1,15}$/.test(id) ? log.story(Number(id), now()) : null;
    return story === null ? null : { zone, ...story };
  }
  return router;
}

const sentences = (error: ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");

/** The alarm log over HTTP (shared/wire/alerts.ts). */
import { pipeline } from "node:stream/promises";
import { localDateOf } from "@vigil/shared/course";
import type { AtMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import {
  type AlertFilter,
  type AlertMeasures,
  type AlertPage,
  type AlertQuery,
  type AlertStory,
  alertExportQuerySchema,
  alertMarkSchema,
  alertQuerySchema,
  type MeasuresScope,
  measuresQuerySchema,
  printedReportSchema,
  SHIFT_MOST_MS,
  type ShiftReport,
  shiftQuerySchema,
} from "@vigil/shared/wire";
import express, { type Request, type Response } from "express";
import type { ZodError } from "zod";
import type { AlarmLogDesk, ExportFormat } from "../alarm-log/index.ts";
import type { problem } from "../api/index.ts";
import type { Told } from "../audit/index.ts";
import type { NewMark, StoredBay } from "../journal/index.ts";
import type { Asked, Routes } from "../people/index.ts";
import { Exports } from "./exports.ts";
import { noSuchTime, periodBefore, scopeIn } from "./period.ts";

export interface AlertRoutesOptions {
  readonly routes: Routes;
  /** Who asks; `null`: no person. */
  readonly actorOf: (request: object) => Actor | null;
  readonly log: Pick<AlarmLogDesk, "ask">;
  readonly now: () => AtMs;
  readonly zone: string;
  readonly bays: () => readonly StoredBay[];
  readonly problem: typeof problem;
  /** @returns false when it could not be kept */
  readonly keepMark: (mark: NewMark, request: Asked) => boolean;
  /** Puts what was exported into the audit. */
  readonly tell: (request: Asked, told: Told) => void;
  /** Whether the log could not be asked: what it failed with. */
  readonly isLogFailure: (error: unknown) => boolean;
}

const TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" } as const;

export function alertRoutes({
  routes,
  actorOf,
  log,
  now,
  zone,
  bays,
  problem,
  keepMark,
  tell,
  isLogFailure,
}: AlertRoutesOptions): void {
  const json = express.json({ limit: "64kb" });
  const exports = new Exports();
  const malformed = (response: Response, error: ZodError) => problem(response, 422, "malformed", sentences(error));
  const unknown = (response: Response) => problem(response, 404, "unknown-alert", "There is no such alarm in the log.");

  /** What the log cannot answer is said as that; anything else is this program's own mistake. */
  const asking =
    <P>(handler: (request: Request<P>, response: Response) => Promise<unknown>) =>
    async (request: Request<P>, response: Response): Promise<void> => {
      try {
        await handler(request, response);
      } catch (error) {
        if (!isLogFailure(error)) throw error;
        if (response.headersSent) response.destroy();
        else problem(response, 503, "log-failed", "The alarm log gave no answer. Try again in a moment.");
      }
    };

  /** The question with its times as instants; refused where the clinic has no such time. */
  function timed<Q extends { readonly from?: string | number | undefined; readonly to?: string | number | undefined }>(
    response: Response,
    query: Q,
  ) {
    const scope = scopeIn(zone, query);
    if (scope === null) problem(response, 422, "malformed", noSuchTime(query));
    return scope;
  }

  const filterOf = (response: Response, query: AlertQuery): AlertFilter | null => timed(response, query);

  routes.get(
    "/api/alerts",
    asking(async (request, response) => {
      const query = alertQuerySchema.safeParse(request.query);
      if (!query.success) return malformed(response, query.error);
      const { page, ...asked } = query.data;
      const filter = filterOf(response, asked);
      if (filter === null) return;
      const at = now();
      const [found, { nurses }] = await Promise.all([log.ask("page", filter, page, at), log.ask("names")]);
      response.json({ at, zone, page, ...found, nurses, bays: bays() } satisfies AlertPage);
    }),
  );

  routes.get(
    "/api/alerts/measures",
    asking(async (request, response) => {
      const query = measuresQuerySchema.safeParse(request.query);
      if (!query.success) return malformed(response, query.error);
      const scope: MeasuresScope | null = timed(response, query.data);
      if (scope === null) return;
      if (scope.from >= scope.to) return problem(response, 422, "malformed", "from must be before to.");
      const at = now();
      const [ofNow, before, names] = await Promise.all([
        log.ask("measures", scope, at),
        log.ask("measures", { ...scope, ...periodBefore(zone, query.data, scope) }, at),
        log.ask("names"),
      ]);
      response.json({ zone, now: ofNow, before, ...names, bays: bays() } satisfies AlertMeasures);
    }),
  );

  routes.get(
    "/api/alerts/shift",
    asking(async (request, response) => {
      const query = shiftQuerySchema.safeParse(request.query);
      if (!query.success) return malformed(response, query.error);
      const { from, to } = timed(response, query.data) ?? { from: null, to: null };
      if (from === null) return;
      if (from >= to || to - from > SHIFT_MOST_MS) {
        return problem(response, 422, "malformed", "A shift begins before it ends, and within 48 hours.");
      }
      response.json({ zone, ...(await log.ask("shift", { from, to }, now())) } satisfies ShiftReport);
    }),
  );

  for (const format of ["csv", "ndjson"] as const) {
    routes.get(
      `/api/alerts.${format}`,
      asking(async (request, response) => {
        const query = alertExportQuerySchema.safeParse(request.query);
        if (!query.success) return malformed(response, query.error);
        const { export: name, ...asked } = query.data;
        const filter = filterOf(response, asked);
        if (filter === null) return;
        const isRun = await exports.run(actorOf(request)?.id ?? "", async () => {
          tell(request, { action: "export-alarms", subject: null, detail: { format, ...asked } });
          await exportAll(response, filter, format, name ?? null);
        });
        if (!isRun) problem(response, 429, "busy", "Your other exports are still running. Wait until one is done.");
      }),
    );
  }

  /** Part after part, each when the one before has gone: a million rows take no more memory than one part. */
  async function exportAll(
    response: Response,
    filter: AlertFilter,
    format: ExportFormat,
    name: string | null,
  ): Promise<void> {
    const at = now();
    const total = await log.ask("count", filter, at);
    const progress = exports.begin(name, total);
    response.set("x-total-rows", String(total));
    response.set("content-type", TYPES[format]);
    response.attachment(`alarms-${localDateOf(at, zone)}.${format}`);
    async function* parts() {
      let part = await log.ask("exportPart", format, filter, null, at);
      for (;;) {
        yield part.text;
        progress.sent(part.rows);
        if (part.upTo === null) return;
        part = await log.ask("exportPart", format, filter, part.upTo, at);
      }
    }
    try {
      await pipeline(parts, response);
      progress.end("done");
    } catch (error) {
      progress.end("failed");
      // Who asked has gone, and with them whoever could be told.
      if (!response.destroyed || isLogFailure(error)) throw error;
    }
  }

  routes.post("/api/reports/printed", json, (request, response) => {
    const body = printedReportSchema.safeParse(request.body);
    if (!body.success) return malformed(response, body.error);
    const { report, ...of } = body.data;
    const isSession = "session" in of;
    const subject = isSession ? `session ${of.session}` : null;
    tell(request, { action: `print-${report}-report`, subject, detail: isSession ? {} : of });
    response.status(204).end();
  });

  routes.get("/api/alerts/exports/:id", (request, response) => {
    const found = exports.find(request.params.id);
    if (found === null) return problem(response, 404, "unknown-export", "No export of this name is known.");
    response.json(found);
  });

  routes.get(
    "/api/alerts/:id",
    asking(async (request, response) => {
      const story = await storyOf(request.params.id);
      if (story === null) return unknown(response);
      response.json(story);
    }),
  );

  routes.post(
    "/api/alerts/:id/mark",
    json,
    asking(async (request, response) => {
      const body = alertMarkSchema.safeParse(request.body);
      if (!body.success) return malformed(response, body.error);
      const { id } = request.params;
      if ((await storyOf(id)) === null) return unknown(response);
      const by = actorOf(request);
      if (by === null) return problem(response, 403, "forbidden", "Only a person judges an alarm.");
      const { actionable, why } = body.data;
      if (!keepMark({ episode: Number(id), at: now(), by, actionable, why: why ?? null }, request)) {
        return problem(
          response,
          503,
          "journal-failed",
          "The server could not keep the mark. Tell who looks after the server.",
        );
      }
      response.json(await storyOf(id));
    }),
  );

  async function storyOf(id: string | string[] | undefined): Promise<AlertStory | null> {
    const story = /^\d{1,15}$/.test(String(id)) ? await log.ask("story", Number(id), now()) : null;
    return story === null ? null : { zone, ...story };
  }
}

const sentences = (error: ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");

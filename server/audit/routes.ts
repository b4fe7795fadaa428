/** The audit over HTTP (shared/wire/audit.ts). */
import { once } from "node:events";
import type { AtMs } from "@vigil/shared/ids";
import { type AuditFilter, type AuditPage, auditFilterSchema, auditQuerySchema } from "@vigil/shared/wire";
import type { Response } from "express";
import type { ZodError } from "zod";
import type { problem } from "../api/index.ts";
import type { AuditReader } from "../journal/index.ts";
import type { Asked, Routes } from "../people/index.ts";
import type { Told } from "./entries.ts";
import { AUDIT_CSV_HEAD, auditCsvLine, auditLine, auditNdjsonLine, type TimeText } from "./lines.ts";
import type { Verifier } from "./verification.ts";

export interface AuditRoutesOptions {
  readonly routes: Routes;
  readonly audit: AuditReader;
  readonly verifier: Verifier;
  readonly now: () => AtMs;
  readonly zone: string;
  readonly time: TimeText;
  readonly problem: typeof problem;
  /** Puts what was done on a request into the audit. */
  readonly tell: (request: Asked, told: Told) => void;
}

const EXPORTED_AT_ONCE = 500;

export function auditRoutes({ routes, audit, verifier, now, zone, time, problem, tell }: AuditRoutesOptions): void {
  const malformed = (response: Response, error: ZodError) => problem(response, 422, "malformed", sentences(error));

  routes.get("/api/audit", (request, response) => {
    const query = auditQuerySchema.safeParse(request.query);
    if (!query.success) return malformed(response, query.error);
    const { page, ...filter } = query.data;
    const answer: AuditPage = {
      ...{ at: now(), zone, page },
      total: audit.count(filter),
      entries: audit.page(filter, page).map(auditLine),
      people: audit.people(),
      actions: audit.actions(),
    };
    response.json(answer);
  });

  routes.get("/api/audit/verification", async (_request, response) => {
    response.json(await verifier.verify());
  });

  for (const format of ["csv", "ndjson"] as const) {
    routes.get(`/api/audit.${format}`, async (request, response) => {
      const query = auditFilterSchema.safeParse(request.query);
      if (!query.success) return malformed(response, query.error);
      const filter = definedOf(query.data);
      tell(request, { action: "export-audit", subject: null, detail: { format, ...filter } });
      await exportAll(response, filter, format);
    });
  }

  async function exportAll(response: Response, filter: AuditFilter, format: "csv" | "ndjson"): Promise<void> {
    response.set("content-type", format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson");
    response.attachment(`audit-${time(now()).slice(0, 10)}.${format}`);
    response.write(format === "csv" ? AUDIT_CSV_HEAD : "");
    let seq = 0;
    while (!response.destroyed) {
      const rows = audit.after(seq, EXPORTED_AT_ONCE, filter);
      const last = rows.at(-1);
      if (last === undefined) break;
      seq = last.seq;
      const taken = response.write(
        rows.map((row) => (format === "csv" ? auditCsvLine(row, time) : auditNdjsonLine(row))).join(""),
      );
      if (!taken) await Promise.race([once(response, "drain"), once(response, "close")]);
      else await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  }
}

const definedOf = <T extends object>(filter: T): T => JSON.parse(JSON.stringify(filter));

const sentences = (error: ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "query"}: ${issue.message}`).join("; ");

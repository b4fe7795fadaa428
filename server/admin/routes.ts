/** Administration over HTTP (shared/wire/admin.ts). */

import type { AtMs } from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import { type AdminView, adminActRequestSchema, type ClinicView, type BackupsView as Shown } from "@vigil/shared/wire";
import express, { type Response } from "express";
import type { ZodError } from "zod";
import type { problem } from "../api/index.ts";
import type { Told } from "../audit/index.ts";
import type { Asked, Routes } from "../people/index.ts";
import type { AdminDesk, AdminReply } from "./admin-desk.ts";
import type { Backups } from "./backups.ts";

export interface AdminRoutesOptions {
  readonly routes: Routes;
  /** Who asks; `null`: no person. */
  readonly actorOf: (request: object) => Actor | null;
  readonly desk: Pick<AdminDesk, "act" | "state" | "protocolsInUse">;
  readonly backups: Pick<Backups, "view" | "begin" | "pathOf">;
  readonly view: () => AdminView;
  readonly now: () => AtMs;
  /** The clinic's own. */
  readonly zone: string;
  readonly fromOf: (request: Asked) => string;
  readonly problem: typeof problem;
  /** Puts what was taken into the audit. */
  readonly tell: (request: Asked, told: Told) => void;
}

type Refused = Extract<AdminReply, { ok: false }>["refused"];
const STATUS: { readonly [R in Refused]?: number } = {
  "not-allowed": 403,
  "same-person": 403,
  "unknown-bay": 404,
  "unknown-version": 404,
  "journal-failed": 503,
};

export function adminRoutes(options: AdminRoutesOptions): void {
  const { routes, actorOf, desk, backups, view, now, zone, fromOf, problem, tell } = options;
  const json = express.json({ limit: "256kb" });
  const malformed = (response: Response, error: ZodError) => problem(response, 422, "malformed", sentences(error));

  routes.get("/api/admin", (_request, response) => void response.json(view()));

  routes.get("/api/clinic", (_request, response) => {
    const clinic: ClinicView = { at: now(), zone, targets: desk.state.targets, protocols: desk.protocolsInUse };
    response.json(clinic);
  });

  routes.post("/api/admin/acts", json, (request, response) => {
    const body = adminActRequestSchema.safeParse(request.body);
    if (!body.success) return malformed(response, body.error);
    const by = actorOf(request);
    if (by === null) return problem(response, 403, "forbidden", "Only a person administers.");
    const reply = desk.act({ ...body.data, by }, fromOf(request));
    if (reply.ok) return void response.json(view());
    problem(response, STATUS[reply.refused] ?? 409, reply.refused, reply.reason);
  });

  routes.get("/api/admin/backups", (_request, response) => {
    const shown: Shown = backups.view;
    response.json(shown);
  });

  routes.post("/api/admin/backups", (request, response) => {
    const by = actorOf(request);
    if (by === null) return problem(response, 403, "forbidden", "Only a person administers.");
    if (!backups.begin({ actor: by, from: fromOf(request) })) {
      return problem(response, 409, "running", "A backup is being taken already. Wait until it is done.");
    }
    response.status(202).json(backups.view);
  });

  routes.get("/api/admin/backups/:file", (request, response) => {
    const { file } = request.params;
    const path = backups.pathOf(file);
    if (path === null) return problem(response, 404, "unknown-backup", "There is no such backup.");
    tell(request, { action: "download-backup", subject: `backup ${file}` });
    response.download(path, file);
  });
}

const sentences = (error: ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");

/** The HTTP routes beside readings: what the ward is like now, commands, boards, health. */

import type { ProtocolInUse } from "@vigil/shared/administration";
import type { Bay, SessionView } from "@vigil/shared/bay";
import { boardRow } from "@vigil/shared/board";
import { addDays, startOfDay } from "@vigil/shared/course";
import {
  type AtMs,
  type BayId,
  type BoardId,
  bayIdSchema,
  boardIdSchema,
  type SessionId,
  sessionIdSchema,
} from "@vigil/shared/ids";
import type { Actor } from "@vigil/shared/session";
import {
  type Board,
  type CommandReply,
  type CommandRequest,
  commandRequestSchema,
  type SessionList,
  type SessionReadings,
  sessionListQuerySchema,
  sessionReadingsQuerySchema,
} from "@vigil/shared/wire";
import express from "express";
import * as z from "zod";
import type { ListedSession, SessionQuery } from "../journal/index.ts";
import type { Asked, Routes } from "../people/index.ts";
import { bayDetail } from "./bay-detail.ts";
import { problem } from "./problem.ts";

export interface ApiOptions {
  readonly routes: Routes;
  /** Who does what this body asks for, or why nobody may. */
  readonly actorFor: (request: object, body: unknown) => Actor | { readonly code: string; readonly reason: string };
  /** Whether more of a patient than initials may be told. */
  readonly maySeePatients: (request: object) => boolean;
  readonly now: () => AtMs;
  /** The clinic's own zone (IANA). */
  readonly zone: string;
  readonly bays: () => readonly { readonly name: string; readonly bay: Bay }[];
  /** The bay with the session that last ended there, also when that was before the server's start. */
  readonly withLastSession: (bay: Bay) => Bay;
  /** Under which a session can be opened, the one for whoever does not choose first. */
  readonly protocols: () => readonly ProtocolInUse[];
  readonly sessions: (query: SessionQuery) => readonly ListedSession[];
  /** A session from the journal alone; `null` when there is no such session. */
  readonly sessionView: (id: SessionId) => SessionView | null;
  /** Those that whoever asks may be shown. */
  readonly boards: (request: object) => readonly Board[];
  /** The same for a bay. */
  readonly seesBay: (request: object, bay: BayId) => boolean;
  /** @returns what is wrong with it; `null` when it is kept */
  readonly saveBoard: (
    board: { id: BoardId; name: string; bays: readonly BayId[] },
    request: Asked,
  ) => BoardRefusal | null;
  readonly command: (command: CommandRequest, by: Actor, request: Asked) => CommandReply;
  /** A session as a chart; `null` when there is none of this id. */
  readonly sessionReadings: (id: SessionId, window: ReadingsWindow) => Promise<SessionReadings | null>;
  readonly health: () => Health;
}

export type ReadingsWindow = z.infer<typeof sessionReadingsQuerySchema>;

export interface Health {
  /** `failing`: the journal cannot be written; readings are shown, nothing is kept. */
  readonly status: "ok" | "failing";
  readonly startedAt: AtMs;
  readonly bays: number;
  readonly openSessions: number;
  readonly displays: number;
  /** How many of them say that alarms are not heard there: nobody has armed the sound, or it ought to sound and cannot. */
  readonly unheard: { readonly off: number; readonly blocked: number };
  readonly journal: { readonly lastSeq: number; readonly pending: number; readonly failing: boolean };
  readonly readings: { readonly accepted: number; readonly refused: Readonly<Record<string, number>> };
  /** Bays whose replay at the start decided otherwise than the journal tells. */
  readonly diverged: number;
}

export interface BoardRefusal {
  readonly code: "unknown-bay" | "not-yours" | "journal-failed";
  readonly reason: string;
}

const boardBodySchema = z.object({
  name: z.string().trim().min(1).max(80),
  bays: z
    .array(bayIdSchema)
    .min(1)
    .max(64)
    .refine((bays) => new Set(bays).size === bays.length, "a bay stands on a board once"),
});

const COMMAND_STATUS: Readonly<Record<string, number>> = {
  "unknown-bay": 404,
  "journal-failed": 503,
  forbidden: 403,
  malformed: 422,
};

export function apiRoutes(options: ApiOptions): void {
  const { routes } = options;
  const json = express.json({ limit: "64kb" });
  routes.get("/api/health", (_request, response) => {
    const health = options.health();
    response.status(health.status === "ok" ? 200 : 503).json(health);
  });
  routes.get("/api/bays", (request, response) => {
    const seen = options.bays().filter(({ bay }) => options.seesBay(request, bay.id));
    response.json({
      at: options.now(),
      bays: seen.map(({ name, bay }) => ({ id: bay.id, name, row: boardRow(bay) })),
    });
  });
  routes.get("/api/bays/:bay", (request, response) => {
    const found = options.bays().find(({ bay }) => bay.id === request.params.bay);
    if (found === undefined) return problem(response, 404, "unknown-bay", "There is no such bay.");
    const bay = options.withLastSession(found.bay);
    const detail = bayDetail({ ...found, bay }, options.zone, options.protocols(), options.now());
    response.json(options.maySeePatients(request) ? detail : { ...detail, session: null });
  });
  routes.post("/api/bays/:bay/commands", json, (request, response) => {
    const body: unknown = request.body;
    const parsed = commandRequestSchema.safeParse({
      ...(typeof body === "object" ? body : {}),
      bay: request.params.bay,
    });
    if (!parsed.success) return problem(response, 422, "malformed", sentences(parsed.error));
    const by = options.actorFor(request, { ...(typeof body === "object" ? body : {}), bay: parsed.data.bay });
    if ("code" in by) return problem(response, 403, by.code, by.reason);
    const reply = options.command(parsed.data, by, request);
    if (reply.ok) return void response.json(reply);
    problem(response, COMMAND_STATUS[reply.refused] ?? 409, reply.refused, reply.reason);
  });
  routes.get("/api/sessions/:session/readings", async (request, response) => {
    const id = sessionIdSchema.safeParse(request.params.session);
    const window = sessionReadingsQuerySchema.safeParse(request.query);
    if (!window.success) return problem(response, 422, "malformed", sentences(window.error));
    const readings = id.success ? await options.sessionReadings(id.data, window.data) : null;
    if (readings === null) return problem(response, 404, "unknown-session", "There is no such session.");
    response.json(readings);
  });
  routes.get("/api/sessions", (request, response) => {
    const query = sessionListQuerySchema.safeParse(request.query);
    if (!query.success) return problem(response, 422, "malformed", sentences(query.error));
    const { limit, day, ...wanted } = query.data;
    const { zone } = options;
    const within = day === undefined ? {} : { from: startOfDay(day, zone), until: startOfDay(addDays(day, 1), zone) };
    // One more than asked for tells whether there are more.
    const found = options.sessions({ ...wanted, ...within, limit: limit + 1 });
    const page = found.slice(0, limit);
    const list: SessionList = {
      zone,
      at: options.now(),
      bays: options.bays().map(({ name, bay }) => ({ id: bay.id, name })),
      sessions: page.map(({ cursor: _cursor, ...session }) => session),
      next: found.length > limit ? (page.at(-1)?.cursor ?? null) : null,
    };
    response.json(list);
  });
  routes.get("/api/sessions/:id", (request, response) => {
    const id = sessionIdSchema.safeParse(request.params.id);
    const view = id.success ? options.sessionView(id.data) : null;
    if (view === null) return problem(response, 404, "unknown-session", "There is no such session.");
    response.json(view);
  });
  routes.get("/api/boards", (request, response) => {
    response.json(options.boards(request).map(({ id, name }) => ({ id, name })));
  });
  routes.put("/api/boards/:board", json, (request, response) => {
    const id = boardIdSchema.safeParse(request.params.board);
    const parsed = boardBodySchema.safeParse(request.body);
    if (!id.success) return problem(response, 422, "malformed", sentences(id.error));
    if (!parsed.success) return problem(response, 422, "malformed", sentences(parsed.error));
    const refused = options.saveBoard({ id: id.data, ...parsed.data }, request);
    if (refused !== null) {
      return problem(response, refused.code === "journal-failed" ? 503 : 422, refused.code, refused.reason);
    }
    response.status(204).end();
  });
  routes.all("/api/{*rest}", (_request, response) =>
    problem(response, 404, "not-found", "There is nothing at this address."),
  );
}

const sentences = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");

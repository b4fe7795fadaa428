/** Courses over HTTP. */
import { type RecordNumber, recordNumberSchema } from "@vigil/shared/course";
import type { Actor } from "@vigil/shared/session";
import { type CourseActReply, courseActRequestSchema } from "@vigil/shared/wire";
import express, { type Response } from "express";
import type { ZodError } from "zod";
import type { problem } from "../api/index.ts";
import type { Asked, Routes } from "../people/index.ts";
import type { CourseDesk } from "./course-desk.ts";

export interface CourseRoutesOptions {
  readonly routes: Routes;
  /** Who asks; `null`: no person. */
  readonly actorOf: (request: object) => Actor | null;
  readonly desk: Pick<CourseDesk, "list" | "detail" | "act">;
  /** Where it came from, for the audit. */
  readonly fromOf: (request: Asked) => string;
  readonly problem: typeof problem;
}

type Refused = Extract<CourseActReply, { ok: false }>["refused"];

const STATUS: { readonly [R in Refused]: number } = {
  "out-of-range": 422,
  "no-such-time": 422,
  "in-the-future": 422,
  "in-the-past": 422,
  "unknown-bay": 422,
  "unknown-score": 404,
  "unknown-booking": 404,
  "already-booked": 409,
  "bay-taken": 409,
  "already-done": 409,
  "id-taken": 409,
  closed: 409,
  "journal-failed": 503,
};

export function courseRoutes({ routes, actorOf, desk, fromOf, problem }: CourseRoutesOptions): void {
  const json = express.json({ limit: "64kb" });

  routes.get("/api/courses", (_request, response) => void response.json(desk.list()));

  routes.get("/api/courses/:recordNumber", (request, response) => {
    const recordNumber = recordNumberOf(request.params.recordNumber, response);
    if (recordNumber !== null) response.json(desk.detail(recordNumber));
  });

  routes.post("/api/courses/:recordNumber/acts", json, (request, response) => {
    const recordNumber = recordNumberOf(request.params.recordNumber, response);
    if (recordNumber === null) return;
    const parsed = courseActRequestSchema.safeParse(request.body);
    if (!parsed.success) return problem(response, 422, "malformed", sentences(parsed.error));
    const by = actorOf(request);
    if (by === null) return problem(response, 403, "forbidden", "Only a person enters into a course.");
    const reply = desk.act(recordNumber, { ...parsed.data, by }, fromOf(request));
    if (reply.ok) return void response.json(reply);
    problem(response, STATUS[reply.refused], reply.refused, reply.reason);
  });

  function recordNumberOf(text: unknown, response: Response): RecordNumber | null {
    const parsed = recordNumberSchema.safeParse(text);
    if (parsed.success) return parsed.data;
    problem(response, 422, "malformed", "A record number has 1 to 40 characters.");
    return null;
  }
}

const sentences = (error: ZodError): string =>
  error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");

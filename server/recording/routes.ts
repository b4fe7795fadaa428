/**
 * `GET /api/sessions/:id/inputs` and `GET /api/bays/:bay/recording?from&to&follow`: a feed (application/x-ndjson), streamed.
 *
 * `from`, `to`: ms since the epoch or ISO 8601. `from` left out: now. A `to` that is still to come, or `follow`: the answer
 * goes on as readings come. 404 `unknown-session`, `unknown-bay`; 410 `readings-thinned`; 422 `malformed`.
 */
import { once } from "node:events";
import { type AtMs, type BayId, bayIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import type { Response } from "express";
import * as z from "zod";
import type { problem } from "../api/index.ts";
import type { Told } from "../audit/index.ts";
import type { Asked, Routes } from "../people/index.ts";
import type { Recording, Recordings } from "./recordings.ts";

export interface RecordingRoutesOptions {
  readonly routes: Routes;
  readonly recordings: Recordings;
  readonly hasBay: (id: BayId) => boolean;
  readonly now: () => AtMs;
  readonly problem: typeof problem;
  /** Puts what was read into the audit. */
  readonly tell: (request: Asked, told: Told) => void;
}

const THINNED =
  "Readings were thinned: those of that time are kept as the lowest, median and highest value of each minute. They would not lead to the same decisions, so they are not replayed. Chart, alarms and acts are kept as they were.";

const instant = z
  .union([
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    z.coerce.number("must be ms since the epoch, or ISO 8601 with zone").int().min(0).max(8.64e15),
  ])
  .optional();
const windowSchema = z
  .object({ from: instant, to: instant, follow: z.enum(["0", "1"]).optional() })
  .refine(({ from = 0, to = Number.POSITIVE_INFINITY }) => from < to, "from must be before to");

export function recordingRoutes({ routes, recordings, hasBay, now, problem, tell }: RecordingRoutesOptions): void {
  routes.get("/api/sessions/:id/inputs", async (request, response) => {
    const id = sessionIdSchema.safeParse(request.params.id);
    const recording = id.success ? recordings.ofSession(id.data) : null;
    if (recording === null) return problem(response, 404, "unknown-session", "There is no such session.");
    if (recordings.isThinned(recording)) return problem(response, 410, "readings-thinned", THINNED);
    tell(request, { action: "read-recording", subject: `session ${request.params.id}` });
    await send(response, recording, recordings);
  });
  routes.get("/api/bays/:bay/recording", async (request, response) => {
    const bay = bayIdSchema.safeParse(request.params.bay);
    if (!bay.success || !hasBay(bay.data)) return problem(response, 404, "unknown-bay", "There is no such bay.");
    const window = windowSchema.safeParse(request.query);
    if (!window.success) {
      const [issue] = window.error.issues;
      const place = issue?.path.join(".") ?? "";
      return problem(response, 422, "malformed", `${place === "" ? "" : `${place}: `}${issue?.message ?? "wrong"}`);
    }
    const { from = now(), to = null, follow } = window.data;
    const goesOn = follow === "1" || (to !== null && to > now());
    const recording = recordings.ofBay(bay.data, from, to, goesOn);
    if (recordings.isThinned(recording)) return problem(response, 410, "readings-thinned", THINNED);
    const subject = `bay ${bay.data}`;
    tell(request, { action: "read-recording", subject, detail: { from, to, follow: goesOn } });
    await send(response, recording, recordings);
  });
}

async function send(response: Response, recording: Recording, recordings: Recordings): Promise<void> {
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  response.type("application/x-ndjson").set("cache-control", "no-store");
  try {
    for await (const text of recordings.texts(recording, leaving.signal)) {
      if (response.write(text)) continue;
      await once(response, "drain", { signal: leaving.signal });
    }
    response.end();
  } catch (error) {
    // Who asked has gone.
    if (!leaving.signal.aborted) throw error;
  }
}

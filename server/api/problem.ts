/** Problem details (RFC 9457): every refusal over HTTP says what happened and what to do, with a code to act on. */
import { STATUS_CODES } from "node:http";
import type { ErrorRequestHandler, Response } from "express";

export function problem(
  response: Response,
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  // For the audit, which is told of every refusal.
  response.locals.refused = { code, detail };
  response
    .status(status)
    .type("application/problem+json")
    .send(
      JSON.stringify({ type: "about:blank", title: STATUS_CODES[status] ?? "Problem", status, code, detail, ...more }),
    );
}

/** What body parsers and routes throw. Our own faults are told to the log, not to the sender. */
export function problemHandler(onProblem: (sentence: string, error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, type, limit } = httpErrorOf(error);
    if (type === "entity.too.large")
      return problem(response, 413, "too-large", `The body is larger than ${sizeText(limit)}. Send less at once.`);
    if (type === "entity.parse.failed") return problem(response, 400, "malformed", "The body is not JSON.");
    if (status >= 400 && status < 500) return problem(response, status, "malformed", "The request cannot be read.");
    onProblem("a request failed", error);
    problem(response, 500, "internal", "The server failed on this request. It is in the server's log.");
  };
}

/** As body parsers count: 1 kB is 1,024 bytes. */
function sizeText(bytes: number | null): string {
  if (bytes === null) return "the server takes here";
  return bytes >= 1_048_576 ? `${bytes / 1_048_576} MB` : `${bytes / 1_024} kB`;
}

/** `limit`: of a body that is too large, how large it may be, in bytes. */
function httpErrorOf(error: unknown): { status: number; type: string; limit: number | null } {
  const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500;
  const type = typeof error === "object" && error !== null && "type" in error ? String(error.type) : "";
  const limit = typeof error === "object" && error !== null && "limit" in error ? Number(error.limit) : Number.NaN;
  return { status: Number.isInteger(status) ? status : 500, type, limit: Number.isFinite(limit) ? limit : null };
}

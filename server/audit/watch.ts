/** What is refused over HTTP comes into the audit, whichever route refused it. */
import type { Request, RequestHandler, Response } from "express";
import type { Asker } from "./entries.ts";
import type { Refusals } from "./refusals.ts";

export interface WatchOptions {
  readonly refusals: Refusals;
  readonly askerOf: (request: Request) => Asker;
}

/** Looking in vain is no refusal; wanting to see or change what one may not is. */
const FORBIDDEN = [401, 403, 429];
/** Readings are counted where they come in. */
const READINGS = "/api/readings";
/** Who tried to come in is told where the try is counted. */
const SIGN_IN = /^\/api\/(sign-in|first-start)/;
/** What could be read of them has its entry already, carried out or refused. */
const COMMANDS = /^\/api\/bays\/[^/]+\/commands$/;
const UNREADABLE = [400, 413, 415, 422];

/** To be put before whatever may refuse. */
export function watchRefusals({ refusals, askerOf }: WatchOptions): RequestHandler {
  return (request, response, next) => {
    response.once("finish", () => {
      const { statusCode } = response;
      const isChange = request.method !== "GET" && request.method !== "HEAD";
      if (statusCode < 400 || statusCode >= 500) return;
      if (SIGN_IN.test(pathOf(request))) return;
      if (!FORBIDDEN.includes(statusCode) && (!isChange || isToldElsewhere(request, statusCode))) return;
      const { code, why } = refusedOf(response);
      refusals.note({
        ...askerOf(request),
        action: `${request.method} ${pathOf(request)}`,
        subject: null,
        ...{ code, why },
      });
    });
    next();
  };
}

const isToldElsewhere = (request: Request, statusCode: number): boolean =>
  pathOf(request) === READINGS || (COMMANDS.test(pathOf(request)) && !UNREADABLE.includes(statusCode));

/** Without what was asked for: that may hold anything, and be of any length. */
const pathOf = (request: Request): string => (request.originalUrl.split("?")[0] ?? "").slice(0, 120);

/** What `problem` answered. */
function refusedOf(response: Response): { code: string; why: string } {
  const { refused } = response.locals;
  const told: unknown = refused;
  if (typeof told !== "object" || told === null || !("code" in told) || !("detail" in told)) {
    return { code: String(response.statusCode), why: response.statusMessage };
  }
  return { code: String(told.code), why: String(told.detail).slice(0, 500) };
}

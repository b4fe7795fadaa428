/** Who asks over HTTP and over a socket: established before any door is tried. */
import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import type { Socket } from "socket.io";
import type { Refuse } from "./asked.ts";
import type { Credentials, People } from "./people.ts";
import { NOBODY, type Principal } from "./principal.ts";

const HARMLESS = ["GET", "HEAD", "OPTIONS"];
const BEARER = /^Bearer ([\w-]{1,100})$/;

export interface RequestIdentity {
  readonly middleware: RequestHandler;
  readonly principalOf: (request: object) => Principal;
  readonly credentialsOf: (request: {
    readonly headers: IncomingMessage["headers"];
    readonly ip?: string | undefined;
  }) => Credentials;
  readonly ofSocket: (socket: Socket) => Promise<Principal>;
}

export function identifyRequests(
  people: People,
  refuse: Refuse,
  addressOf: (socket: Socket) => string,
): RequestIdentity {
  const principals = new WeakMap<object, Principal>();
  const credentialsOf: RequestIdentity["credentialsOf"] = ({ headers, ip }) => ({
    cookies: headers.cookie,
    key: BEARER.exec(headers.authorization ?? "")?.[1] ?? null,
    from: ip ?? "",
  });
  return {
    credentialsOf,
    principalOf: (request) => principals.get(request) ?? NOBODY,
    middleware: async (request, response, next) => {
      const credentials = credentialsOf(request);
      // A browser says where a request that changes something comes from. One that brings cookies and does not is no page of
      // ours; that a named origin is ours was looked at before.
      const isFromPage = request.headers.origin !== undefined || request.headers["sec-fetch-site"] === "same-origin";
      if (
        !HARMLESS.includes(request.method) &&
        credentials.cookies !== undefined &&
        credentials.key === null &&
        !isFromPage
      ) {
        return refuse(response, 403, "forbidden", "Only this server's own pages may ask that.");
      }
      principals.set(request, await people.identify(credentials));
      next();
    },
    ofSocket: (socket) => {
      const { handshake } = socket;
      const key: unknown = handshake.auth.key;
      return people.identify({
        cookies: handshake.headers.cookie,
        key: typeof key === "string" ? key.slice(0, 100) : null,
        from: addressOf(socket),
      });
    },
  };
}

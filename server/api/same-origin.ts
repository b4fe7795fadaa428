/**
 * A page of another site must not speak to this server through somebody's browser: requests must name this machine as
 * host (no DNS rebinding), and what a browser sends must come from our own pages (no cross-site sockets).
 */
import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import { problem } from "./problem.ts";

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** @param publicOrigin where pages are reached from outside, through a proxy that adds TLS; `null`: from this machine only */
export function isSameOrigin(
  { headers }: Pick<IncomingMessage, "headers">,
  publicOrigin: string | null = null,
): boolean {
  const host = headers.host ?? "";
  if (publicOrigin !== null && host === new URL(publicOrigin).host) {
    return headers.origin === undefined || headers.origin === publicOrigin;
  }
  if (!LOOPBACK_NAMES.includes(host.replace(/:\d+$/, ""))) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}

export const requireSameOrigin =
  (publicOrigin: string | null): RequestHandler =>
  (request, response, next) => {
    if (isSameOrigin(request, publicOrigin)) return next();
    problem(response, 403, "forbidden", "This server answers only its own pages and programs on this machine.");
  };

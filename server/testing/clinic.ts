/** A clinic whose people have passwords of their own, and come in as everybody does. */
import type { Role } from "@vigil/shared/people";
import { actorSchema } from "@vigil/shared/session";
import { expect } from "vitest";
import { call, type Reachable } from "./badges.ts";
import { temporaryDirectory } from "./disk.ts";
import { FakeClock } from "./fake-clock.ts";
import { closing, serverOptions } from "./wire.ts";

export const PASSWORD = "correct horse battery";
export const FIRST_PASSWORD = "for the first time only";
export const admin = actorSchema.parse({ id: "admin", name: "Ada Admin", role: "administrator" });

export async function clinic<S extends Reachable & { close(): Promise<void> }>(
  start: (options: ReturnType<typeof serverOptions>) => Promise<S>,
  { clock = new FakeClock(), dataDir = temporaryDirectory() } = {},
) {
  const server = closing(await start(serverOptions(clock, { dataDir })));
  const send = (method: "POST" | "PUT" | "PATCH", path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method,
      headers: { "content-type": "application/json", origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) => send("POST", path, body, headers);
  const asAdmin = (method: string, path: string, body: unknown) =>
    call(
      server.url + path,
      { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      admin,
    );
  /** Somebody who has not signed in yet. */
  const list = async (username: string, role: Role = "nurse") => {
    const person = { username, name: `Nurse ${username}`, role, password: FIRST_PASSWORD };
    expect((await asAdmin("POST", "/api/people", person)).status).toBe(201);
  };
  /** Somebody with a password of their own. @returns the cookies of their browser */
  const hire = async (username: string, role: Role = "nurse") => {
    await list(username, role);
    const first = await signIn(username, FIRST_PASSWORD, {}, PASSWORD);
    expect(first.status).toBe(204);
    return cookiesOf(first);
  };
  const signIn = (username: string, password: string, headers = {}, newPassword?: string) =>
    post("/api/sign-in", { username, password, ...(newPassword === undefined ? {} : { newPassword }) }, headers);
  const me = async (cookie: string) =>
    (await (await fetch(`${server.url}/api/me`, { headers: { cookie } })).json()) as {
      person: { id: string; name: string } | null;
      byPin: { id: string }[];
      idle: boolean;
    };
  const idOf = async (username: string) => {
    const people = (await (await call(`${server.url}/api/people`, {}, admin)).json()) as {
      id: string;
      username: string;
    }[];
    return people.find((person) => person.username === username)?.id ?? "";
  };
  return { clock, dataDir, server, send, post, asAdmin, list, hire, signIn, me, idOf };
}

export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");

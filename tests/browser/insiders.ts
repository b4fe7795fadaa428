/** Lets tests into a running program as its people would get in: the one-time link, the administrator's list, a sign-in. */
import type { Role } from "@vigil/shared/people";
import type { BrowserContext } from "playwright-core";
import { cookieFor } from "../badges.ts";

export interface Insiders {
  /** Of a test bench, for every bay: readings, and what programs ask. */
  readonly key: string;
  /** What somebody's browser sends as `cookie`; in a demonstration somebody of that role. Made when first asked for. */
  cookie(name: string, role: Role): Promise<string>;
  /** From now on this browser is theirs. */
  enter(context: BrowserContext, name: string, role: Role): Promise<void>;
  /** By which the person signs in. */
  username(name: string): string;
}

export const PASSWORD = "correct horse battery";
const FIRST_PASSWORD = "only for the first time";
const usernameOf = (name: string): string => name.toLowerCase().replace(/\s+/g, ".");

export async function insidersOf(
  url: string,
  firstStart: string | null,
  demonstrationKey: string | null,
): Promise<Insiders> {
  const known = new Map<string, Promise<string>>();
  const post = async (path: string, body: unknown, cookie = ""): Promise<Response> => {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url, cookie },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const admin =
    firstStart === null
      ? null
      : sessionOf(
          await post("/api/first-start", { token: firstStart, username: "admin", name: "Admin", password: PASSWORD }),
        );
  const key = demonstrationKey ?? (await newKey());

  async function newKey(): Promise<string> {
    if (admin === null) throw new Error("nobody may make a key");
    const { key: made } = (await (await post("/api/devices", { kind: "bench", name: "Test bench" }, admin)).json()) as {
      key: string;
    };
    return made;
  }

  async function signedIn(name: string, role: Role): Promise<string> {
    if (admin === null) return sessionOf(await post("/api/sign-in/demonstration", { role }));
    const username = usernameOf(name);
    await post("/api/people", { username, name, role, password: FIRST_PASSWORD }, admin);
    return sessionOf(await post("/api/sign-in", { username, password: FIRST_PASSWORD, newPassword: PASSWORD }));
  }

  const cookie: Insiders["cookie"] = (name, role) => {
    const sign = `${name} ${role}`;
    const found = known.get(sign) ?? signedIn(name, role);
    known.set(sign, found);
    return found;
  };
  return {
    key,
    cookie,
    username: usernameOf,
    async enter(context, name, role) {
      await context.addCookies([cookieFor(url, await cookie(name, role))]);
    },
  };
}

function sessionOf(response: Response): string {
  const set = response.headers.getSetCookie().find((each) => each.includes("session_token="));
  if (set === undefined) throw new Error("no session was opened");
  return set.split(";")[0] ?? "";
}

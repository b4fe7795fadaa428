/** Who tests are when they talk to a running server: signed in, or holding a key, like everybody else. */
import type { Actor } from "@vigil/shared/session";
import { onTestFinished } from "vitest";
import type { Lasting } from "../people/index.ts";
import { nurse, supervisor } from "./samples.ts";

/** Of a running server, what lets people and devices in. */
export interface PeoplePort {
  openSession(actor: Actor, lasting: Lasting): Promise<string>;
  openKey(device: { readonly kind: "monitor"; readonly name: string; readonly bays: null }): string;
}

export interface Reachable {
  readonly url: string;
  readonly people: PeoplePort;
}

/** Fake time runs for days; whoever signed in at its beginning is still there. */
const ALL_THE_TEST = {
  idleAfterMs: 400 * 24 * 60 * 60_000,
  endsAfterMs: 400 * 24 * 60 * 60_000,
  ownRules: true,
} as const;

interface Badges {
  readonly people: PeoplePort;
  readonly cookies: Map<string, Promise<string>>;
  key: string | null;
}
const servers = new Map<string, Badges>();

/** From now on `connect`, `call` and `postJson` know how to sign in there. */
export function letIn({ url, people }: Reachable): void {
  servers.set(url, { people, cookies: new Map(), key: null });
  onTestFinished(() => void servers.delete(url));
}

function badgesOf(url: string): Badges {
  const badges = servers.get(new URL(url).origin);
  if (badges === undefined) throw new Error(`${url} was started without closing(…)`);
  return badges;
}

/** What the browser of this person sends. */
export function cookieOf(url: string, person: Actor = nurse): Promise<string> {
  const { people, cookies } = badgesOf(url);
  let cookie = cookies.get(person.id);
  if (cookie === undefined) {
    cookie = people.openSession(person, ALL_THE_TEST);
    cookies.set(person.id, cookie);
  }
  return cookie;
}

/** Of a gateway that speaks for every bay. */
export function monitorKeyOf(url: string): string {
  const badges = badgesOf(url);
  badges.key ??= badges.people.openKey({ kind: "monitor", name: "Test gateway", bays: null });
  return badges.key;
}

/** `fetch` as somebody: readings come from a gateway, acts from a nurse's page, and a supervisor asks, unless told otherwise. */
export async function call(
  url: string,
  init: RequestInit = {},
  person: Actor = init.method === "POST" ? nurse : supervisor,
): Promise<Response> {
  const { origin, pathname } = new URL(url);
  const credentials: Record<string, string> =
    pathname === "/api/readings"
      ? { authorization: `Bearer ${monitorKeyOf(url)}` }
      : { cookie: await cookieOf(url, person), origin };
  return fetch(url, { ...init, headers: { ...credentials, ...Object.fromEntries(new Headers(init.headers)) } });
}

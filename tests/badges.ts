/** How tests outside of the server's own rooms are let in: signed in like people, or with a key like a device. */
import type { RunningServer } from "@vigil/server";
import { type Actor, actorSchema } from "@vigil/shared/session";

type PeoplePort = RunningServer["people"];

export interface Badges {
  /** What the browser of a nurse sends as `cookie`, and that of a supervisor. */
  readonly nurse: string;
  readonly supervisor: string;
  /** Of a test bench that may do everything a program may, at every bay. */
  readonly key: string;
}

export const NURSE: Actor = actorSchema.parse({ id: "nurse-1", name: "Nora Nurse", role: "nurse" });
export const SUPERVISOR: Actor = actorSchema.parse({ id: "sup", name: "Sam Supervisor", role: "supervisor" });
const ALL_THE_TEST = { idleAfterMs: 400 * 24 * 3_600_000, endsAfterMs: 400 * 24 * 3_600_000, ownRules: true } as const;
/** The same after every restart, so that who is connected comes back. */
export const KEY = `vb_${"test-bench-".repeat(4).slice(0, 43)}`;

/** To be asked for before the server listens: whoever reconnects to it is known then. */
export async function badgesOf(people: PeoplePort): Promise<Badges> {
  return {
    key: people.openKey({ kind: "bench", name: "Test bench", bays: null, key: KEY }),
    nurse: await people.openSession(NURSE, ALL_THE_TEST),
    supervisor: await people.openSession(SUPERVISOR, ALL_THE_TEST),
  };
}

/** What a page on which somebody is signed in sends along. */
export const asPage = (url: string, cookie: string): { readonly cookie: string; readonly origin: string } => ({
  cookie,
  origin: new URL(url).origin,
});

export const asBench = ({ key }: Pick<Badges, "key">): { readonly authorization: string } => ({
  authorization: `Bearer ${key}`,
});

/** For a browser's context. */
export function cookieFor(url: string, cookie: string) {
  const at = cookie.indexOf("=");
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1), url, httpOnly: true, sameSite: "Strict" as const };
}

/** The list of sessions from the server, parsed at the door. */
import { type SessionList, sessionListSchema } from "@vigil/shared/wire";

/** What is searched for; an empty text asks nothing. */
export interface SessionSearch {
  readonly text: string;
  /** "2026-03-02", a day of the clinic's zone. */
  readonly day: string;
  readonly bay: string;
  readonly phase: string;
}

export const EVERYTHING: SessionSearch = { text: "", day: "", bay: "", phase: "" };
/** As many as a person looks through before searching. */
const PAGE = 50;

/** @throws Error with a sentence for whoever asked */
export async function askSessions(
  search: SessionSearch,
  before: number | null,
  signal: AbortSignal,
): Promise<SessionList> {
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (const [key, value] of Object.entries(search)) if (value.trim() !== "") query.set(key, value.trim());
  if (before !== null) query.set("before", String(before));
  const response = await fetch(`/api/sessions?${query}`, { signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Error("The server does not answer. This page keeps trying.");
  });
  if (!response.ok) throw new Error(`The server refused (${response.status}). Change what is searched for.`);
  return sessionListSchema.parse(await response.json());
}

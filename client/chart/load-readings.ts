/** A session's readings from the server, parsed at the door. */
import { type SessionReadings, sessionReadingsSchema } from "@vigil/shared/wire";
import type { TimeWindow } from "./view.ts";

/** Said to a person. */
export class ReadingsRefused extends Error {}

/**
 * @param id as it stands in the address
 * @throws ReadingsRefused when the server says no; whatever fetch throws when it cannot be reached
 */
export async function loadReadings(
  id: string,
  points: number,
  signal: AbortSignal | null,
  window?: TimeWindow,
): Promise<SessionReadings> {
  const query = new URLSearchParams({ points: String(points) });
  if (window !== undefined) {
    query.set("from", String(Math.floor(window.from)));
    query.set("to", String(Math.ceil(window.to)));
  }
  const response = await fetch(`/api/sessions/${encodeURIComponent(id)}/readings?${query}`, { signal });
  const body: unknown = await response.json();
  if (!response.ok) throw new ReadingsRefused(sentenceOf(body));
  return sessionReadingsSchema.parse(body);
}

const sentenceOf = (body: unknown): string =>
  typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string"
    ? body.detail
    : "The server refused, and did not say why.";

/** Where a browser shows a difference: the replay of its session at its moment, under the rules that were tried. */
import type { Difference, VitalEdit } from "@vigil/shared/replay";

export function replayLink(
  server: string,
  session: string,
  { kind, before, after }: Difference,
  edits: readonly VitalEdit[],
): string {
  const link = new URL("/replay", server);
  const add = (key: string, value: unknown) => link.searchParams.set(key, searchText(value));
  const episode = after ?? before;
  add("session", session);
  add("at", Math.min(before?.raisedAt ?? episode?.raisedAt ?? 0, episode?.raisedAt ?? 0));
  if (episode !== null) add("bay", episode.bay);
  add("edits", edits);
  // What is lost is to be seen where it was.
  if (kind === "lost") add("shown", "recorded");
  return link.href;
}

/** As the pages write and read their addresses: JSON, and text as it is where it cannot be mistaken for that. */
function searchText(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

/** The sessions of a server, and each as a feed. */
import { FeedLines, inputsOfLine } from "@vigil/shared/feed";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { ReplayInput } from "@vigil/shared/replay";
import { sessionListSchema } from "@vigil/shared/wire";
import { reasonOf } from "../link/index.ts";
import { RecordingLost, recordedLines } from "./lines.ts";

const MOST_IN_ONE = 200;

/** Opened from `from` on and before `to`, newest first. @throws RecordingLost */
export async function sessionsOf(
  url: string,
  { from, to }: { readonly from: AtMs | null; readonly to: AtMs | null },
  signal: AbortSignal,
): Promise<readonly SessionId[]> {
  const ids: SessionId[] = [];
  let before: number | null = null;
  do {
    const address = new URL("/api/sessions", url);
    address.searchParams.set("limit", String(MOST_IN_ONE));
    if (from !== null) address.searchParams.set("from", String(from));
    if (to !== null) address.searchParams.set("until", String(to));
    if (before !== null) address.searchParams.set("before", String(before));
    try {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      const page = sessionListSchema.parse(await response.json());
      ids.push(...page.sessions.map(({ id }) => id));
      before = page.next;
    } catch (error) {
      if (signal.aborted) return ids;
      throw new RecordingLost(reasonOf(error));
    }
  } while (before !== null && !signal.aborted);
  return ids;
}

export interface RecordedInputs {
  readonly bays: readonly BayId[];
  readonly inputs: readonly ReplayInput[];
}

/** `null`: the signal aborted before it was whole. @throws RecordingRefused @throws RecordingLost */
export async function inputsOfSession(url: string, id: SessionId, signal: AbortSignal): Promise<RecordedInputs | null> {
  const lines = new FeedLines();
  const inputs: ReplayInput[] = [];
  for await (const text of recordedLines(new URL(`/api/sessions/${encodeURIComponent(id)}/inputs`, url), signal)) {
    const line = lines.take(text);
    if (line === null) continue;
    if ("reason" in line) throw new RecordingLost(`session ${id}, line ${line.line}: ${line.reason}`);
    if (lines.header === null) continue;
    for (const input of inputsOfLine(line, lines.header)) inputs.push({ bay: line.bay, input });
  }
  return signal.aborted ? null : { bays: lines.header?.bays ?? [], inputs };
}

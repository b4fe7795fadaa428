/** A server's feeds over HTTP, line by line. */
import { LineSplitter } from "@vigil/shared/feed";
import { KEY_WANTED, keyHeaders, reasonOf } from "../link/index.ts";

/** The server said no: asking again changes nothing. */
export class RecordingRefused extends Error {}

/** The connection broke off, or there was none. */
export class RecordingLost extends Error {}

/** @throws RecordingRefused @throws RecordingLost; ends quietly when `signal` aborts */
export async function* recordedLines(
  address: URL,
  key: string | null,
  signal: AbortSignal,
  asked: Pick<RequestInit, "method" | "body"> & { readonly headers?: Readonly<Record<string, string>> } = {},
): AsyncGenerator<string, void, undefined> {
  try {
    const response = await fetch(address, { ...asked, headers: { ...asked.headers, ...keyHeaders(key) }, signal });
    // A demonstration takes who comes without a key for a display: what that may not do is not what is missing here.
    if (key === null && (response.status === 401 || response.status === 403)) throw new RecordingRefused(KEY_WANTED);
    if (!response.ok) throw new RecordingRefused(await sentenceOf(response));
    if (response.body === null) return;
    // What stands after the last line's end was cut off.
    const lines = new LineSplitter();
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) yield* lines.push(chunk);
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof RecordingRefused) throw error;
    throw new RecordingLost(reasonOf(error));
  }
}

async function sentenceOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const isProblem = typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string";
  return isProblem ? String(body.detail) : `the server answers ${response.status}`;
}

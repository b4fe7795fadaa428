/** The lines of a feed, from the server or from a file of this computer. */
import { LineSplitter } from "@vigil/shared/feed";
import type { SessionId } from "@vigil/shared/ids";

/** Says why, for people. */
export class NotReadable extends Error {}

export async function* sessionLines(id: SessionId): AsyncGenerator<string, void, undefined> {
  const response = await fetch(`/api/sessions/${encodeURIComponent(id)}/inputs`).catch(() => {
    throw new NotReadable("The server does not answer. Try again when it is back.");
  });
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => null);
    const told = typeof body === "object" && body !== null && "detail" in body ? String(body.detail) : null;
    throw new NotReadable(told ?? "The server refused, and did not say why.");
  }
  if (response.body === null) return;
  yield* linesOf(response.body, "The connection to the server broke off. Try again.");
}

export async function* fileLines(file: File): AsyncGenerator<string, void, undefined> {
  const name = file.name.toLowerCase();
  if (name.endsWith(".zst")) {
    throw new NotReadable("A browser cannot unpack .zst. Unpack the file first, or pack it as .gz.");
  }
  const stream = file.stream();
  if (!name.endsWith(".gz")) return yield* linesOf(stream, "The file cannot be read.");
  yield* linesOf(stream.pipeThrough(new DecompressionStream("gzip")), "The file is not gzip, or it is cut off.");
}

async function* linesOf(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  broken: string,
): AsyncGenerator<string, void, undefined> {
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new LineSplitter();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new NotReadable(broken);
    });
    if (done) break;
    yield* lines.push(value);
  }
  const rest = lines.end();
  if (rest !== null) yield rest;
}

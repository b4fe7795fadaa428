/** The lines of a feed, from the server or from a file of this computer. */
import { LineSplitter } from "@vigil/shared/feed";
import type { SessionId } from "@vigil/shared/ids";
import { unzstd, WindowTooLarge } from "./unzstd.ts";

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
  const first = doFirst(file.name);
  if (first !== null) throw new NotReadable(first);
  const name = file.name.toLowerCase();
  if (name.endsWith(".gz")) {
    const unpacked = file.stream().pipeThrough(new DecompressionStream("gzip"));
    return yield* linesOf(unpacked, "The file is not gzip, or it is cut off.");
  }
  if (name.endsWith(".zst")) return yield* linesOf(unzstd(file), "The file is not zstd, or it is cut off.");
  yield* linesOf(file.stream(), "The file cannot be read.");
}

/** Recordings of monitors that `vigil import` makes feeds of, by the end of their name. */
const IMPORTED = /\.(csv|tsv|hea|dat|hl7)(\.gz)?$/i;

/** What has to be done with a file before it can be replayed; `null`: nothing. */
function doFirst(name: string): string | null {
  if (!IMPORTED.test(name)) return null;
  const record = name.replace(/\.dat$/i, ".hea");
  const feed = name.replace(IMPORTED, ".ndjson");
  return `It is no feed yet. Run: npm run -s vigil -- import ${quoted(record)} --out ${quoted(feed)} and open ${feed} here.`;
}

/** As one word of a command line. */
const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

const TOO_WIDE =
  "It was packed so that a browser has no room to unpack it (more than 128 MB at once). Unpack it with zstd -d --long=31 and open what comes out here.";

async function* linesOf(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  broken: string,
): AsyncGenerator<string, void, undefined> {
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  const lines = new LineSplitter();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new NotReadable(error instanceof WindowTooLarge ? TOO_WIDE : broken);
    });
    if (done) break;
    yield* lines.push(value);
  }
  const rest = lines.end();
  if (rest !== null) yield rest;
}

/** Reading a feed line by line, plain or compressed, however long it is. */
import { createReadStream, type ReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { type FeedHeader, FeedLines, LineSplitter, type NumberedLine } from "@vigil/shared/feed";
import { fileReason } from "../terminal/index.ts";
import { FeedError } from "./feed-error.ts";

export interface OpenFeed {
  readonly header: FeedHeader;
  /** To be read once. Throws `FeedError` at the first line that is wrong. */
  readonly lines: AsyncGenerator<NumberedLine, void, undefined>;
  /** Which share of the file has been read, 0 … 1. */
  readonly share: () => number;
}

/** Opens a feed and reads its header. Throws `FeedError` when it cannot be read or is none. */
export async function readFeed(path: string): Promise<OpenFeed> {
  const file = createReadStream(path);
  const texts = textLines(path, file);
  const lines = new FeedLines();
  while (lines.header === null) {
    const text = await texts.next();
    if (text.done) throw new FeedError(path, null, "is empty; the first line must be the header of a feed");
    const taken = lines.take(text.value);
    if (taken !== null && "reason" in taken) throw new FeedError(path, taken.line, taken.reason);
  }
  const { header } = lines;
  const { size } = await stat(path);
  return { header, lines: parsedLines(path, lines, texts), share: () => file.bytesRead / size };
}

async function* parsedLines(
  path: string,
  lines: FeedLines,
  texts: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<NumberedLine, void, undefined> {
  for await (const text of texts) {
    const taken = lines.take(text);
    if (taken === null) continue;
    if ("reason" in taken) throw new FeedError(path, taken.line, taken.reason);
    yield taken;
  }
}

function unpacked(path: string, file: ReadStream): Readable {
  const ending = extname(path).toLowerCase();
  const unpack = ending === ".gz" ? createGunzip() : ending === ".zst" ? createZstdDecompress() : null;
  // Errors of either reach whoever reads the last stream.
  return unpack === null ? file : pipeline(file, unpack, () => {});
}

async function* textLines(path: string, file: ReadStream): AsyncGenerator<string, void, undefined> {
  const stream = unpacked(path, file).setEncoding("utf8");
  const lines = new LineSplitter();
  try {
    for await (const chunk of stream) yield* lines.push(String(chunk));
  } catch (error) {
    throw new FeedError(path, null, fileReason(error, "read"));
  }
  const rest = lines.end();
  if (rest !== null) yield rest;
}

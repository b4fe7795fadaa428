/** Writing a feed line by line, compressed when the name says so. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { extname } from "node:path";
import type { Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { createGzip, createZstdCompress } from "node:zlib";
import { type FeedHeader, type FeedLine, headerText, lineText } from "@vigil/shared/feed";
import { fileReason } from "../terminal/index.ts";
import { FeedError } from "./feed-error.ts";

export interface FeedWriter {
  /** Lines must come in time order. */
  write(line: FeedLine): Promise<void>;
  /** Ends the file; resolves when it is written out. */
  close(): Promise<void>;
}

/** Characters: each call of a compressor costs as much as many lines. */
const COMPRESSED_TOGETHER = 32_768;

export async function writeFeed(path: string, header: FeedHeader): Promise<FeedWriter> {
  const file = createWriteStream(path);
  const ending = extname(path).toLowerCase();
  const pack = ending === ".gz" ? createGzip() : ending === ".zst" ? createZstdCompress() : null;
  const into: Writable = pack ?? file;
  const written = pack === null ? finished(file) : pipeline(pack, file);
  let failed: FeedError | null = null;
  // Noted at once, told with the next call: a write that is under way cannot be asked.
  written.catch((error: Error) => {
    failed = new FeedError(path, null, fileReason(error, "written"));
  });
  const atLeast = pack === null ? 0 : COMPRESSED_TOGETHER;
  let gathered = "";
  let latest = Number.NEGATIVE_INFINITY;

  async function put(text: string): Promise<void> {
    if (failed !== null) throw failed;
    gathered += `${text}\n`;
    if (gathered.length < atLeast) return;
    const chunk = gathered;
    gathered = "";
    if (!into.write(chunk)) await Promise.race([once(into, "drain"), written.catch(() => {})]);
    if (failed !== null) throw failed;
  }

  await put(headerText(header));
  return {
    async write(line) {
      if (line.at < latest)
        throw new FeedError(path, null, `line at ${line.at / 1000} s comes after ${latest / 1000} s`);
      latest = line.at;
      await put(lineText(line));
    },
    async close() {
      into.end(gathered);
      await written.catch(() => {});
      if (failed !== null) throw failed;
    },
  };
}

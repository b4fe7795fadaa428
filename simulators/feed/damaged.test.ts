/** A feed that was cut off or changed, plain or packed: the good part and a clear error, never anything else. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FeedError, readFeed } from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigil-damaged-"));
});
afterAll(() => rm(folder, { recursive: true }));

const LINES = [
  '{"feed":"vigil/1","bays":["1","2"],"startedAt":"2026-03-02T09:00:00Z","cadence":1}',
  ...Array.from(
    { length: 60 },
    (_, t) => `{"t":${t},"bay":"${1 + (t % 2)}","hr":${70 + (t % 9)},"spo2":${t % 7 ? 98 : null}}`,
  ),
  '{"t":60,"bay":"1","command":{"type":"start-infusion"}}',
];
const TEXT = Buffer.from(`${LINES.join("\n")}\n`);
const PACKED = { ndjson: TEXT, "ndjson.gz": gzipSync(TEXT), "ndjson.zst": zstdCompressSync(TEXT) } as const;
const ENDINGS = Object.keys(PACKED) as (keyof typeof PACKED)[];

async function read(path: string): Promise<{ lines: number; said: string | null }> {
  let lines = 0;
  try {
    const feed = await readFeed(path);
    for await (const { at, values } of feed.lines) {
      lines += 1;
      expect(Number.isFinite(at)).toBe(true);
      for (const value of Object.values(values ?? {})) expect(value === null || Number.isFinite(value)).toBe(true);
    }
    return { lines, said: null };
  } catch (error) {
    expect(error).toBeInstanceOf(FeedError);
    return { lines, said: String(error) };
  }
}

it.each(ENDINGS)("(.%s) wherever it is cut off and whatever is changed in it", async (ending) => {
  const whole = PACKED[ending];
  const path = join(folder, `damaged.${ending}`);
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      share,
      fc.array(fc.record({ at: share, byte: fc.nat(255) }), { maxLength: 3 }),
      async (keep, changes) => {
        const bytes = Buffer.from(whole.subarray(0, Math.ceil(keep * whole.length)));
        for (const { at, byte } of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte;
        await writeFile(path, bytes);
        const { lines, said } = await read(path);
        expect(lines).toBeLessThanOrEqual(LINES.length);
        if (said !== null) expect(said).toMatch(/^FeedError: [^\n]*damaged\.[^\n:]*(:\d+)?: ./);
        // What is whole before the first place of damage is given.
        if (ending !== "ndjson" || changes.length > 0) return;
        const good = bytes.toString().split("\n").length - 2;
        expect(lines).toBeGreaterThanOrEqual(Math.min(good, LINES.length - 1));
      },
    ),
    { numRuns: 120 },
  );
});

it("packed a thousandfold, one line without end: refused, in a moment and in little room", async () => {
  const path = join(folder, "bomb.ndjson.gz");
  await writeFile(path, gzipSync(Buffer.concat([Buffer.from(`${LINES[0]}\n`), Buffer.alloc(200_000_000, 0x31)])));
  const before = process.memoryUsage().rss;
  expect((await read(path)).said).toMatch(/bomb\.ndjson\.gz:2: it is longer than 8 MB/);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

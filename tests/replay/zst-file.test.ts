/** A packed recording dropped on the replay's page, as its worker reads it; Node packs it, as `vigil record` does. */
import { constants, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileLines, NotReadable } from "../../client/replay/read-lines.ts";

const LINES = Array.from({ length: 8_000 }, (_, t) => `{"t":${t},"hr":${60 + ((t * 37) % 41)},"rr":${(t * 7) % 31}}`);
const BROKEN = "The file is not zstd, or it is cut off.";

const zst = (text: string, params: Record<number, number> = {}) =>
  new Uint8Array(zstdCompressSync(Buffer.from(text), { params }));

interface Read {
  readonly lines: readonly string[];
  /** Why it did not go on; `null`: it was whole. */
  readonly said: string | null;
}

async function read(bytes: Uint8Array<ArrayBuffer>): Promise<Read> {
  const lines: string[] = [];
  try {
    for await (const line of fileLines(new File([bytes], "a.ndjson.zst"))) lines.push(line);
    return { lines, said: null };
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    return { lines, said: error.message };
  }
}

describe("a .zst file", () => {
  it.each([
    ["as it comes", {}],
    ["with its checksum", { [constants.ZSTD_c_checksumFlag]: 1 }],
    ["hardly packed", { [constants.ZSTD_c_compressionLevel]: -5 }],
    ["packed hard", { [constants.ZSTD_c_compressionLevel]: 19 }],
  ])("%s gives every line", async (_, params) => {
    expect(await read(zst(LINES.join("\n"), params))).toEqual({ lines: LINES, said: null });
  });

  it("of several parts, one behind the other, gives the lines of all", async () => {
    const parts = [LINES.slice(0, 5_000), LINES.slice(5_000)].map((some) => zst(`${some.join("\n")}\n`));
    expect(await read(new Uint8Array(Buffer.concat(parts)))).toEqual({ lines: LINES, said: null });
  });

  it("that is cut off gives what is whole before, and then says so", async () => {
    const whole = zst(LINES.join("\n"));
    const { lines, said } = await read(whole.slice(0, whole.length - 10));
    expect(said).toBe(BROKEN);
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines).toEqual(LINES.slice(0, lines.length));
  });

  it("gives lines or a sentence, wherever it is cut off and whatever is changed in it", async () => {
    const whole = zst(LINES.slice(0, 300).join("\n"), { [constants.ZSTD_c_checksumFlag]: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        share,
        fc.array(fc.record({ at: share, byte: fc.nat(255) }), { maxLength: 4 }),
        async (keep, changes) => {
          const bytes = whole.slice(0, Math.ceil(keep * whole.length));
          for (const { at, byte } of changes) if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = byte;
          const { said } = await read(bytes);
          expect(said === null || /^[A-Z].*\.$/.test(said)).toBe(true);
          if (changes.length === 0 && bytes.length < whole.length && bytes.length > 0) expect(said).toBe(BROKEN);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("that was packed with more room than a page has is refused with what to do", async () => {
    const frame = (windowLog: number) => [0x28, 0xb5, 0x2f, 0xfd, 0, (windowLog - 10) << 3, (12 << 3) | 1, 0, 0];
    const framed = (windowLog: number) => new Uint8Array([...frame(windowLog), ...Buffer.from("twelve bytes")]);
    expect(await read(framed(27))).toEqual({ lines: ["twelve bytes"], said: null });
    expect(await read(framed(28))).toEqual({
      lines: [],
      said: expect.stringMatching(/more than 128 MB at once.*zstd -d --long=31/),
    });
  });

  it("that stands for far more than the memory is read no further than somebody asks", async () => {
    const bomb = new Uint8Array(zstdCompressSync(Buffer.alloc(300_000_000, 0x31)));
    const before = process.memoryUsage().rss;
    for await (const line of fileLines(new File([bomb], "bomb.ndjson.zst"))) {
      expect(line.length).toBeGreaterThan(8_000_000);
      break;
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });
});

/** A zstd file, unpacked step by step: browsers have no zstd of their own. The library comes with the first such file. */

/** How far back a file may refer, in bytes: what Node's zlib allows as well. `vigil` and `zstd` by themselves need 8 MB at most. */
const LARGEST_WINDOW = 2 ** 27;
/**
 * Bytes unpacked at once. A block of 4 packed bytes may stand for 128 kB, and whoever reads must be able to stop before a
 * small file has filled the memory.
 */
const STEP = 1024;

/** The window is larger than {@link LARGEST_WINDOW}. */
export class WindowTooLarge extends Error {}

/** Breaks off where the file is not zstd or ends too early. Its checksum, where it has one, is passed over. */
export function unzstd(file: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
  const steps = unpackedSteps(file);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await steps.next();
      if (done) controller.close();
      else for (const block of value) controller.enqueue(block);
    },
    async cancel() {
      await steps.return();
    },
  });
}

/** The blocks of each step; never none. */
async function* unpackedSteps(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>[], void, undefined> {
  const window = windowOf(new DataView(await file.slice(0, LONGEST_HEADER).arrayBuffer()));
  if (window !== null && window > LARGEST_WINDOW) throw new WindowTooLarge();
  const { Decompress } = await import("fzstd");
  let blocks: Uint8Array<ArrayBuffer>[] = [];
  const unpacking = new Decompress((block) => {
    if (block.length > 0) blocks.push(new Uint8Array(block));
  });
  const push = (packed: Uint8Array, isLast: boolean) => {
    blocks = [];
    unpacking.push(packed, isLast);
    return blocks;
  };
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let at = 0; at < value.length; at += STEP) {
        const some = push(value.subarray(at, at + STEP), false);
        if (some.length > 0) yield some;
      }
    }
    const rest = push(new Uint8Array(0), true);
    if (rest.length > 0) yield rest;
  } finally {
    await reader.cancel();
  }
}

const MAGIC = 0xfd2fb528;
const LONGEST_HEADER = 18;

/** How far back the first frame refers, in bytes (RFC 8878, 3.1.1.1); `null`: it says nothing of the kind. */
function windowOf(head: DataView): number | null {
  if (head.byteLength < LONGEST_HEADER || head.getUint32(0, true) !== MAGIC) return null;
  const descriptor = head.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if (!isSingleSegment) {
    const window = head.getUint8(5);
    return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
  }
  // The window is all of the content, whose size stands behind the dictionary's id.
  const dictionary = descriptor & 3;
  const sizeAt = 5 + (dictionary === 3 ? 4 : dictionary);
  switch (descriptor >> 6) {
    case 0:
      return head.getUint8(sizeAt);
    case 1:
      return head.getUint16(sizeAt, true) + 256;
    case 2:
      return head.getUint32(sizeAt, true);
    default:
      return Number(head.getBigUint64(sizeAt, true));
  }
}

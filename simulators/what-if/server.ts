/** Sessions compared by the server that keeps them: they need not travel. */
import { type WhatIfLine, type WhatIfRequestInput, whatIfLineSchema } from "@vigil/shared/wire";
import type { ServerDoor } from "../link/index.ts";
import { RecordingLost, RecordingRefused, recordedLines } from "../recording/index.ts";

/** What the server tells, line by line. @throws RecordingRefused @throws RecordingLost when it breaks off */
export async function* comparedByServer(
  { url, key }: ServerDoor,
  request: WhatIfRequestInput,
  signal: AbortSignal,
): AsyncGenerator<WhatIfLine, void, undefined> {
  const asked = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  };
  let isWhole = false;
  for await (const text of recordedLines(new URL("/api/what-if", url), key, signal, asked)) {
    const line = whatIfLineSchema.safeParse(JSON.parse(text));
    if (!line.success)
      throw new RecordingRefused("The server speaks otherwise than this program: are both the same version?");
    isWhole = line.data.type === "done";
    yield line.data;
  }
  if (!isWhole && !signal.aborted) throw new RecordingLost("the server stopped before it was done");
}

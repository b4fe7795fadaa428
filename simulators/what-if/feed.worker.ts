/** A worker: compares the feeds it is asked for, one after the other. */
import { parentPort } from "node:worker_threads";
import { inputsOfLine } from "@vigil/shared/feed";
import { compareUnder, type ReplayInput, rulesOf } from "@vigil/shared/replay";
import { FeedError, readFeed } from "../feed/index.ts";
import type { FeedAnswer, FeedAsked } from "./compared.ts";

async function compared({ setup, path }: FeedAsked): Promise<FeedAnswer> {
  try {
    const { header, lines } = await readFeed(path);
    const inputs: ReplayInput[] = [];
    for await (const line of lines) {
      for (const input of inputsOfLine(line, header)) inputs.push({ bay: line.bay, input });
    }
    const recorded = { bays: header.bays ?? [], inputs };
    const { before, after, phase } = setup;
    return { compared: compareUnder(recorded, rulesOf(before), rulesOf(after), phase ?? undefined) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Of what a session brings along from another bay only the outline was checked.
    return { failed: error instanceof FeedError ? message : `${path}: the engine cannot decide it: ${message}` };
  }
}

parentPort?.on("message", (asked: FeedAsked) => {
  void compared(asked).then((answer) => parentPort?.postMessage(answer));
});

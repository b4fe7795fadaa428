/** A worker: compares the feeds it is asked for, one after the other. */
import { parentPort } from "node:worker_threads";
import { inputsOfLine } from "@vigil/shared/feed";
import type { BayId } from "@vigil/shared/ids";
import { compareUnder, type ReplayInput, rulesOf } from "@vigil/shared/replay";
import { FeedError, readFeed } from "../feed/index.ts";
import type { FeedAnswer, FeedAsked } from "./compared.ts";

async function compared({ setup, path }: FeedAsked): Promise<FeedAnswer> {
  const inputs: ReplayInput[] = [];
  let bays: readonly BayId[] = [];
  let wrong: string | null = null;
  try {
    const { header, lines } = await readFeed(path);
    bays = header.bays ?? [];
    for await (const line of lines) {
      for (const input of inputsOfLine(line, header)) inputs.push({ bay: line.bay, input });
    }
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    wrong = error.message;
    if (inputs.length === 0) return { compared: null, wrong };
  }
  try {
    const { before, after, phase } = setup;
    return { compared: compareUnder({ bays, inputs }, rulesOf(before), rulesOf(after), phase ?? undefined), wrong };
  } catch (error) {
    // Of what a session brings along from another bay only the outline was checked.
    return { compared: null, wrong: `${path}: the engine cannot decide it: ${textOf(error)}` };
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

parentPort?.on("message", (asked: FeedAsked) => {
  void compared(asked)
    .catch((error: unknown): FeedAnswer => ({ compared: null, wrong: `${asked.path}: ${textOf(error)}` }))
    .then((answer) => parentPort?.postMessage(answer));
});

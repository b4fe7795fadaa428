/**
 * The thread that answers questions to the alarm log: whoever asks for a year of alarms must not delay one that is decided
 * now. Questions are answered in order, but for measures, which let others in between.
 */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { AlarmLogAnswers } from "./answers.ts";
import type { Asked, Told, WorkerSettings } from "./asking.ts";

// The desk's own words.
const { file, zone } = workerData as WorkerSettings;
const database = new DatabaseSync(file, { readOnly: true });
const answers = new AlarmLogAnswers(database, zone);

async function answer({ name, given }: Asked): Promise<unknown> {
  switch (name) {
    case "page":
      return answers.page(...given);
    case "count":
      return answers.count(...given);
    case "names":
      return answers.names();
    case "story":
      return answers.story(...given);
    case "measures":
      return answers.measures(...given);
    case "shift":
      return answers.shift(...given);
    case "exportPart":
      return answers.exportPart(...given);
  }
}

parentPort?.on("message", async (asked: Asked) => {
  try {
    answers.follow(asked.touched);
    parentPort?.postMessage({ id: asked.id, value: await answer(asked) } satisfies Told);
  } catch (error) {
    parentPort?.postMessage({ id: asked.id, failed: String(error) } satisfies Told);
  }
});

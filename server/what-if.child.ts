/** A process of the server that decides sessions again for a what-if, beside the one that people watch. */
import process from "node:process";
import { openJournalReader } from "./journal/index.ts";
import { decider, type Job, type Result, type Told } from "./what-if/index.ts";

const tell = (result: Result) => process.send?.(result);
let decide: ReturnType<typeof decider> | null = null;

function take(job: Job): void {
  try {
    if (decide !== null) tell(decide(job));
  } catch (error) {
    tell({ kind: "failed", id: job.id, reason: error instanceof Error ? error.message : String(error) });
  }
}

process.on("message", (told: Told) => {
  if (told.kind === "job") return take(told);
  decide = decider(openJournalReader(told.dataDir), told);
  tell({ kind: "ready" });
});
// Nobody waits for it any more.
process.on("disconnect", () => process.exit(0));

/** What the server and the processes that decide sessions again say to each other, and the work itself. */
import type { AtMs, SessionId } from "@vigil/shared/ids";
import {
  type ComparedSource,
  compareUnder,
  type RecordedInputs,
  type ReplayInput,
  type RuleChoice,
  rulesOf,
} from "@vigil/shared/replay";
import type { JournalReader, SessionStay } from "../journal/index.ts";

/** Said once, first. */
export interface Setup {
  readonly kind: "setup";
  readonly dataDir: string;
  readonly before: RuleChoice;
  readonly after: RuleChoice;
}

/** One session. */
export interface Job {
  readonly kind: "job";
  readonly id: SessionId;
  /** Every bay it was at, the first one first. */
  readonly stays: readonly SessionStay[];
  /** A session that goes on is known up to here: the number of the last durable input, and the instant. */
  readonly lastSeq: number;
  readonly known: AtMs;
}

export type Told = Setup | Job;

export interface Compared {
  readonly kind: "compared";
  readonly id: SessionId;
  readonly sources: readonly ComparedSource[];
  /** As JSON, so that whoever passes it on need not look into it; `null`: nothing is different. */
  readonly differences: string | null;
}

export type Result =
  | { readonly kind: "ready" }
  | Compared
  | { readonly kind: "failed"; readonly id: SessionId; readonly reason: string };

/** Decides sessions under both. @throws when the journal holds what this program did not write */
export function decider(reader: Pick<JournalReader, "bayInputs">, { before, after }: Setup): (job: Job) => Compared {
  const under = { before: rulesOf(before), after: rulesOf(after) };
  return (job) => {
    const { sources, differences } = compareUnder(recordedBy(reader, job), under.before, under.after);
    const text = differences.length === 0 ? null : JSON.stringify(differences);
    return { kind: "compared", id: job.id, sources, differences: text };
  };
}

function recordedBy(reader: Pick<JournalReader, "bayInputs">, { stays, lastSeq, known }: Job): RecordedInputs {
  const inputs: ReplayInput[] = [];
  for (const { bay, fromSeq, toSeq } of stays) {
    for (const input of reader.bayInputs(bay, fromSeq, toSeq ?? lastSeq)) inputs.push({ bay, input });
    // What fell due since the last input of a session that goes on has been decided too.
    if (toSeq === null) inputs.push({ bay, input: { kind: "tick", at: known } });
  }
  return { bays: [...new Set(stays.map(({ bay }) => bay))], inputs };
}

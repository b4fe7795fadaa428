/** The one computation of every what-if, wherever it runs: the page's worker, the server's processes, the terminal. */
import type { OpenPhase } from "../bay/index.ts";
import type { BayId } from "../ids/index.ts";
import { type Protocol, protocolSchema } from "../protocol/index.ts";
import { type Comparison, compare } from "./compare.ts";
import { Replay, type ReplayInput } from "./replay.ts";
import { alarmRulesOf, editedRules, type Rules, type VitalEdit } from "./rules.ts";

/** By which rules a session is decided again: its own, a protocol's, or its own with some vitals edited. */
export type RuleChoice =
  | { readonly kind: "recorded" }
  | { readonly kind: "protocol"; readonly protocol: Protocol }
  | { readonly kind: "edits"; readonly of: Protocol | null; readonly edits: readonly VitalEdit[] };

/** `null`: as recorded. Edits are of a protocol, or of each session's own. */
export function rulesOf(choice: RuleChoice): Rules | null {
  switch (choice.kind) {
    case "recorded":
      return null;
    case "protocol":
      return alarmRulesOf(choice.protocol);
    case "edits": {
      const edited = editedRules(choice.edits);
      if (choice.of === null) return edited;
      const base = alarmRulesOf(choice.of);
      return (protocol) => edited(base(protocol));
    }
  }
}

export interface RecordedInputs {
  /** Bays that are there even when nothing comes of them, in their order. */
  readonly bays: readonly BayId[];
  readonly inputs: readonly ReplayInput[];
}

/** What was recorded, decided under both. `phase`: see {@link Replay}'s settings. */
export function compareUnder(
  { bays, inputs }: RecordedInputs,
  before: Rules | null,
  after: Rules | null,
  phase?: { readonly name: OpenPhase; readonly cuffIntervalMin: number },
): Comparison {
  const settings = { protocol: USUAL, bays, ...(phase === undefined ? {} : { phase }) };
  let recorded: Replay | null = null;
  const asRecorded = () => (recorded ??= new Replay(inputs, settings));
  const under = (rules: Rules | null) =>
    rules === null ? asRecorded() : new Replay(inputs, { ...settings, rules, asRecorded });
  return compare(under(before), under(after));
}

/** Of bays whose sessions bring no protocol of their own. */
const USUAL = protocolSchema.parse({});

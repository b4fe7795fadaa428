/** One feed or session, compared. */

import type { OpenPhase } from "@vigil/shared/bay";
import type { ComparedSource, Difference, RuleChoice } from "@vigil/shared/replay";

export interface Compared {
  readonly sources: readonly ComparedSource[];
  readonly differences: readonly Difference[];
}

/** Under which rules feeds are compared, and as what. */
export interface Setup {
  readonly before: RuleChoice;
  readonly after: RuleChoice;
  /** `null`: the feeds' own commands count. */
  readonly phase: { readonly name: OpenPhase; readonly cuffIntervalMin: number } | null;
}

/** What a worker is asked: a feed by its path. */
export interface FeedAsked {
  readonly setup: Setup;
  readonly path: string;
}

/** `wrong`, with file and line: what was compared ends before it; `compared: null`: nothing of the feed is good. */
export interface FeedAnswer {
  readonly compared: Compared | null;
  readonly wrong: string | null;
}

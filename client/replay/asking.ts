/** What the page asks of the worker, and what it answers. */
import type { OpenPhase } from "@vigil/shared/bay";
import type { BoardRow, Trend } from "@vigil/shared/board";
import type { Series } from "@vigil/shared/chart";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { Limits } from "@vigil/shared/protocol";
import type { Comparison, Episode, Inspection, LimitSpan, LogEntry, Position, VitalEdit } from "@vigil/shared/replay";

/** As it was decided that day, or as it would be under other limits. */
export type Which = "recorded" | "what-if";

export type Go =
  | { readonly kind: "at"; readonly at: AtMs }
  | { readonly kind: "second" | "input" | "event" | "alarm"; readonly from: Position; readonly by: 1 | -1 };

export interface Asks {
  readonly openSession: { readonly ask: { readonly id: SessionId }; readonly answer: Opened | NotOpened };
  readonly openFile: { readonly ask: { readonly file: File }; readonly answer: Opened | NotOpened };
  readonly view: {
    readonly ask: { readonly go: Go; readonly which: Which; readonly bay: BayId | null };
    readonly answer: View;
  };
  readonly whatIf: { readonly ask: { readonly edits: readonly VitalEdit[] }; readonly answer: WhatIf };
  readonly lanes: {
    readonly ask: { readonly bay: BayId; readonly which: Which; readonly buckets: number };
    readonly answer: Lanes;
  };
}
export type AskName = keyof Asks;

export interface Opened {
  readonly ok: true;
  readonly title: string;
  /** IANA name of the clinic's zone; UTC when the feed does not say. */
  readonly zone: string;
  /** The feed says when it was: otherwise times count from 0. */
  readonly isDated: boolean;
  readonly bays: readonly BayId[];
  readonly from: AtMs;
  readonly to: AtMs;
  readonly inputs: number;
  readonly log: readonly LogEntry[];
  /** The limits that the first session of each bay began with. */
  readonly limits: readonly (readonly [BayId, Limits])[];
  /** The feed opens no session and is taken as this phase. */
  readonly takenAs: OpenPhase | null;
  /** How long the engine took for all of it. */
  readonly engineMs: number;
}

export interface NotOpened {
  readonly ok: false;
  readonly reason: string;
}

export interface View {
  readonly position: Position;
  readonly rows: readonly BoardRow[];
  readonly trends: readonly Trend[];
  /** The last input of the bay that was asked for, or of any. */
  readonly inspection: Inspection | null;
}

export interface WhatIf {
  readonly comparison: Comparison;
  readonly csv: string;
  readonly log: readonly LogEntry[];
}

export interface Lanes {
  readonly hr: Series;
  readonly spo2: Series;
  readonly rr: Series;
  readonly sbp: Series;
  readonly dbp: Series;
  readonly limits: readonly LimitSpan[];
  readonly recorded: readonly Episode[];
  readonly whatIf: readonly Episode[] | null;
}

export type Question = {
  readonly [N in AskName]: { readonly id: number; readonly name: N; readonly ask: Asks[N]["ask"] };
}[AskName];
export type Reply =
  | { readonly id: number; readonly answer: Asks[AskName]["answer"] }
  | { readonly id: number; readonly failed: string };

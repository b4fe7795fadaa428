/** What the page asks of the worker, and what it answers. */
import type { OpenPhase } from "@vigil/shared/bay";
import type { BoardRow, Trend } from "@vigil/shared/board";
import type { SessionChart } from "@vigil/shared/chart";
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Comparison, Inspection, LogEntry, Position, VitalEdit } from "@vigil/shared/replay";

/** As it was decided that day, or as it would be under other limits. */
export type Which = "recorded" | "what-if";

/** From where one is: to an instant (`taken`: having taken so many inputs of it), or so many steps on or back. */
export type Move =
  | { readonly kind: "at"; readonly at: AtMs; readonly taken?: number }
  | { readonly kind: "second" | "input" | "event" | "alarm"; readonly by: 1 | -1 };

export interface Window {
  readonly from: AtMs;
  readonly to: AtMs;
}

export interface Asks {
  /** `lines`: no more than so many of the feed. */
  readonly openSession: {
    readonly ask: { readonly id: SessionId; readonly lines: number | null };
    readonly answer: Opened | NotOpened;
  };
  readonly openFile: {
    readonly ask: { readonly file: File; readonly lines: number | null };
    readonly answer: Opened | NotOpened;
  };
  /** `from`: `null` from the beginning. */
  readonly view: {
    readonly ask: {
      readonly from: Position | null;
      readonly moves: readonly Move[];
      readonly which: Which;
      readonly bay: BayId | null;
    };
    readonly answer: View;
  };
  readonly whatIf: { readonly ask: { readonly edits: readonly VitalEdit[] }; readonly answer: WhatIf };
  /** The sessions that a bay saw, in order. */
  readonly charts: {
    readonly ask: { readonly bay: BayId; readonly which: Which };
    readonly answer: readonly SessionChart[];
  };
  /** A part of one of them, by its place among them, in more detail. */
  readonly detail: {
    readonly ask: { readonly bay: BayId; readonly which: Which; readonly place: number; readonly window: Window };
    readonly answer: SessionChart | null;
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
  /** The limits and rises that the first session of each bay began with. */
  readonly rules: readonly (readonly [BayId, Pick<Protocol, "limits" | "relative">])[];
  /** The feed opens no session and is taken as this phase. */
  readonly takenAs: OpenPhase | null;
  /** How long the engine took for all of it. */
  readonly engineMs: number;
  /** Only so many lines were taken; `null`: all of them. */
  readonly lines: number | null;
}

export interface NotOpened {
  readonly ok: false;
  readonly reason: string;
  /** So many lines before what is wrong are good, and can be replayed by themselves; left out: there are none. */
  readonly goodLines?: number;
}

export interface View {
  readonly position: Position;
  /** The bay that was asked for, or that of the event that was stepped to. */
  readonly bay: BayId | null;
  readonly rows: readonly BoardRow[];
  readonly trends: readonly Trend[];
  /** Of that bay, or of that of the last input. */
  readonly inspection: Inspection | null;
}

export interface WhatIf {
  readonly comparison: Comparison;
  readonly csv: string;
  readonly log: readonly LogEntry[];
}

export type Question = {
  readonly [N in AskName]: { readonly id: number; readonly name: N; readonly ask: Asks[N]["ask"] };
}[AskName];
export type Reply =
  | { readonly id: number; readonly answer: Asks[AskName]["answer"] }
  | { readonly id: number; readonly failed: string };

/** What goes between the desk and its thread. */
import type { AlarmLogAnswers } from "./answers.ts";

export interface WorkerSettings {
  /** The journal's file. */
  readonly file: string;
  readonly zone: string;
}

export type Question = Exclude<keyof AlarmLogAnswers, "follow">;

export type Asked = {
  readonly [N in Question]: {
    readonly id: number;
    /** Episodes that changed since the last question. */
    readonly touched: readonly number[];
    readonly name: N;
    readonly given: Parameters<AlarmLogAnswers[N]>;
  };
}[Question];

export type Told = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failed: string };

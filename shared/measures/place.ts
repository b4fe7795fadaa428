/** Where an instant stands in the clinic's week. The zone is the caller's: nothing here knows of clocks that change. */
import type { AtMs } from "../ids/index.ts";

export interface Place {
  /** "2026-03-29". */
  readonly date: string;
  /** 0–23. */
  readonly hour: number;
  /** 0 Monday – 6 Sunday. */
  readonly weekday: number;
}

export type PlaceOf = (at: AtMs) => Place;

/** 0–167, from Monday midnight. */
export const hourOfWeek = ({ weekday, hour }: Place): number => weekday * 24 + hour;

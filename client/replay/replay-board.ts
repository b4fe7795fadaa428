/** What a replay shows, as a live board: so that the wall's own tiles show it. Nothing here is live. */
import type { BoardRow } from "@vigil/shared/board";
import { type BayId, boardIdSchema } from "@vigil/shared/ids";
import { BehaviorSubject } from "rxjs";
import {
  type BoardState,
  type Link,
  type LiveBay,
  type LiveBoard,
  type Shown,
  type Summary,
  summarise,
} from "../live/index.ts";
import type { View } from "./asking.ts";

const NO_ROW: Omit<BoardRow, "bay"> = {
  sessionId: null,
  phase: null,
  initials: null,
  infusionStartedAt: null,
  ranMs: 0,
  runningSince: null,
  plannedMs: null,
  recoveryStartedAt: null,
  recoveryMinimumAt: null,
  baselineTaken: false,
  monitor: "never",
  lastMessageAt: null,
  cuffDueAt: null,
  observationDueAt: null,
  vitals: {
    hr: noVital(),
    spo2: noVital(),
    rr: noVital(),
    sbp: noVital(),
    dbp: noVital(),
    map: noVital(),
  },
  alarms: [],
  audioPausedUntil: null,
  alarmsOff: [],
};

function noVital() {
  return { value: null, at: null, staleAfterMs: 0, low: null, high: null };
}

export class ReplayBoard implements LiveBoard {
  readonly state = new BehaviorSubject<BoardState>({ kind: "connecting" });
  readonly summary = new BehaviorSubject<Summary>(summarise([], null));
  readonly link = new BehaviorSubject<Link>({ state: "live", heardAt: null });
  readonly zone = new BehaviorSubject<string | null>(null);
  readonly shown = new BehaviorSubject<Shown>({ now: 0, estimated: false });
  #bays: readonly LiveBay[] = [];

  open(name: string, bays: readonly BayId[]): void {
    this.#bays = bays.map((id) => ({
      id,
      name: id,
      facts: new BehaviorSubject<BoardRow>({ bay: id, ...NO_ROW }),
      row: new BehaviorSubject<BoardRow>({ bay: id, ...NO_ROW }),
      trend: { buckets: [], cuffs: [] },
    }));
    const board = { id: boardIdSchema.parse("replay"), name, bays: bays.map((id) => ({ id, name: id })) };
    this.state.next({ kind: "board", board, bays: this.#bays });
  }

  tellSound(): void {
    // Of the past, which is told to nobody.
  }

  show({ position, rows, trends }: View): void {
    this.#bays.forEach((bay, place) => {
      const row = rows[place];
      const trend = trends[place];
      if (row === undefined || trend === undefined) return;
      bay.trend.buckets.splice(0, Number.POSITIVE_INFINITY, ...trend.buckets);
      bay.trend.cuffs.splice(0, Number.POSITIVE_INFINITY, ...trend.cuffs);
      bay.row.next(row);
      bay.facts.next(row);
    });
    this.shown.next({ now: Math.floor(position.at / 1000) * 1000, estimated: false });
    this.summary.next(summarise(this.#bays, null));
  }

  get bays(): readonly LiveBay[] {
    return this.#bays;
  }

  shownFor = () => this.shown;
  delay = () => null;
  close = () => undefined;
}

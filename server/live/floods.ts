/** When alarms were raised at each bay, and whether those of a board are a flood. */
import { FLOOD_WINDOW_MS, type FloodWatch, floodAt, floodOnRaise, NO_FLOOD } from "@vigil/shared/board";
import type { AtMs, BayId, BoardId } from "@vigil/shared/ids";
import type { Board } from "@vigil/shared/wire";

/** So far back a board that is looked at for the first time can tell whether a flood is still on. */
const REMEMBERED_MS = 6 * FLOOD_WINDOW_MS;

export class Floods {
  readonly #raises = new Map<BayId, AtMs[]>();
  /** Kept for good once a board was looked at: how a flood goes on depends on how it began. */
  readonly #boards = new Map<BoardId, { readonly bays: ReadonlySet<BayId>; watch: FloodWatch }>();

  /** In any order among bays: a restart replays one bay after the other. */
  raised(bay: BayId, at: AtMs): void {
    const kept = (this.#raises.get(bay) ?? []).filter((raisedAt) => raisedAt > at - REMEMBERED_MS);
    this.#raises.set(bay, [...kept, at]);
    for (const board of this.#boards.values()) {
      if (board.bays.has(bay)) board.watch = floodOnRaise(board.watch, at);
    }
  }

  /** The board's alarms as they are at `at`. */
  of({ id, bays }: Board, at: AtMs): FloodWatch {
    let board = this.#boards.get(id);
    if (board === undefined) {
      const raises = bays.flatMap((bay) => this.#raises.get(bay.id) ?? []).sort((a, b) => a - b);
      board = { bays: new Set(bays.map((bay) => bay.id)), watch: raises.reduce(floodOnRaise, NO_FLOOD) };
      this.#boards.set(id, board);
    }
    board.watch = floodAt(board.watch, at);
    return board.watch;
  }

  /** The board has other bays now. */
  changed(id: BoardId): void {
    this.#boards.delete(id);
  }
}

import type { LiveBoard } from "../live/index.ts";
import { Notice } from "../ui/notice.tsx";
import { useValue } from "../ui/use-value.ts";
import { BoardsList } from "./boards-list.tsx";
import { LiveContext } from "./live-context.ts";
import { NewDisplay } from "./new-display.tsx";
import { Wall } from "./wall.tsx";
import type { Reading } from "./wall-runbook.tsx";

interface WallOfProps {
  readonly live: LiveBoard;
  /** What covers the lower edge, px. */
  readonly below: number;
  readonly reading: Reading | null;
}

/** What there is to see of a live board: the wall, or why there is none. */
export function WallOf({ live, below, reading }: WallOfProps) {
  const state = useValue(live.state);
  switch (state.kind) {
    case "connecting":
      return (
        <Notice title="Connecting to the server">
          <p className="after-a-while">It does not answer yet. This screen keeps trying.</p>
        </Notice>
      );
    case "refused":
      return state.code === "unknown-board" ? (
        <Notice title="There is no such board">
          <p>{state.reason}</p>
          <BoardsList />
        </Notice>
      ) : (
        <NewDisplay reason={state.reason} />
      );
    case "board":
      return (
        <LiveContext value={live}>
          <Wall board={state.board} bays={state.bays} below={below} reading={reading} />
        </LiveContext>
      );
  }
}

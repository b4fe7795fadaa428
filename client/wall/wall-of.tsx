import type { LiveBoard } from "../live/index.ts";
import { Notice } from "../ui/notice.tsx";
import { useValue } from "../ui/use-value.ts";
import { BoardsList } from "./boards-list.tsx";
import { MOST_BAYS } from "./layout.ts";
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
      if (state.bays.length > MOST_BAYS)
        return <TooMany board={state.board.name} names={state.bays.map(({ name }) => name)} />;
      return (
        <LiveContext value={live}>
          <Wall board={state.board} bays={state.bays} below={below} reading={reading} />
        </LiveContext>
      );
  }
}

/** Tiles that nobody can read would be worse than none. Says which boards to make. */
function TooMany({ board, names }: { readonly board: string; readonly names: readonly string[] }) {
  const walls = Math.ceil(names.length / MOST_BAYS);
  const each = Math.ceil(names.length / walls);
  const parts = Array.from({ length: walls }, (_, n) => names.slice(n * each, (n + 1) * each));
  return (
    <Notice title="Too many bays for one wall">
      <p>
        “{board}” has {names.length} bays, and a wall shows {MOST_BAYS}. A supervisor makes {walls} boards of them:{" "}
        {parts.map((part) => `${part[0] ?? ""} to ${part.at(-1) ?? ""}`).join(", ")}.
      </p>
      <BoardsList />
    </Notice>
  );
}

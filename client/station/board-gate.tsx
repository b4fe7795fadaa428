import type { ReactNode } from "react";
import type { BoardState } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "../wall/live-context.ts";

interface BoardGateProps {
  readonly children: (board: Extract<BoardState, { kind: "board" }>) => ReactNode;
}

/** The page of a live board, or why there is none yet. */
export function BoardGate({ children }: BoardGateProps) {
  const state = useValue(useLive().state);
  switch (state.kind) {
    case "connecting":
      return (
        <main className="page">
          <h1>Connecting to the server</h1>
          <p className="page-text">It has not answered yet. This page keeps trying.</p>
        </main>
      );
    case "refused":
      return (
        <main className="page">
          <h1>The server does not let this screen in</h1>
          <p className="page-text">{state.reason} This page keeps asking.</p>
        </main>
      );
    case "board":
      return children(state);
  }
}

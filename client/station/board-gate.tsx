import { type ReactNode, useEffect } from "react";
import { useActing } from "../act/index.ts";
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
      return state.code === "sign-in" ? (
        <SignInAgain />
      ) : (
        <main className="page">
          <h1>The server does not let this screen in</h1>
          <p className="page-text">{state.reason} This page keeps asking.</p>
        </main>
      );
    case "board":
      return children(state);
  }
}

/** A shift after the password, or when it was changed: the ward is not shown to whoever happens to stand here. */
function SignInAgain() {
  const { who } = useActing();
  useEffect(() => void who.lost(), [who]);
  return (
    <main className="page">
      <h1>Sign in again</h1>
      <p className="page-text">
        Nobody is signed in here any more, so the ward is not shown. A sign-in ends after a shift, and when the password
        is changed. Look at the bedside monitors until then.
      </p>
      <button type="button" className="act act-main" onClick={who.change}>
        Say who you are
      </button>
    </main>
  );
}

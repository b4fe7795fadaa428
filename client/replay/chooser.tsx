import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { PastSessions } from "./past-sessions.tsx";
import { type Opening, type ReplayPlayer, sourceText } from "./player.ts";

/** What to replay: a session of this clinic, or a file. */
export function Chooser({ player, opening }: { readonly player: ReplayPlayer; readonly opening: Opening }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <main className="replay-chooser">
      <h1>Replay</h1>
      <p>What was recorded, decided again by the same engine. Nothing here is live, sounds, or reaches a bay.</p>
      {opening.kind === "reading" && <p role="status">Reading {sourceText(opening.source)} …</p>}
      {opening.kind === "refused" && <Refused player={player} refused={opening} />}
      <section aria-labelledby="replay-file">
        <h2 id="replay-file">A file</h2>
        <button type="button" onClick={() => input.current?.click()}>
          Choose a feed …
        </button>
        <input
          ref={input}
          type="file"
          aria-label="Feed file"
          className="unseen"
          tabIndex={-1}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) void player.openFile(file);
            target.value = "";
          }}
        />
        <p className="replay-note">Or drop one on this page. It stays on this computer. Plain, .gz or .zst.</p>
      </section>
      <PastSessions />
      <p>
        <Link to="/wall">Go to the wall</Link>
      </p>
    </main>
  );
}

interface RefusedProps {
  readonly player: ReplayPlayer;
  readonly refused: Extract<Opening, { kind: "refused" }>;
}

/** What was wrong, and what of it can be replayed all the same. */
function Refused({ player, refused: { source, reason, goodLines } }: RefusedProps) {
  return (
    <div role="alert" className="replay-refused">
      <p>
        <b>
          {sourceText(source)} cannot be replayed{goodLines === undefined ? "" : " as it is"}.
        </b>{" "}
        {reason}
      </p>
      {goodLines !== undefined && (
        <button type="button" onClick={() => void player.open(source, {}, goodLines)}>
          Replay the first {goodLines.toLocaleString("en")} lines
        </button>
      )}
    </div>
  );
}

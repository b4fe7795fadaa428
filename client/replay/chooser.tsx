import { Link } from "@tanstack/react-router";
import { type SessionList, sessionListSchema } from "@vigil/shared/wire";
import { useEffect, useRef, useState } from "react";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { zoneText } from "../ui/zone-text.ts";
import type { Opening, ReplayPlayer } from "./player.ts";

const MOST = 30;

type Session = SessionList["sessions"][number];

/** What to replay: a session of this clinic, newest first, or a file. */
export function Chooser({ player, opening }: { readonly player: ReplayPlayer; readonly opening: Opening }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <main className="replay-chooser">
      <h1>Replay</h1>
      <p>What was recorded, decided again by the same engine. Nothing here is live, sounds, or reaches a bay.</p>
      {opening.kind === "reading" && <p role="status">Reading {opening.what} …</p>}
      {opening.kind === "refused" && (
        <p role="alert" className="replay-refused">
          <b>{opening.what} cannot be replayed.</b> {opening.reason}
        </p>
      )}
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
          accept=".ndjson,.gz,.json"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) void player.openFile(file);
            target.value = "";
          }}
        />
        <p className="replay-note">Or drop one on this page. It stays on this computer. Plain or .gz.</p>
      </section>
      <Sessions />
      <p>
        <Link to="/wall">Go to the wall</Link>
      </p>
    </main>
  );
}

function Sessions() {
  const [found, setFound] = useState<readonly Session[] | string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    fetch(`/api/sessions?limit=${MOST}`, { signal: leaving.signal })
      .then(async (response) => setFound(sessionListSchema.parse(await response.json()).sessions))
      .catch(() => {
        if (!leaving.signal.aborted) setFound("The server does not answer: its sessions cannot be listed.");
      });
    return () => leaving.abort();
  }, []);
  return (
    <section aria-labelledby="replay-sessions">
      <h2 id="replay-sessions">A session</h2>
      {found === null ? null : typeof found === "string" ? (
        <p>{found}</p>
      ) : found.length === 0 ? (
        <p>There are no sessions yet.</p>
      ) : (
        <ul className="replay-sessions">
          {found.map(({ id, bay, openedAt, phase, initials }) => (
            <li key={id}>
              <Link to="/replay" search={{ session: id }}>
                <b>{initials}</b> Bay {bay} · {HERE.dateTime(openedAt)} · {PHASE_TEXT[phase]}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const HERE = zoneText(Intl.DateTimeFormat().resolvedOptions().timeZone, 0, 0);

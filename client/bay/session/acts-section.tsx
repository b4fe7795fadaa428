import { Link } from "@tanstack/react-router";
import { identityCorrections } from "@vigil/shared/session";
import { useState } from "react";
import { identityText } from "../../ui/identity-text.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { actWords } from "./act-words.ts";
import { useAsk } from "./asking.tsx";
import "./acts.css";

/** As many as one looks back at while working. */
const AT_FIRST = 8;

/** What people did in this session, newest first: who, when, whether entered late, whether taken back. */
export function ActsSection({ session, visit: { zone } }: SessionSectionProps) {
  const ask = useAsk();
  const [all, setAll] = useState(false);
  // That something was undone or its time corrected is told at the act itself.
  const newestFirst = session.timeline
    .filter(({ command }) => command.type !== "undo-act" && command.type !== "correct-time")
    .reverse();
  const corrected = identityCorrections(session.timeline);
  const shown = all ? newestFirst : newestFirst.slice(0, AT_FIRST);
  return (
    <section className="bay-section" aria-labelledby="acts-title">
      <h2 id="acts-title">What was done</h2>
      <ol className="acts">
        {shown.map((entry) => {
          const { id, at, command, by, late, enteredAt, corrections, undone } = entry;
          return (
            <li key={id} data-undone={undone !== null}>
              <time dateTime={new Date(at).toISOString()}>{zone.time(at)}</time>
              <span className="acts-what">{actWords(command)}</span>
              <small>
                {corrected.has(entry) && `${identityText(corrected.get(entry) ?? [])} · `}
                {by.name}
                {late && (
                  <>
                    {" · "}
                    <b>entered late</b>, {zone.time(enteredAt)}
                  </>
                )}
                {corrections.map((correction) => (
                  <span key={correction.enteredAt}>
                    {" · "}
                    <b>corrected</b> from {zone.second(correction.was)} by {correction.by.name},{" "}
                    {zone.time(correction.enteredAt)}: {correction.reason}
                  </span>
                ))}
                {undone !== null && (
                  <>
                    {" · "}
                    <b>undone</b> by {undone.name}, {zone.time(undone.at)}
                  </>
                )}
              </small>
            </li>
          );
        })}
      </ol>
      {newestFirst.length > AT_FIRST && (
        <button type="button" className="act act-quiet acts-all" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? `The last ${AT_FIRST}` : `All ${newestFirst.length}`}
        </button>
      )}
      <div className="acts-more">
        <button type="button" className="act" onClick={() => ask({ kind: "medication", late: false })}>
          Medication …
        </button>
        <button type="button" className="act" onClick={() => ask({ kind: null, late: true })}>
          Enter late …
        </button>
        {session.timeline.some(({ timed }) => timed) && (
          <button type="button" className="act" onClick={() => ask("correct-time")}>
            Correct a time …
          </button>
        )}
        <Link className="act act-quiet" to="/sessions/$session" params={{ session: session.id }}>
          Chart of the session
        </Link>
        <button type="button" className="act act-quiet" onClick={() => ask("abandon")}>
          Abandon …
        </button>
      </div>
    </section>
  );
}

import { useLocation } from "@tanstack/react-router";
import { BackLink } from "./back-link.tsx";
import { RUNBOOK_LIST } from "./runbooks.ts";
import "./runbook.css";

const KINDS = [
  { kind: "physiological", title: "The patient" },
  { kind: "technical", title: "The measuring" },
  { kind: "procedural", title: "The course of the session" },
] as const;

/** Every alarm there is. */
export function RunbookIndexPage() {
  const search = useLocation({ select: (location) => location.searchStr });
  return (
    <main className="runbook">
      <title>Runbooks · Vigil</title>
      <header>
        <h1>Runbooks</h1>
        <p className="runbook-means">
          One short page for each alarm: what it means, what to do first. The clinic’s own procedures come first.
        </p>
      </header>
      {KINDS.map(({ kind, title }) => (
        <section key={kind}>
          <h2>{title}</h2>
          <ul className="runbook-list">
            {RUNBOOK_LIST.filter(({ runbook }) => runbook.kind === kind).map(({ id, runbook }) => (
              <li key={id}>
                <a href={`/runbook/${id}${search}`}>{runbook.title}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <BackLink />
    </main>
  );
}

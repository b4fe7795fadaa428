import { BackLink } from "./back-link.tsx";
import { PlaceLink } from "./place-link.tsx";
import { type RunbookPlace, usePagePlace } from "./runbook-place.ts";
import { RUNBOOK_LIST } from "./runbooks.ts";
import "./runbook.css";

const KINDS = [
  { kind: "physiological", title: "The patient" },
  { kind: "technical", title: "The measuring" },
  { kind: "procedural", title: "The course of the session" },
] as const;

export function RunbookIndexPage() {
  const place = usePagePlace();
  return (
    <>
      <title>Runbooks · Vigil</title>
      <RunbookIndex place={place} />
    </>
  );
}

/** Every alarm there is. */
export function RunbookIndex({ place }: { readonly place: RunbookPlace }) {
  return (
    <main className="runbook">
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
                <PlaceLink href={place.hrefOf(id)}>{runbook.title}</PlaceLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <BackLink place={place} />
    </main>
  );
}

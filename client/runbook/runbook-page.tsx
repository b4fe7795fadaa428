import { useParams } from "@tanstack/react-router";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { BackLink } from "./back-link.tsx";
import { builtInLimits } from "./built-in-limits.ts";
import { type RunbookPlace, usePagePlace } from "./runbook-place.ts";
import { runbookOf } from "./runbooks.ts";
import "./runbook.css";

export function RunbookPage() {
  const { alarm = "" } = useParams({ strict: false });
  const place = usePagePlace();
  const title = runbookOf(alarm)?.title ?? "No runbook";
  return (
    <>
      <title>{`${title} · Vigil`}</title>
      <RunbookOf alarm={alarm} place={place} />
    </>
  );
}

const KIND_TEXT = {
  physiological: "about the patient",
  technical: "about the measuring",
  procedural: "about the course of the session",
};

/** What an alarm means, what to do first, likely causes, source: on one page, the urgent first. */
export function RunbookOf({ alarm, place }: { readonly alarm: string; readonly place: RunbookPlace }) {
  const runbook = runbookOf(alarm);
  if (runbook === null) {
    return (
      <main className="runbook">
        <h1>There is no runbook for “{alarm}”</h1>
        <p className="runbook-means">No alarm has this name. Look at the patient first.</p>
        <BackLink place={place} />
      </main>
    );
  }
  const limits = builtInLimits(alarm);
  return (
    <main className="runbook">
      <header>
        <p className="runbook-kind">Runbook: an alarm {KIND_TEXT[runbook.kind]}</p>
        <h1>{runbook.title}</h1>
        <p className="runbook-means">{runbook.means}</p>
      </header>
      <section className="runbook-first">
        <h2>Do first</h2>
        <ol>
          {runbook.first.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <section className="runbook-causes">
        <h2>Likely causes</h2>
        <ul>
          {runbook.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      </section>
      {limits.length > 0 && (
        <section className="runbook-limits">
          <h2>Built-in limits</h2>
          <ul>
            {limits.map(({ name, priority, text }) => (
              <li key={name} data-priority={priority}>
                <b>{PRIORITY_SYMBOL[priority]}</b> {name}, {priority}: {text}
              </li>
            ))}
          </ul>
          <p>A session may have others: the alarm names the limit that was crossed.</p>
        </section>
      )}
      <footer className="runbook-source">
        <p>
          <b>The clinic’s own procedures come first.</b> Vigil is a secondary display: the bedside monitor is the
          primary alarm.
        </p>
        <p>Source: {runbook.source}</p>
      </footer>
      <BackLink place={place} />
    </main>
  );
}

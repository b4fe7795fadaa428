/** `/what-if`: a period decided again under other rules, every session of it, and what would have been different. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";
import { useValue } from "../ui/use-value.ts";
import { zoneText } from "../ui/zone-text.ts";
import { Period } from "./period.tsx";
import { editsForReplay, type Files, NO_FILES, type Question, questionOf, requestOf, searchOf } from "./question.ts";
import { Results } from "./results.tsx";
import { RulesForm } from "./rules-form.tsx";
import { type RunState, WhatIfRun } from "./run.ts";
import { useVersions } from "./versions.ts";
import "./what-if.css";

export function WhatIfPage() {
  return <ClinicTimed>{(time) => <WhatIf time={time} />}</ClinicTimed>;
}

function WhatIf({ time }: { readonly time: ClinicTime }) {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const question = useMemo(() => questionOf(search), [search]);
  const [read, setFiles] = useState<Files>(NO_FILES);
  const versions = useVersions();
  const files = useMemo((): Files => ({ ...read, versions }), [read, versions]);
  // By which the clinic's days begin.
  const zone = useMemo(() => zoneText(time.zone, 0, 0), [time]);
  const [run] = useState(() => new WhatIfRun());
  useEffect(() => () => run.end(), [run]);
  const state = useValue(run.state);
  /** What the results on the page are the answer to. */
  const [answered, setAnswered] = useState<{ readonly question: Question; readonly files: Files } | null>(null);
  const change = (more: Partial<Question>) =>
    void navigate({ to: "/what-if", search: searchOf({ ...question, ...more }), replace: true });
  const request = requestOf(question, files, zone, time.now());
  const isBusy = state.kind === "asked" || state.kind === "waiting" || state.kind === "running";
  const isOutdated =
    answered !== null && (answered.files !== files || JSON.stringify(answered.question) !== JSON.stringify(question));
  return (
    <main className="page what-if">
      <title>What if · Vigil</title>
      <header className="what-if-head">
        <h1>What if</h1>
        <p>
          Every session of a period is decided again by the same engine, under other rules. Nothing changes at any bay.
        </p>
      </header>
      <form
        className="what-if-form"
        aria-label="What to compare"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = requestOf(question, files, zone, time.now());
          if (typeof asked === "string") return;
          setAnswered({ question, files });
          void run.start(asked);
        }}
      >
        <Period question={question} onChange={change} />
        <RulesForm question={question} files={files} onChange={change} onFiles={setFiles} />
        <div className="what-if-go">
          {/* Two buttons, not one that changes under the finger: a press of Stop would go on as a press of Compare. */}
          {isBusy ? (
            <button key="stop" type="button" className="act" onClick={() => run.stop()}>
              Stop
            </button>
          ) : (
            <button
              key="compare"
              type="submit"
              className="act act-main"
              aria-disabled={typeof request === "string" || undefined}
            >
              Compare
            </button>
          )}
          <p role="status">{statusText(state, request, isOutdated)}</p>
        </div>
        {state.kind === "running" && (
          <progress aria-label="Sessions done" max={Math.max(1, state.results.sessions)} value={state.results.done} />
        )}
      </form>
      {state.kind === "refused" && (
        <p className="what-if-refused" role="alert">
          {state.reason}
        </p>
      )}
      {"results" in state && answered !== null && (
        <Results
          state={state}
          zone={zoneText(state.results.zone, 0, 0)}
          edits={editsForReplay(answered.question, answered.files)}
        />
      )}
    </main>
  );
}

function statusText(state: RunState, request: object | string, isOutdated: boolean): string {
  switch (state.kind) {
    case "none":
    case "refused":
      return typeof request === "string" ? request : "";
    case "asked":
      return "Asking the server …";
    case "waiting":
      return "Another comparison is being computed. This one comes next.";
    default: {
      const { done, sessions } = state.results;
      const count = `${done.toLocaleString("en-GB")} of ${sessions.toLocaleString("en-GB")} sessions`;
      const took = `${(state.tookMs / 1000).toLocaleString("en-GB", { maximumFractionDigits: 1 })} s`;
      if (state.kind === "running") return `${count}, ${took}`;
      if (isOutdated)
        return `${typeof request === "string" ? request : "Compare again"}: below stands the last answer.`;
      return state.kind === "stopped" ? `Stopped: this is ${count}.` : `${count} in ${took}.`;
    }
  }
}

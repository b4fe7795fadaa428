import type { Bay } from "@vigil/shared/bay";
import type { Decision, Inspection } from "@vigil/shared/replay";
import { memo } from "react";
import type { ZoneText } from "../ui/zone-text.ts";
import { eventText, inputText, stateRows } from "./words.ts";

interface InspectorProps {
  readonly inspection: Inspection | null;
  readonly zone: ZoneText;
}

/** The last input of the bay: what it was, what the engine made of it and of the time since, why, and the bay before and after. */
export const Inspector = memo(function Inspector({ inspection, zone }: InspectorProps) {
  return (
    <section className="replay-inspector" aria-labelledby="replay-inspector-title">
      <h2 id="replay-inspector-title">Inspector</h2>
      {inspection === null ? (
        <p className="replay-note">Nothing has come yet.</p>
      ) : (
        <Inspected {...inspection} zone={zone} />
      )}
    </section>
  );
});

function Inspected({ bay, last, decisions, before, after, zone }: Inspection & { readonly zone: ZoneText }) {
  return (
    <>
      {last === null ? (
        <p>Nothing has come from bay {bay} yet.</p>
      ) : (
        <>
          <p>
            <b>Input {(last.index + 1).toLocaleString("en")}</b> at {zone.second(last.input.at)}, bay {bay}
          </p>
          <p>{inputText(last.input)}</p>
        </>
      )}
      <h3>What the engine decided</h3>
      {decisions.length === 0 ? (
        <p className="replay-note">Nothing.</p>
      ) : (
        <ul>
          {decisions.map((decision, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: decisions of one place have no other name
            <DecisionLine key={i} {...decision} zone={zone} />
          ))}
        </ul>
      )}
      {last?.input.kind === "command" && (
        <details>
          <summary>The command</summary>
          <pre>{JSON.stringify({ ...last.input.command, protocol: undefined }, null, 2)}</pre>
        </details>
      )}
      <BeforeAfter before={before} after={after} zone={zone} />
    </>
  );
}

function DecisionLine({ event, reason, cause, zone }: Decision & { readonly zone: ZoneText }) {
  return (
    <li>
      {zone.second(event.at)} {eventText(event)}
      {cause === "time" && <em className="replay-cause">time passed</em>}
      {reason !== null && <small>{reason}</small>}
    </li>
  );
}

function BeforeAfter({ before, after, zone }: { readonly before: Bay; readonly after: Bay; readonly zone: ZoneText }) {
  const was = new Map(stateRows(before, zone).map(({ what, value }) => [what, value]));
  const is = new Map(stateRows(after, zone).map(({ what, value }) => [what, value]));
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {names.map((what) => (
          <tr key={what} data-changed={was.get(what) !== is.get(what) || undefined}>
            <th scope="row">{what}</th>
            <td>{was.get(what) ?? "–"}</td>
            <td>{is.get(what) ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { Bay } from "@vigil/shared/bay";
import type { Inspection } from "@vigil/shared/replay";
import { memo } from "react";
import type { ZoneText } from "../ui/zone-text.ts";
import { eventText, inputText, reasonText, stateRows } from "./words.ts";

/** The last input of the bay: what it was, what the engine made of it and why, and the bay before and after. */
export const Inspector = memo(function Inspector({
  inspection,
  zone,
}: {
  readonly inspection: Inspection | null;
  readonly zone: ZoneText;
}) {
  return (
    <section className="replay-inspector" aria-labelledby="replay-inspector-title">
      <h2 id="replay-inspector-title">Inspector</h2>
      {inspection === null ? (
        <p className="replay-note">Nothing has come yet.</p>
      ) : (
        <>
          <p>
            <b>Input {inspection.index + 1}</b> at {zone.second(inspection.input.at)}, bay {inspection.bay}
          </p>
          <p>{inputText(inspection.input)}</p>
          <h3>What the engine decided</h3>
          {inspection.events.length === 0 ? (
            <p className="replay-note">Nothing.</p>
          ) : (
            <ul>
              {inspection.events.map((event, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the events of one input have no other name
                <li key={i}>
                  {zone.second(event.at)} {eventText(event)}
                  <small>{reasonText(event, inspection.after)}</small>
                </li>
              ))}
            </ul>
          )}
          {inspection.input.kind === "command" && (
            <details>
              <summary>The command</summary>
              <pre>{JSON.stringify({ ...inspection.input.command, protocol: undefined }, null, 2)}</pre>
            </details>
          )}
          <BeforeAfter before={inspection.before} after={inspection.after} zone={zone} />
        </>
      )}
    </section>
  );
});

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

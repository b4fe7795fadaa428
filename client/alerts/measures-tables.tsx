import type { GroupMeasures, Measures } from "@vigil/shared/measures";
import { sourceText, spanText } from "./alert-words.ts";
import { countText, figure } from "./measures-words.ts";

/** By bay, nurse, protocol or hour. */
interface GroupsProps {
  /** "Bay" */
  readonly of: string;
  readonly groups: readonly GroupMeasures[];
}

export function Groups({ of, groups }: GroupsProps) {
  return (
    <section>
      <h2>By {of.toLowerCase()}</h2>
      <table>
        <thead>
          <tr>
            <th>{of}</th>
            <th>Alarms</th>
            <th>High</th>
            <th>per session-hour</th>
            <th>Answered, median</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, count, high, sessionHours, acknowledged }) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{countText(count)}</td>
              <td>{countText(high)}</td>
              <td>{sessionHours === 0 ? "–" : figure(count / sessionHours)}</td>
              <td>{spanText(acknowledged.medianMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Breakdown({ measures: { breakdown } }: { readonly measures: Measures }) {
  return (
    <section className="measures-breakdown">
      <h2>By alarm, kind and priority</h2>
      <table>
        <thead>
          <tr>
            <th>Alarm</th>
            <th>Kind</th>
            <th>Priority</th>
            <th>Raised</th>
          </tr>
        </thead>
        <tbody>
          {breakdown.map(({ alarm, kind, priority, count }) => (
            <tr key={`${alarm} ${priority}`}>
              <td>{sourceText(alarm)}</td>
              <td>{kind}</td>
              <td>{priority}</td>
              <td>{countText(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

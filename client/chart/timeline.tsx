import type { SessionChart } from "@vigil/shared/chart";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { type TimelineEntry, timelineEntries } from "./timeline-entries.ts";

export function Timeline({ chart, zone }: { readonly chart: SessionChart; readonly zone: ZoneText }) {
  return (
    <section className="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Events</h2>
      <TimelineList entries={timelineEntries(chart)} zone={zone} />
    </section>
  );
}

const isNewDay = (before: number | undefined, at: number, zone: ZoneText): boolean =>
  before !== undefined && zone.date(before) !== zone.date(at);

function TimelineList({ entries, zone }: { readonly entries: readonly TimelineEntry[]; readonly zone: ZoneText }) {
  return (
    <ol className="timeline-list">
      {entries.map(({ at, what, who, priority, enteredAt, undone, corrections }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one instant may bring the same twice; the list only grows
        <li key={`${at} ${i}`} data-priority={priority ?? undefined} data-undone={undone !== null}>
          <time dateTime={new Date(at).toISOString()}>
            {isNewDay(entries[i - 1]?.at, at, zone) && <b className="new-day">{zone.date(at)}</b>}
            {zone.second(at)}
          </time>
          <span className="sign">{priority === null ? "" : PRIORITY_SYMBOL[priority]}</span>
          <span className="what">
            {undone === null ? what : <s>{what}</s>}
            {enteredAt !== null && <em> entered late, {zone.time(enteredAt)}</em>}
            {corrections.map(({ was, name, at: corrected, reason }) => (
              <em key={corrected}>
                {" "}
                was {zone.time(was)}, put right by {name}, {zone.time(corrected)}: {reason}
              </em>
            ))}
            {undone !== null && (
              <em>
                {" "}
                undone by {undone.name}, {zone.second(undone.at)}
              </em>
            )}
          </span>
          <span className="who">{who ?? ""}</span>
        </li>
      ))}
    </ol>
  );
}

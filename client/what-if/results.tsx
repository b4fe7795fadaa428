/** What would have been different: sums that choose, and every alarm that came, went or moved, with the way to its moment. */
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { comparisonCsv, sourcesCsv, type VitalEdit } from "@vigil/shared/replay";
import { useMemo, useRef, useState } from "react";
import { conditionText } from "../ui/alarm-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { saveText } from "../ui/save-text.ts";
import { type DifferenceChoice, isChosen, SourcesTable, sourceText } from "../ui/sources-table.tsx";
import type { ZoneText } from "../ui/zone-text.ts";
import type { Found, RunState } from "./run.ts";

interface ResultsProps {
  readonly state: Extract<RunState, { results: object }>;
  readonly zone: ZoneText;
  /** With which a replay shows the rules after. */
  readonly edits: readonly VitalEdit[];
}

export function Results({ state, zone, edits }: ResultsProps) {
  const [choice, setChoice] = useState<DifferenceChoice>({});
  const { results } = state;
  const { sources, found, failed, sessions, thinned } = results;
  const isOver = state.kind !== "running";
  const shown = useMemo(
    () => (isOver ? found.filter(({ difference }) => isChosen(difference, choice)) : []),
    [isOver, found, choice],
  );
  const leftOut =
    thinned === 0
      ? null
      : `${thinned.toLocaleString("en-GB")} older ${thinned === 1 ? "session is" : "sessions are"} left out: readings that were thinned to minutes would not lead to the same decisions.`;
  if (isOver && sessions === 0) {
    return <p className="what-if-empty">{leftOut ?? "No session was opened in this period. Choose a longer one."}</p>;
  }
  const differences = found.map(({ difference }) => difference);
  return (
    <section className="what-if-results" aria-label="What would be different">
      {leftOut !== null && <p className="what-if-note">{leftOut}</p>}
      {failed.length > 0 && (
        <p className="what-if-refused" role="alert">
          {failed.length} {failed.length === 1 ? "session" : "sessions"} could not be decided again and{" "}
          {failed.length === 1 ? "is" : "are"} left out: {failed[0]?.session}: {failed[0]?.reason}
        </p>
      )}
      {sources.length === 0 ? (
        isOver && <p className="what-if-empty">No alarm under either, in any of these sessions.</p>
      ) : (
        <SourcesTable
          sources={sources}
          hasTotal
          {...(isOver ? { onChoose: (next) => setChoice(isSame(next, choice) ? {} : next), chosen: choice } : {})}
        />
      )}
      {isOver && sources.length > 0 && (
        <>
          <div className="what-if-list-head">
            <h2>{found.length === 0 ? "No alarm is different" : listTitle(shown.length, choice)}</h2>
            {Object.keys(choice).length > 0 && (
              <button type="button" className="act act-quiet" onClick={() => setChoice({})}>
                All differences
              </button>
            )}
            <button
              type="button"
              className="act"
              onClick={() => saveText("what-if sums.csv", "text/csv", sourcesCsv(sources))}
            >
              Export sums
            </button>
            <button
              type="button"
              className="act"
              aria-disabled={found.length === 0 || undefined}
              onClick={() =>
                found.length > 0 && saveText("what-if alarms.csv", "text/csv", comparisonCsv({ sources, differences }))
              }
            >
              Export alarms
            </button>
          </div>
          {shown.length > 0 && <Differences found={shown} zone={zone} edits={edits} />}
        </>
      )}
    </section>
  );
}

const isSame = (a: DifferenceChoice, b: DifferenceChoice): boolean =>
  a.source === b.source && a.priority === b.priority && a.kind === b.kind;

function listTitle(count: number, { source, priority, kind }: DifferenceChoice): string {
  const number = count.toLocaleString("en-GB");
  if (source === undefined) return `${number} ${count === 1 ? "difference" : "differences"}`;
  return `${number} ${kind}: ${sourceText(source)}, ${priority}`;
}

const ROW_PX = 56;

interface DifferencesProps {
  readonly found: readonly Found[];
  readonly zone: ZoneText;
  readonly edits: readonly VitalEdit[];
}

/** A year has tens of thousands: a screenful is in the page. */
function Differences({ found, zone, edits }: DifferencesProps) {
  const box = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="what-if-list" ref={box} tabIndex={0} aria-label={`${found.length} differences`}>
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const one = found[index];
          if (one === undefined) return null;
          return (
            <li key={index} style={{ height: ROW_PX, transform: `translateY(${start}px)` }}>
              <DifferenceLink found={one} zone={zone} edits={edits} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const KIND_SIGN = { gained: "+", lost: "−", moved: "~" } as const;

function DifferenceLink({
  found: { session, difference },
  zone,
  edits,
}: { readonly found: Found } & Omit<DifferencesProps, "found">) {
  const { kind, before, after } = difference;
  const of = after ?? before;
  const at = before?.raisedAt ?? of.raisedAt;
  const span = (each: typeof of) =>
    `${zone.second(each.raisedAt)}–${each.clearedAt === null ? "end" : zone.second(each.clearedAt)}, ${each.priority}`;
  return (
    <Link
      to="/replay"
      search={{
        session,
        at: Math.min(at, of.raisedAt),
        bay: of.bay,
        ...(edits.length === 0 ? {} : { edits }),
        // What is lost is to be seen where it was.
        ...(kind === "lost" ? { shown: "recorded" as const } : {}),
      }}
      data-priority={of.priority}
    >
      <b>
        {KIND_SIGN[kind]} {kind}
      </b>
      <span className="sources-sign">{PRIORITY_SYMBOL[of.priority]}</span>
      <span>{conditionText(of.alarm, of.value, of.limit)}</span>
      <span>Bay {of.bay}</span>
      <span>{zone.date(of.raisedAt)}</span>
      <small>{before !== null && after !== null ? `${span(before)}, then ${span(after)}` : span(of)}</small>
    </Link>
  );
}

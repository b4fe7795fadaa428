import type { AtMs } from "@vigil/shared/ids";
import type { Alert, AlertSort } from "@vigil/shared/wire";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { alertText, answeredText, markText, patientText, raisedText, spanText, stateText } from "./alert-words.ts";
import type { Log } from "./use-log.ts";
import { useLongRows } from "./use-long-rows.ts";

const ROW_PX = 48;

interface Column {
  readonly title: string;
  /** What a touch of its title sorts by: the first, or the next after the one that holds. */
  readonly sorts?: readonly AlertSort[];
  readonly text: (alert: Alert, times: RowTimes) => string;
}

interface RowTimes {
  readonly zone: ZoneText;
  readonly now: AtMs;
}

const COLUMNS: readonly Column[] = [
  { title: "Priority", text: ({ priority }) => priority },
  {
    title: "Raised",
    sorts: ["newest", "oldest"],
    text: ({ raisedAt }, { zone, now }) => raisedText(raisedAt, now, zone),
  },
  { title: "Bay", text: ({ bay }) => bay },
  { title: "Patient", text: patientText },
  { title: "Phase", text: ({ phase }) => PHASE_TEXT[phase] },
  { title: "Alarm", text: alertText },
  { title: "Nurse", text: ({ nurse }) => nurse },
  { title: "Answered", sorts: ["slowest-answered", "longest-unanswered"], text: answeredText },
  { title: "Lasted", sorts: ["longest"], text: ({ durationMs }) => spanText(durationMs) },
  { title: "State", text: stateText },
  { title: "Mark", text: markText },
];

interface RowsProps {
  readonly log: Log;
  readonly sort: AlertSort;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
  readonly onSort: (sort: AlertSort) => void;
}

/** The alarms that match, any number of them; those in sight are drawn and asked for. */
export function Rows({ log, sort, open, onOpen, onSort }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const total = log.first?.total ?? 0;
  const { heightPx, from, to, isAtTop, topOf, show } = useLongRows(box, total, ROW_PX);
  const { want, hold, fresh } = log;
  useEffect(() => want(from, to), [want, from, to]);
  useEffect(() => hold(!isAtTop), [hold, isAtTop]);

  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index));
    show(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (row === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = STEPS[event.key];
    if (next !== undefined) focusRow(next(Number(row.dataset.index), total));
    else if (event.key === "Enter" || event.key === " ") row.click();
    else return;
    event.preventDefault();
  };
  const times = { zone: zoneText(log.first?.zone ?? "UTC", 0, 0), now: log.first?.at ?? 0 };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element
    <div className="alerts-table" role="table" aria-label="Alarms" aria-rowcount={total + 1} onKeyDown={onKey}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element */}
      <div role="row" className="alerts-row alerts-titles" aria-rowindex={1} tabIndex={-1}>
        {COLUMNS.map((column) => (
          <Title key={column.title} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      {fresh > 0 && (
        <button type="button" className="act alerts-fresh" onClick={() => show(0)}>
          {fresh.toLocaleString("en-GB")} new
        </button>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className="alerts-scroll" role="rowgroup" ref={box}>
        <div style={{ height: heightPx, position: "relative" }} role="presentation">
          {Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).map((index) => (
            <Row
              key={index}
              index={index}
              top={topOf(index)}
              alert={log.at(index)}
              isEntry={index === from}
              open={open}
              onOpen={onOpen}
              times={times}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const STEPS: { readonly [key: string]: ((index: number, total: number) => number) | undefined } = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index) => index + 12,
  PageUp: (index) => index - 12,
  Home: () => 0,
  End: (_index, total) => total - 1,
};

function Title({ column, sort, onSort }: Pick<RowsProps, "sort" | "onSort"> & { readonly column: Column }) {
  const { title, sorts = [] } = column;
  const next = sorts[(sorts.indexOf(sort) + 1) % sorts.length];
  const isSorted = sorts.includes(sort);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element
    <span
      role="columnheader"
      data-column={title}
      tabIndex={-1}
      aria-sort={isSorted ? (sort === "oldest" ? "ascending" : "descending") : undefined}
    >
      {title === "Priority" && <span className="unseen">{title}</span>}
      {next === undefined && title !== "Priority" && title}
      {next !== undefined && (
        <button type="button" onClick={() => onSort(next)}>
          {title}
          <span aria-hidden="true">{isSorted ? (sort === "oldest" ? " ↑" : " ↓") : ""}</span>
        </button>
      )}
    </span>
  );
}

interface RowProps {
  readonly index: number;
  readonly top: number;
  readonly alert: Alert | undefined;
  readonly isEntry: boolean;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
  readonly times: RowTimes;
}

function Row({ index, top, alert, isEntry, open, onOpen, times }: RowProps) {
  const isOpen = alert !== undefined && open === String(alert.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element
    <div
      role="row"
      className="alerts-row"
      data-index={index}
      data-alert={alert?.id}
      data-priority={alert?.priority}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      tabIndex={isEntry || isOpen ? 0 : -1}
      style={{ position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${top}px)`, height: ROW_PX }}
      onClick={() => alert !== undefined && onOpen(String(alert.id))}
      onKeyDown={() => undefined}
    >
      {COLUMNS.map(({ title, text }) => {
        const told = alert === undefined ? (title === "Raised" ? "…" : "") : text(alert, times);
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <span
            role="cell"
            key={title}
            data-column={title}
            className={title === "Priority" ? "alerts-sign" : undefined}
            title={told}
          >
            {title === "Priority" && alert !== undefined ? (
              <>
                {PRIORITY_SYMBOL[alert.priority]}
                <span className="unseen">{alert.priority}</span>
              </>
            ) : (
              told
            )}
          </span>
        );
      })}
    </div>
  );
}

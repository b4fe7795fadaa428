import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import { ALERT_SORTS, ALERT_STATES, type Alert } from "@vigil/shared/wire";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITIES_IN_ORDER, PRIORITY_SYMBOL } from "../ui/priority.ts";
import { useValue } from "../ui/use-value.ts";
import { zoneText } from "../ui/zone-text.ts";
import { useLive } from "../wall/live-context.ts";
import { AlertStoryPanel } from "./alert-story.tsx";
import { alertText, answeredText, MARK_TEXT, patientText, spanText, stateText } from "./alert-words.ts";
import { addressOf, LAST_TEXT, LASTS, type LogSearch, queryOf, searchOf } from "./filters.ts";
import { type Log, useLog } from "./use-log.ts";
import "./alerts.css";

const ROW_PX = 48;
const COLUMNS = ["", "Raised", "Bay", "Patient", "Alarm", "Answered", "Lasted", "State", "Mark"] as const;

/** The log of the ward's alarms: found by filters that stand in the address, each with its story. */
export function AlertsPage() {
  const search = searchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { alarms } = useValue(useLive().summary);
  const calls = alarms
    .map(({ bay, alarm }) => `${bay.id} ${alarm.id} ${alarm.callsSince} ${alarm.acknowledged}`)
    .join();
  const query = queryOf(search, Date.now()).toString();
  const log = useLog(query, calls);
  const change = (more: LogSearch) =>
    void navigate({ to: "/alerts", search: addressOf(searchOf({ ...search, ...more })), replace: true });
  const filtered = Object.keys(search).some((key) => key !== "sort" && key !== "alert");
  return (
    <main className="page alerts" data-story={search.alert !== undefined}>
      <title>Alarm log · Vigil</title>
      <header className="alerts-head">
        <h1>Alarm log</h1>
        <p aria-live="polite">{log.first === null ? "" : countText(log.first.total)}</p>
        <Link className="act act-quiet" to="/alerts/measures" search={{}}>
          Measures
        </Link>
        <a className="act act-quiet" href={`/api/alerts.csv?${query}`} download>
          Export CSV
        </a>
        <a className="act act-quiet" href={`/api/alerts.ndjson?${query}`} download>
          NDJSON
        </a>
      </header>
      <Filters search={search} log={log} onChange={change} />
      {log.refused !== null && (
        <p className="alerts-refused" role="alert">
          {log.refused}
        </p>
      )}
      <div className="alerts-body">
        {log.first?.total === 0 ? (
          <p className="alerts-empty">
            {filtered
              ? "No alarm matches these filters."
              : "No alarms yet. Every alarm of every session will stand here."}
            {filtered && (
              <button type="button" className="act" onClick={() => void navigate({ to: "/alerts", search: {} })}>
                Take all filters away
              </button>
            )}
          </p>
        ) : (
          log.first !== null && <Rows log={log} open={search.alert ?? null} onOpen={(alert) => change({ alert })} />
        )}
        {search.alert !== undefined && (
          <AlertStoryPanel key={search.alert} id={search.alert} calls={calls} onClose={() => change({ alert: "" })} />
        )}
      </div>
    </main>
  );
}

const countText = (total: number): string => `${total.toLocaleString("en-GB")} ${total === 1 ? "alarm" : "alarms"}`;

function Filters({
  search,
  log,
  onChange,
}: {
  readonly search: LogSearch;
  readonly log: Log;
  readonly onChange: (more: LogSearch) => void;
}) {
  const nurses = log.first?.nurses ?? (search.nurse === undefined ? [] : [search.nurse]);
  const bays = log.first?.bays ?? [];
  const pick = (key: keyof LogSearch, label: string, options: readonly (readonly [value: string, text: string])[]) => (
    <Pick
      key={key}
      label={label}
      value={search[key] ?? ""}
      options={options}
      onPick={(value) => onChange({ [key]: value })}
    />
  );
  return (
    <search className="alerts-filters" aria-label="Filters">
      {pick("last", "Time", [["", "All time"], ...LASTS.map((hours) => [hours, LAST_TEXT[hours]] as const)])}
      {pick("bay", "Bay", [["", "All"], ...bays.map(({ id, name }) => [id, name] as const)])}
      {pick("priority", "Priority", [["", "All"], ...PRIORITIES_IN_ORDER.map((p) => [p, p] as const)])}
      {pick("vital", "Vital", [["", "All"], ...VITALS.map((vital) => [vital, VITAL_FACTS[vital].label] as const)])}
      {pick("kind", "Kind", [
        ["", "All"],
        ...(["physiological", "technical", "procedural"] as const).map((k) => [k, k] as const),
      ])}
      {pick("nurse", "Nurse", [["", "All"], ...nurses.map((nurse) => [nurse, nurse] as const)])}
      {pick("state", "State", [["", "All"], ...ALERT_STATES.map((state) => [state, STATE_TEXT[state]] as const)])}
      {pick("over", "Unanswered for", [
        ["", "Any time"],
        ...(["15", "30", "60", "120", "300"] as const).map((s) => [s, `over ${s} s`] as const),
      ])}
      {pick("mark", "Mark", [
        ["", "All"],
        ["yes", "actionable"],
        ["no", "not actionable"],
        ["none", "not marked"],
      ])}
      {pick(
        "sort",
        "Order",
        ALERT_SORTS.map((sort) => [sort === "newest" ? "" : sort, SORT_TEXT[sort]] as const),
      )}
      <PatientFilter value={search.patient ?? ""} onChange={(patient) => onChange({ patient })} />
    </search>
  );
}

const STATE_TEXT = { standing: "standing", unseen: "cleared, not seen", over: "over" } as const;
const SORT_TEXT = {
  newest: "Newest first",
  oldest: "Oldest first",
  "slowest-answered": "Slowest answered",
  "longest-unanswered": "Longest unanswered",
  longest: "Longest lasting",
} as const;

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, options, onPick }: PickProps) {
  const id = useId();
  return (
    <div className="alerts-pick" data-set={value !== ""}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function PatientFilter({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const id = useId();
  return (
    <form
      className="alerts-pick alerts-patient"
      data-set={value !== ""}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(String(new FormData(event.currentTarget).get("patient") ?? "").trim());
      }}
    >
      <label htmlFor={id}>Patient</label>
      <input
        key={value}
        id={id}
        name="patient"
        type="search"
        defaultValue={value}
        placeholder="Name or record number"
      />
    </form>
  );
}

function Rows({
  log,
  open,
  onOpen,
}: {
  readonly log: Log;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const total = log.first?.total ?? 0;
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 1200, height: 640 },
  });
  const items = rows.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  const { want } = log;
  useEffect(() => want(from, to), [want, from, to]);

  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index));
    rows.scrollToIndex(next, { align: "auto" });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (row === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const index = Number(row.dataset.index);
    const next = STEPS[event.key];
    if (next !== undefined) focusRow(next(index, total));
    else if (event.key === "Enter" || event.key === " ") row.click();
    else return;
    event.preventDefault();
  };
  const times = zoneText(log.first?.zone ?? "UTC", 0, 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element
    <div className="alerts-table" role="table" aria-label="Alarms" aria-rowcount={total + 1} onKeyDown={onKey}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element */}
      <div role="row" className="alerts-row alerts-titles" aria-rowindex={1} tabIndex={-1}>
        {COLUMNS.map((title) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <span role="columnheader" key={title} tabIndex={-1}>
            {title === "" ? <span className="unseen">Priority</span> : title}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className="alerts-scroll" role="rowgroup" ref={box}>
        <div style={{ height: rows.getTotalSize(), position: "relative" }} role="presentation">
          {items.map(({ index, start }) => (
            <Row
              key={index}
              index={index}
              top={start}
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

interface RowProps {
  readonly index: number;
  readonly top: number;
  readonly alert: Alert | undefined;
  readonly isEntry: boolean;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
  readonly times: ReturnType<typeof zoneText>;
}

function Row({ index, top, alert, isEntry, open, onOpen, times }: RowProps) {
  const cells =
    alert === undefined
      ? ["", "…"]
      : [
          "",
          `${times.date(alert.raisedAt).replace(/ \d{4}$/, "")} ${times.second(alert.raisedAt)}`,
          alert.bay,
          `${patientText(alert)} · ${PHASE_TEXT[alert.phase]}`,
          alertText(alert),
          answeredText(alert),
          spanText(alert.durationMs),
          stateText(alert),
          alert.mark === null ? "" : MARK_TEXT[alert.mark],
        ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element
    <div
      role="row"
      className="alerts-row"
      data-index={index}
      data-priority={alert?.priority}
      data-late={(alert?.acknowledged?.afterMs ?? 0) > 60_000}
      aria-rowindex={index + 2}
      aria-selected={alert !== undefined && open === String(alert.id)}
      tabIndex={isEntry || (alert !== undefined && open === String(alert.id)) ? 0 : -1}
      style={{ position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${top}px)`, height: ROW_PX }}
      onClick={() => alert !== undefined && onOpen(String(alert.id))}
      onKeyDown={() => undefined}
    >
      {COLUMNS.map((title, i) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <span role="cell" key={title} className={i === 0 ? "alerts-sign" : undefined} title={cells[i]}>
          {i === 0 && alert !== undefined ? (
            <>
              {PRIORITY_SYMBOL[alert.priority]}
              <span className="unseen">{alert.priority}</span>
            </>
          ) : (
            (cells[i] ?? "")
          )}
        </span>
      ))}
    </div>
  );
}

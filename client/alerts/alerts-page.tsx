import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ALERT_SORTS } from "@vigil/shared/wire";
import { useRef } from "react";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "../wall/live-context.ts";
import { AlertStoryPanel } from "./alert-story.tsx";
import { Filters } from "./alerts-filters.tsx";
import { Rows } from "./alerts-rows.tsx";
import { ExportLinks } from "./export-links.tsx";
import { addressOf, type LogSearch, queryOf, searchOf } from "./filters.ts";
import { useLog } from "./use-log.ts";
import "./alerts.css";

/** The log of the ward's alarms: found by filters that stand in the address, each with its story. */
export function AlertsPage() {
  return <ClinicTimed>{(time) => <AlarmLog time={time} />}</ClinicTimed>;
}

function AlarmLog({ time }: { readonly time: ClinicTime }) {
  const search = searchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const body = useRef<HTMLDivElement>(null);
  const { alarms } = useValue(useLive().summary);
  const calls = alarms
    .map(({ bay, alarm }) => `${bay.id} ${alarm.id} ${alarm.callsSince} ${alarm.acknowledged}`)
    .join();
  const query = queryOf(search, time.now()).toString();
  const log = useLog(query, calls);
  const change = (more: LogSearch) =>
    void navigate({ to: "/alerts", search: addressOf(searchOf({ ...search, ...more })), replace: true });
  const close = (): void => {
    const row = body.current?.querySelector<HTMLElement>(`[data-alert="${search.alert}"]`);
    change({ alert: "" });
    row?.focus();
  };
  const filtered = Object.keys(search).some((key) => key !== "sort" && key !== "alert");
  return (
    <main className="page alerts" data-story={search.alert !== undefined}>
      <title>Alarm log · Vigil</title>
      <header className="alerts-head">
        <h1>Alarm log</h1>
        <p aria-live="polite">
          {log.first === null ? log.refused === null && "Asking the server" : countText(log.first.total)}
        </p>
        <Link className="act act-quiet" to="/alerts/measures" search={{}}>
          Measures
        </Link>
        <ExportLinks query={query} />
      </header>
      <Filters search={search} log={log} time={time} onChange={change} />
      {log.refused !== null && (
        <p className="alerts-refused" role="alert">
          {log.refused}
        </p>
      )}
      <div className="alerts-body" ref={body}>
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
          log.first !== null && (
            <Rows
              key={query}
              log={log}
              sort={ALERT_SORTS.find((sort) => sort === search.sort) ?? "newest"}
              open={search.alert ?? null}
              onOpen={(alert) => change({ alert })}
              onSort={(sort) => change({ sort })}
            />
          )
        )}
        {search.alert !== undefined && (
          <AlertStoryPanel key={search.alert} id={search.alert} calls={calls} onClose={close} />
        )}
      </div>
      {log.first !== null && log.first.total > 0 && (
        <p className="alerts-keys">
          <kbd>↑</kbd> <kbd>↓</kbd> <kbd>Page</kbd> <kbd>Home</kbd> <kbd>End</kbd> from row to row, <kbd>Enter</kbd>{" "}
          opens the story, <kbd>Esc</kbd> closes it
        </p>
      )}
    </main>
  );
}

const countText = (total: number): string => `${total.toLocaleString("en-GB")} ${total === 1 ? "alarm" : "alarms"}`;

import { Button, NativeSelect } from "@mantine/core";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { AUDIT_OUTCOMES, CONSOLE } from "@vigil/shared/audit";
import { AUDIT_PAGE, type AuditLine, type AuditPage as Page } from "@vigil/shared/wire";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { type ClinicTime, ClinicTimed } from "../ui/clinic-time.tsx";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { auditQuery, verificationQuery } from "./admin-api.ts";
import { AdminFrame } from "./admin-frame.tsx";
import { type AuditSearch, auditSearchOf, detailText, LAST_TEXT, queryOf, valueText } from "./audit-search.ts";

export function AuditPage() {
  return (
    <AdminFrame title="Audit">
      <Verified />
      <ClinicTimed>{(time) => <Entries time={time} />}</ClinicTimed>
    </AdminFrame>
  );
}

/** The chain walked again when the page is opened, and whenever somebody asks. */
function Verified() {
  const { data, error, isFetching, refetch } = useQuery(verificationQuery);
  const zone = useQuery(auditQuery("", 0)).data?.zone ?? "UTC";
  const whole = data?.faults.length === 0;
  return (
    <section
      className="audit-state"
      data-whole={data === undefined ? "unknown" : whole}
      aria-label="Whether it is whole"
    >
      <div role="status">
        <b>{data === undefined ? "Looking at every entry …" : whole ? "Whole" : "NOT WHOLE"}</b>{" "}
        {data !== undefined && (
          <span>
            {data.entries.toLocaleString("en-GB")} entries looked at, {zoneText(zone, 0, 0).second(data.at)}
          </span>
        )}
        {data?.faults.map((fault) => (
          <p key={fault}>{fault}</p>
        ))}
        {data?.unproven.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Refusal why={error?.message ?? null} />
      </div>
      {data !== undefined && (
        <small>
          Ends with entry {data.end.seq}, <code title={data.end.hash}>{data.end.hash.slice(0, 16)}…</code>
        </small>
      )}
      <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
        Look again
      </Button>
    </section>
  );
}

function Entries({ time }: { readonly time: ClinicTime }) {
  const search = auditSearchOf(useSearch({ strict: false }));
  const navigate = useNavigate();
  const query = queryOf(search, time.now());
  const { data: first, error } = useQuery({ ...auditQuery(query, 0), placeholderData: keepPreviousData });
  const change = (more: AuditSearch) =>
    void navigate({ to: "/admin/audit", search: auditSearchOf({ ...search, ...more }), replace: true });
  const pick = (key: keyof AuditSearch, label: string, options: readonly (readonly [string, string])[]) => (
    <NativeSelect
      label={label}
      value={search[key] ?? ""}
      data={options.map(([value, text]) => ({ value, label: text }))}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  );
  const named = (names: readonly string[], chosen: string | undefined) =>
    [...new Set([...names, ...(chosen === undefined ? [] : [chosen])])].map((name) => [name, name] as const);
  return (
    <>
      <search className="audit-filters" aria-label="Filters">
        {pick("last", "Time", [["", "All time"], ...Object.entries(LAST_TEXT)])}
        {pick("person", "Person", [["", "Everybody"], ...named(first?.people ?? [], search.person)])}
        {pick("action", "Action", [["", "Everything"], ...named(first?.actions ?? [], search.action)])}
        {pick("outcome", "Outcome", [["", "All"], ...named(AUDIT_OUTCOMES, search.outcome)])}
        <Button component="a" variant="default" href={`/api/audit.csv?${query}`} download>
          Export CSV
        </Button>
        <Button component="a" variant="default" href={`/api/audit.ndjson?${query}`} download>
          NDJSON
        </Button>
        <p aria-live="polite">
          {first !== undefined && `${first.total.toLocaleString("en-GB")} ${first.total === 1 ? "entry" : "entries"}`}
        </p>
      </search>
      <Refusal why={error?.message ?? null} />
      {first?.total === 0 && <p className="courses-empty">No entry matches these filters.</p>}
      {first !== undefined && first.total > 0 && <Rows key={query} query={query} first={first} />}
    </>
  );
}

const ROW_PX = 46;
const TITLES = ["No.", "When", "Who", "From", "Action", "To what", "Outcome", "Detail"] as const;

function Rows({ query, first }: { readonly query: string; readonly first: Page }) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: first.total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
    initialRect: { width: 1200, height: 640 },
  });
  const items = rows.getVirtualItems();
  const from = Math.floor((items[0]?.index ?? 0) / AUDIT_PAGE);
  const to = Math.floor((items.at(-1)?.index ?? 0) / AUDIT_PAGE);
  const wanted = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const pages = useQueries({
    queries: wanted.map((page) => auditQuery(query, page)),
  });
  const at = (index: number): AuditLine | undefined =>
    pages[Math.floor(index / AUDIT_PAGE) - from]?.data?.entries[index % AUDIT_PAGE];
  const times = useMemo(() => zoneText(first.zone, 0, 0), [first.zone]);
  const [open, setOpen] = useState<AuditLine | null>(null);
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(first.total - 1, index));
    rows.scrollToIndex(next, { align: "auto" });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (row === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const index = Number(row.dataset.index);
    if (event.key === "ArrowDown") focusRow(index + 1);
    else if (event.key === "ArrowUp") focusRow(index - 1);
    else if (event.key === "Enter" || event.key === " ") setOpen(at(index) ?? null);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {open !== null && <Entry line={open} times={times} onClose={() => setOpen(null)} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element */}
      <div onKeyDown={onKey} className="audit-table" role="table" aria-label="Entries" aria-rowcount={first.total + 1}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="row" className="audit-row audit-titles" aria-rowindex={1} tabIndex={-1}>
          {TITLES.map((title) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <span role="columnheader" key={title} tabIndex={-1}>
              {title}
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div className="audit-scroll" role="rowgroup" ref={box}>
          <div style={{ height: rows.getTotalSize(), position: "relative" }} role="presentation">
            {items.map(({ index, start }) => (
              <Row
                key={index}
                index={index}
                top={start}
                line={at(index)}
                times={times}
                isEntry={index === items[0]?.index}
                onOpen={setOpen}
              />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}

interface EntryProps {
  readonly line: AuditLine;
  readonly times: ZoneText;
  readonly onClose: () => void;
}

/** One entry whole: a row has no room for what some of them tell. */
function Entry({ line, times, onClose }: EntryProps) {
  const facts: readonly (readonly [string, string])[] = [
    ["When", `${times.date(line.at)}, ${times.second(line.at)}`],
    ["Who", whoText(line)],
    ["From", line.from],
    ["To what", line.subject ?? "–"],
    ["Outcome", line.outcome],
    ...Object.entries(line.detail).map(([key, value]) => [key, valueText(value)] as const),
    ["Hash", line.hash],
  ];
  return (
    <section className="audit-entry" aria-label={`Entry ${line.seq}`}>
      <h2>
        Entry {line.seq}: {line.action}
      </h2>
      <Button variant="default" onClick={onClose}>
        Close
      </Button>
      <dl>
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const whoText = ({ actor, from }: AuditLine): string => {
  if (actor !== null) return `${actor.name}, ${actor.role}`;
  if (from === "server") return "the program";
  return from === CONSOLE ? CONSOLE : "not known";
};

interface RowProps {
  readonly index: number;
  readonly top: number;
  readonly line: AuditLine | undefined;
  readonly times: ZoneText;
  /** It is where the keyboard comes in. */
  readonly isEntry: boolean;
  readonly onOpen: (line: AuditLine) => void;
}

function Row({ index, top, line, times, isEntry, onOpen }: RowProps) {
  const cells =
    line === undefined
      ? ["…"]
      : [
          String(line.seq),
          `${times.date(line.at).replace(/^\w+ /, "")} ${times.second(line.at)}`,
          whoText(line),
          line.from,
          line.action,
          line.subject ?? "",
          line.outcome,
          detailText(line.detail),
        ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list of rows cannot be a table element
    <div
      role="row"
      className="audit-row"
      data-outcome={line?.outcome}
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={isEntry ? 0 : -1}
      onClick={() => line !== undefined && onOpen(line)}
      onKeyDown={() => undefined}
      style={{ position: "absolute", top: 0, left: 0, right: 0, transform: `translateY(${top}px)`, height: ROW_PX }}
    >
      {TITLES.map((title, i) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <span role="cell" key={title} title={cells[i]}>
          {cells[i] ?? ""}
        </span>
      ))}
    </div>
  );
}

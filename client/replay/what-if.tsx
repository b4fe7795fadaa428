/** Other limits, delays and deadbands, and what they would have changed. */
import type { Limits } from "@vigil/shared/protocol";
import type { Comparison, Difference, VitalEdit } from "@vigil/shared/replay";
import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";
import { useEffect, useState } from "react";
import { useValue } from "../ui/use-value.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import type { Opened } from "./asking.ts";
import { FIELDS, type Field, limitsOf, ROWS, type Row, type Texts, textsOf, type VitalLimits } from "./limit-texts.ts";
import type { ReplayPlayer } from "./player.ts";
import { episodeText } from "./words.ts";

interface WhatIfProps {
  readonly player: ReplayPlayer;
  readonly opened: Opened;
  readonly zone: ZoneText;
  readonly edits: readonly VitalEdit[];
  readonly onEdits: (edits: readonly VitalEdit[]) => void;
}

export function WhatIfPanel({ player, opened, zone, edits, onEdits }: WhatIfProps) {
  const bay = useValue(player.bay);
  const whatIf = useValue(player.whatIf);
  const [vital, setVital] = useState<Vital>("spo2");
  const recorded: Limits = opened.limits.find(([id]) => id === bay)?.[1] ?? {};
  const base = recorded[vital] ?? {};
  const edited = edits.find((each) => each.vital === vital)?.limits;
  const others = edits.filter((each) => each.vital !== vital);
  return (
    <section className="replay-what-if" aria-labelledby="replay-what-if-title">
      <h2 id="replay-what-if-title">What if</h2>
      <div className="replay-what-if-head">
        <label>
          <span>Vital</span>
          <select
            value={vital}
            onChange={({ target }) => setVital(VITALS.find((each) => each === target.value) ?? "spo2")}
          >
            {VITALS.map((each) => (
              <option key={each} value={each}>
                {VITAL_FACTS[each].label}
                {edits.some((edit) => edit.vital === each) ? " (changed)" : ""}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={edits.length === 0} onClick={() => onEdits([])}>
          As recorded again
        </button>
        <button
          type="button"
          disabled={whatIf === null}
          onClick={() => whatIf !== null && save(whatIf.csv, opened.title)}
        >
          Export as CSV
        </button>
      </div>
      <LimitsTable
        key={`${bay} ${vital} ${edited === undefined}`}
        vital={vital}
        base={base}
        start={edited ?? base}
        onLimits={(limits) => onEdits([...others, { vital, limits }])}
      />
      <p className="note">
        An empty limit is off. It counts for every session of this recording; limits that a nurse edited that day stay
        as they were edited, and rises over the baseline stay.
      </p>
      <div role="status" aria-label="What would be different">
        {whatIf === null ? null : <Compared comparison={whatIf.comparison} zone={zone} player={player} />}
      </div>
    </section>
  );
}

const ROW_TEXT: { readonly [R in Row]: string } = {
  "high.critical": "High, critical",
  "high.warning": "High, warning",
  "low.warning": "Low, warning",
  "low.critical": "Low, critical",
};
const FIELD_TEXT: { readonly [F in Field]: string } = {
  limit: "Limit",
  delay: "Delay, s",
  offDelay: "Off delay, s",
  deadband: "Deadband",
};
/** Alarms move as one types, once a figure has stood for a moment. */
const REST_MS = 250;

interface LimitsTableProps {
  readonly vital: Vital;
  readonly base: VitalLimits;
  readonly start: VitalLimits;
  readonly onLimits: (limits: VitalLimits) => void;
}

function LimitsTable({ vital, base, start, onLimits }: LimitsTableProps) {
  const [texts, setTexts] = useState<Texts>(() => textsOf(start));
  const [typed, setTyped] = useState(false);
  const checked = limitsOf(texts, base);
  const wrong = "wrong" in checked ? checked.wrong : new Map<string, string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is tried
  useEffect(() => {
    if (!typed || "wrong" in checked) return;
    const resting = setTimeout(() => {
      setTyped(false);
      onLimits(checked.limits);
    }, REST_MS);
    return () => clearTimeout(resting);
  }, [texts, typed]);
  const { label, unit } = VITAL_FACTS[vital];
  return (
    <table className="replay-limits">
      <thead>
        <tr>
          <th scope="col">
            {label} <small>{unit}</small>
          </th>
          {FIELDS.map((field) => (
            <th scope="col" key={field}>
              {FIELD_TEXT[field]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row}>
            <th scope="row">{ROW_TEXT[row]}</th>
            {FIELDS.map((field) => {
              const key = `${row}.${field}` as const;
              const problem = wrong.get(key);
              return (
                <td key={field}>
                  <input
                    inputMode="decimal"
                    aria-label={`${label}, ${ROW_TEXT[row]}: ${FIELD_TEXT[field]}`}
                    aria-invalid={problem === undefined ? undefined : true}
                    title={problem}
                    value={texts[key] ?? ""}
                    data-changed={(texts[key] ?? "") !== (textsOf(base)[key] ?? "") || undefined}
                    onChange={({ target }) => {
                      setTyped(true);
                      setTexts((before) => ({ ...before, [key]: target.value }));
                    }}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
      {wrong.size === 0 ? null : <caption role="alert">{[...wrong.values()][0]}</caption>}
    </table>
  );
}

const KIND_SIGN = { gained: "+", lost: "−", moved: "~" } as const;
/** In the document at once. */
const MOST = 200;

interface ComparedProps {
  readonly comparison: Comparison;
  readonly zone: ZoneText;
  readonly player: ReplayPlayer;
}

function Compared({ comparison: { sources, differences }, zone, player }: ComparedProps) {
  const count = (kind: Difference["kind"]) => differences.filter((each) => each.kind === kind).length;
  const changed = sources.filter(({ gained, lost, moved }) => gained + lost + moved > 0);
  return (
    <>
      <p className="replay-counts">
        <b>{count("gained")}</b> gained, <b>{count("lost")}</b> lost, <b>{count("moved")}</b> moved
      </p>
      {changed.length === 0 ? null : (
        <table>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Priority</th>
              <th scope="col">Alarms</th>
              <th scope="col">Minutes</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ source, priority, before, after }) => (
              <tr key={`${source} ${priority}`}>
                <th scope="row">{sourceText(source)}</th>
                <td>{priority}</td>
                <td>
                  {before.alarms}, then {after.alarms}
                </td>
                <td>
                  {minutes(before.standingMs)}, then {minutes(after.standingMs)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul className="replay-differences">
        {differences.slice(0, MOST).map((difference) => (
          <DifferenceLine key={keyOf(difference)} difference={difference} zone={zone} player={player} />
        ))}
      </ul>
      {differences.length > MOST ? <p className="note">{differences.length - MOST} more are in the export.</p> : null}
    </>
  );
}

const keyOf = ({ kind, before, after }: Difference): string =>
  `${kind} ${before?.bay ?? after?.bay} ${before?.alarm ?? after?.alarm} ${before?.raisedAt} ${after?.raisedAt}`;

function DifferenceLine({
  difference,
  zone,
  player,
}: {
  readonly difference: Difference;
  readonly zone: ZoneText;
  readonly player: ReplayPlayer;
}) {
  const { kind, before, after } = difference;
  const of = kind === "lost" ? before : after;
  const span = (each: typeof of) =>
    `${zone.second(each.raisedAt)}–${each.clearedAt === null ? "end" : zone.second(each.clearedAt)}, ${each.priority}`;
  return (
    <li>
      <button type="button" onClick={() => player.goTo({ at: of.raisedAt, taken: 0 })}>
        <b>
          {KIND_SIGN[kind]} {kind}
        </b>{" "}
        Bay {of.bay}: {episodeText(of)}{" "}
        <small>{kind === "moved" ? `${span(before)}, then ${span(after)}` : span(of)}</small>
      </button>
    </li>
  );
}

const minutes = (ms: number): string => (ms / 60_000).toFixed(1);

function sourceText(source: string): string {
  const vital = VITALS.find((each) => each === source);
  return vital === undefined ? source : VITAL_FACTS[vital].label;
}

function save(csv: string, title: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `what-if ${title.replaceAll(/[^\p{L}\p{N} ._-]/gu, " ")}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

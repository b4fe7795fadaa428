/** What two sets of rules make of the same inputs, by source and priority. */
import type { ComparedSource, Difference } from "@vigil/shared/replay";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import { conditionText } from "./alarm-text.ts";
import { PRIORITY_SYMBOL } from "./priority.ts";
import "./sources-table.css";

type DifferenceKind = Difference["kind"];

/** Which of the differences are looked at; what is left out may be any. */
export interface DifferenceChoice {
  readonly source?: string;
  readonly priority?: ComparedSource["priority"];
  readonly kind?: DifferenceKind;
}

interface SourcesTableProps {
  readonly sources: readonly ComparedSource[];
  /** A figure that is touched chooses its differences; left out: figures alone. */
  readonly onChoose?: (choice: DifferenceChoice) => void;
  readonly chosen?: DifferenceChoice;
  /** With a line of sums. */
  readonly hasTotal?: boolean;
}

const KINDS = ["gained", "lost", "moved"] as const;

export function SourcesTable({ sources, onChoose, chosen = {}, hasTotal = false }: SourcesTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it is too wide it scrolls, and what scrolls must be reached by keyboard
    <section className="sources" tabIndex={0} aria-label="Sums by source and priority">
      <table>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Priority</th>
            <th scope="col">Alarms</th>
            <th scope="col">then</th>
            <th scope="col">Minutes</th>
            <th scope="col">then</th>
            {KINDS.map((kind) => (
              <th scope="col" key={kind}>
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((each) => (
            <tr key={`${each.source} ${each.priority}`} data-priority={each.priority}>
              <th scope="row">{sourceText(each.source)}</th>
              <td>
                <span className="sources-sign">{PRIORITY_SYMBOL[each.priority]}</span> {each.priority}
              </td>
              <Pair before={each.before.alarms} after={each.after.alarms} text={count} />
              <Pair before={each.before.standingMs} after={each.after.standingMs} text={minutes} />
              {KINDS.map((kind) => (
                <td key={kind}>
                  {onChoose === undefined || each[kind] === 0 ? (
                    count(each[kind])
                  ) : (
                    <button
                      type="button"
                      aria-pressed={
                        chosen.source === each.source && chosen.priority === each.priority && chosen.kind === kind
                      }
                      aria-label={`${count(each[kind])} ${kind}: ${sourceText(each.source)}, ${each.priority}`}
                      onClick={() => onChoose({ source: each.source, priority: each.priority, kind })}
                    >
                      {count(each[kind])}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {hasTotal && <Total sources={sources} />}
      </table>
    </section>
  );
}

function Total({ sources }: Pick<SourcesTableProps, "sources">) {
  const sum = (of: (each: ComparedSource) => number): number => sources.reduce((total, each) => total + of(each), 0);
  return (
    <tfoot>
      <tr>
        <th scope="row">All</th>
        <td />
        <Pair before={sum(({ before }) => before.alarms)} after={sum(({ after }) => after.alarms)} text={count} />
        <Pair
          before={sum(({ before }) => before.standingMs)}
          after={sum(({ after }) => after.standingMs)}
          text={minutes}
        />
        {KINDS.map((kind) => (
          <td key={kind}>{count(sum((each) => each[kind]))}</td>
        ))}
      </tr>
    </tfoot>
  );
}

interface PairProps {
  readonly before: number;
  readonly after: number;
  readonly text: (value: number) => string;
}

function Pair({ before, after, text }: PairProps) {
  return (
    <>
      <td>{text(before)}</td>
      <td data-changed={text(before) !== text(after) || undefined}>{text(after)}</td>
    </>
  );
}

const count = (value: number): string => value.toLocaleString("en-GB");
const minutes = (ms: number): string =>
  (ms / 60_000).toLocaleString("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Of a vital's limits, or of another alarm by its id. */
export function sourceText(source: string): string {
  const vital = VITALS.find((each) => each === source);
  return vital === undefined ? conditionText(source, null, null) : VITAL_FACTS[vital].label;
}

/** As the table counts it. */
export function isChosen({ kind, before, after }: Difference, choice: DifferenceChoice): boolean {
  const of = after ?? before;
  const source = of.kind === "physiological" ? of.alarm.split(".")[0] : of.alarm;
  return (
    (choice.kind === undefined || choice.kind === kind) &&
    (choice.source === undefined || choice.source === source) &&
    (choice.priority === undefined || choice.priority === of.priority)
  );
}

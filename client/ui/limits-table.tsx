/** The limits of a vital, delays and deadbands included, as an engineer or a supervisor edits them to try them. */
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { useEffect, useEffectEvent, useState } from "react";
import { FIELDS, type Field, limitsOf, ROWS, type Row, type Texts, textsOf, type VitalLimits } from "./limit-texts.ts";
import "./limits-table.css";

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
export const REST_MS = 250;

interface LimitsTableProps {
  readonly vital: Vital;
  readonly base: VitalLimits;
  readonly start: VitalLimits;
  readonly onLimits: (limits: VitalLimits) => void;
}

export function LimitsTable({ vital, base, start, onLimits }: LimitsTableProps) {
  const [texts, setTexts] = useState<Texts>(() => textsOf(start));
  const [typed, setTyped] = useState(false);
  const checked = limitsOf(texts, base);
  const wrong = "wrong" in checked ? checked.wrong : new Map<string, string>();
  // Whoever goes on to another field meanwhile has changed what these belong to.
  const tell = useEffectEvent(onLimits);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is tried
  useEffect(() => {
    if (!typed || "wrong" in checked) return;
    const resting = setTimeout(() => {
      setTyped(false);
      tell(checked.limits);
    }, REST_MS);
    return () => clearTimeout(resting);
  }, [texts, typed]);
  const { label, unit } = VITAL_FACTS[vital];
  return (
    <table className="limits-table">
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

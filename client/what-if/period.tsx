import { useId } from "react";
import { LASTS, type Last, type Question } from "./question.ts";

const LAST_TEXT: { readonly [L in Last]: string } = {
  "24": "Last 24 hours",
  "168": "Last 7 days",
  "720": "Last 30 days",
  "8760": "Last year",
  all: "All time",
  days: "From … to …",
};

interface PeriodProps {
  readonly question: Question;
  readonly onChange: (more: Partial<Question>) => void;
}

/** Which sessions: by when they were opened. */
export function Period({ question, onChange }: PeriodProps) {
  const id = useId();
  const { last, from, to } = question;
  return (
    <div className="what-if-period">
      <div className="what-if-pick">
        <label htmlFor={id}>Sessions opened in</label>
        <select
          id={id}
          value={last}
          onChange={({ target }) => onChange({ last: LASTS.find((each) => each === target.value) ?? "720" })}
        >
          {LASTS.map((each) => (
            <option key={each} value={each}>
              {LAST_TEXT[each]}
            </option>
          ))}
        </select>
      </div>
      {last === "days" && (
        <>
          <Day label="First day" value={from} onChange={(day) => onChange({ from: day })} />
          <Day label="Last day" value={to} onChange={(day) => onChange({ to: day })} />
        </>
      )}
    </div>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId();
  return (
    <div className="what-if-pick">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={({ target }) => onChange(target.value)} />
    </div>
  );
}

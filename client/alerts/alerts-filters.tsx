import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import { ALERT_SORTS, ALERT_STATES } from "@vigil/shared/wire";
import { useId, useState } from "react";
import type { ClinicTime } from "../ui/clinic-time.tsx";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";
import { LAST_TEXT, LASTS, type LogSearch, lastNight } from "./filters.ts";
import type { Log } from "./use-log.ts";

interface FiltersProps {
  readonly search: LogSearch;
  readonly log: Log;
  readonly time: ClinicTime;
  readonly onChange: (more: LogSearch) => void;
}

type Option = readonly [value: string, text: string];

/** Each filter of the log; what is set stands in the address. */
export function Filters({ search, log, time, onChange }: FiltersProps) {
  const nurses = log.first?.nurses ?? [];
  const bays = log.first?.bays ?? [];
  const pick = (key: keyof LogSearch, label: string, options: readonly Option[]) => (
    <Pick label={label} value={search[key] ?? ""} options={options} onPick={(value) => onChange({ [key]: value })} />
  );
  const pickTime = (value: string): void => {
    setOwnTime(value === OWN);
    if (value === NIGHT) onChange({ last: "", ...lastNight(time.now(), time.zone) });
    else if (value !== OWN) onChange({ last: value, from: "", to: "" });
  };
  const [ownTime, setOwnTime] = useState(false);
  const hasOwnTime = ownTime || search.from !== undefined || search.to !== undefined;
  return (
    <search className="alerts-filters" aria-label="Filters">
      <Pick
        label="Time"
        value={hasOwnTime ? OWN : (search.last ?? "")}
        options={[
          ["", "All time"],
          [NIGHT, "Last night, 19–8"],
          ...LASTS.map((hours) => [hours, LAST_TEXT[hours]] as const),
          [OWN, "From … to …"],
        ]}
        onPick={pickTime}
      />
      {hasOwnTime && (
        <>
          <Typed
            label="From"
            type="datetime-local"
            value={search.from ?? ""}
            onTyped={(from) => onChange({ from, last: "" })}
          />
          <Typed
            label="To"
            type="datetime-local"
            value={search.to ?? ""}
            onTyped={(to) => onChange({ to, last: "" })}
          />
        </>
      )}
      <Typed
        label="Patient"
        type="search"
        value={search.patient ?? ""}
        placeholder="Name or number"
        onTyped={(patient) => onChange({ patient })}
      />
      {pick("bay", "Bay", [ALL, ...bays.map(({ id, name }) => [id, name] as const)])}
      {pick("nurse", "Nurse", [ALL, ...nurses.map((nurse) => [nurse, nurse] as const)])}
      {pick("priority", "Priority", [ALL, ...PRIORITIES_IN_ORDER.map((p) => [p, p] as const)])}
      {pick("vital", "Vital", [ALL, ...VITALS.map((vital) => [vital, VITAL_FACTS[vital].label] as const)])}
      {pick("kind", "Kind", [ALL, ...KINDS.map((kind) => [kind, kind] as const)])}
      {pick("state", "State", [ALL, ...ALERT_STATES.map((state) => [state, STATE_TEXT[state]] as const)])}
      {pick("over", "Unanswered for", [["", "Any time"], ...OVERS.map((s) => [s, `over ${s} s`] as const)])}
      {pick("mark", "Mark", [ALL, ["yes", "actionable"], ["no", "not actionable"], ["none", "not marked"]])}
      {pick(
        "sort",
        "Order",
        ALERT_SORTS.map((sort) => [sort === "newest" ? "" : sort, SORT_TEXT[sort]] as const),
      )}
    </search>
  );
}

const NIGHT = "night";
const OWN = "own";
const ALL: Option = ["", "All"];
const KINDS = ["physiological", "technical", "procedural"] as const;
const OVERS = ["15", "30", "60", "120", "300"] as const;
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
  readonly options: readonly Option[];
  readonly onPick: (value: string) => void;
}

export function Pick({ label, value, options, onPick }: PickProps) {
  const id = useId();
  // An address may ask for what no list offers.
  const isOffered = options.some(([each]) => each === value);
  return (
    <div className="alerts-pick" data-set={value !== ""} data-of={label}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {(isOffered ? options : [...options, [value, value] as const]).map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TypedProps {
  readonly label: string;
  readonly type: "search" | "datetime-local" | "date";
  readonly value: string;
  readonly placeholder?: string;
  readonly onTyped: (text: string) => void;
}

/** Taken when it is left or Enter is pressed: not with each letter. */
export function Typed({ label, type, value, placeholder, onTyped }: TypedProps) {
  const id = useId();
  const take = (text: string): void => {
    if (text.trim() !== value) onTyped(text.trim());
  };
  return (
    <div className="alerts-pick" data-set={value !== ""} data-type={type}>
      <label htmlFor={id}>{label}</label>
      <input
        key={value}
        id={id}
        type={type}
        defaultValue={value}
        placeholder={placeholder}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(event.currentTarget.value);
        }}
      />
    </div>
  );
}

import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { type CourseSettings, INSTRUMENT_FACTS, INSTRUMENTS } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { Refusal } from "./refusal.tsx";
import { useAct } from "./use-act.ts";

type Field = "baseline" | "share" | "sessions" | "windowMin" | "windowMax" | "gap" | "everyMin" | "everyMax";

interface FieldFacts {
  readonly label: string;
  readonly min: number;
  readonly max: number;
}

const FIELDS: { readonly [F in Field]: FieldFacts } = {
  baseline: { label: "Baseline score", min: 1, max: 80 },
  share: { label: "Relief below, % of baseline", min: 5, max: 95 },
  sessions: { label: "Induction sessions", min: 1, max: 30 },
  windowMin: { label: "Window from, days", min: 1, max: 365 },
  windowMax: { label: "Window to, days", min: 1, max: 365 },
  gap: { label: "Days between sessions, at least", min: 1, max: 365 },
  everyMin: { label: "Maintenance every, days from", min: 1, max: 365 },
  everyMax: { label: "Maintenance every, days to", min: 1, max: 365 },
};

/** The rules of this course. */
export function SettingsForm({ detail: { standing, closed } }: { readonly detail: CourseDetail }) {
  const { send, sending, refused } = useAct();
  const { settings } = standing;
  const [stage, setStage] = useState(settings.stage);
  const [instrument, setInstrument] = useState(settings.baseline.instrument);
  const [from, setFrom] = useState(settings.from ?? "");
  const [values, setValues] = useState(() => valuesOf(settings));
  const [wrong, setWrong] = useState<string | null>(null);
  const [kept, setKept] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const problem = problemOf(values);
    setWrong(problem);
    setKept(false);
    if (problem !== null) return;
    const whole = (field: Field) => Number(values[field]);
    send(
      {
        type: "set-course",
        settings: {
          stage,
          from: from === "" ? null : from,
          baseline: { instrument, total: values.baseline === "" ? null : whole("baseline") },
          reliefShare: whole("share") / 100,
          protocol: {
            induction: {
              sessions: whole("sessions"),
              windowDays: { min: whole("windowMin"), max: whole("windowMax") },
              gapDays: whole("gap"),
            },
            maintenance: { intervalDays: { min: whole("everyMin"), max: whole("everyMax") } },
          },
        },
      },
      () => setKept(true),
    );
  }

  const number = (field: Field, placeholder?: string) => (
    <NumberInput
      label={FIELDS[field].label}
      allowDecimal={false}
      hideControls
      inputMode="numeric"
      value={values[field]}
      onChange={(value) => setValues({ ...values, [field]: value })}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
  return (
    <>
      <form className="course-form" onSubmit={submit} noValidate>
        <NativeSelect
          label="Stage"
          data={[
            { value: "induction", label: "Induction, then maintenance" },
            { value: "maintenance", label: "Maintenance" },
          ]}
          value={stage}
          onChange={(event) => setStage(event.currentTarget.value === "maintenance" ? "maintenance" : "induction")}
        />
        <NativeSelect
          label="Baseline instrument"
          data={INSTRUMENTS.map((value) => ({ value, label: INSTRUMENT_FACTS[value].label }))}
          value={instrument}
          onChange={(event) =>
            setInstrument(INSTRUMENTS.find((one) => one === event.currentTarget.value) ?? instrument)
          }
        />
        <div className="side-by-side">
          {number(
            "baseline",
            standing.baseline?.score == null ? "first score" : `${standing.baseline.total}, from a score`,
          )}
          {number("share")}
        </div>
        <TextInput
          label="Counts sessions from"
          description="Empty: all of them"
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <div className="side-by-side">
          {number("sessions")}
          {number("gap")}
        </div>
        <div className="side-by-side">
          {number("windowMin")}
          {number("windowMax")}
        </div>
        <div className="side-by-side">
          {number("everyMin")}
          {number("everyMax")}
        </div>
        <Button type="submit" loading={sending}>
          Keep the settings
        </Button>
        <p aria-live="polite">{kept ? "Kept." : ""}</p>
        <Refusal why={wrong ?? refused} />
      </form>
      <CloseForm closed={closed !== null} />
    </>
  );
}

function CloseForm({ closed }: { readonly closed: boolean }) {
  const { send, sending, refused } = useAct();
  const [reason, setReason] = useState("");
  return (
    <form
      className="course-form close-form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ type: closed ? "reopen-course" : "close-course", reason }, () => setReason(""));
      }}
    >
      <TextInput
        label={closed ? "Why the course is reopened" : "Why the course is closed"}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={sending} disabled={reason.trim() === ""}>
        {closed ? "Reopen the course" : "Close the course"}
      </Button>
      <Refusal why={refused} />
    </form>
  );
}

type Values = { readonly [F in Field]: number | string };

const valuesOf = ({ baseline, reliefShare, protocol }: CourseSettings): Values => ({
  baseline: baseline.total ?? "",
  share: Math.round(reliefShare * 100),
  sessions: protocol.induction.sessions,
  windowMin: protocol.induction.windowDays.min,
  windowMax: protocol.induction.windowDays.max,
  gap: protocol.induction.gapDays,
  everyMin: protocol.maintenance.intervalDays.min,
  everyMax: protocol.maintenance.intervalDays.max,
});

const ALL: readonly Field[] = [
  "baseline",
  "share",
  "sessions",
  "gap",
  "windowMin",
  "windowMax",
  "everyMin",
  "everyMax",
];

function problemOf(values: Values): string | null {
  for (const field of ALL) {
    const { label, min, max } = FIELDS[field];
    const value = values[field];
    if (field === "baseline" && value === "") continue;
    const whole = value === "" ? Number.NaN : Number(value);
    if (!Number.isInteger(whole) || whole < min || whole > max)
      return `${label}: a whole number from ${min} to ${max}.`;
  }
  if (Number(values.windowMin) > Number(values.windowMax))
    return "The window's first number must not be above its second.";
  if (Number(values.everyMin) > Number(values.everyMax))
    return "The interval's first number must not be above its second.";
  return null;
}

import { Button, Checkbox, NativeSelect, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import {
  type Answers,
  answersProblem,
  bandOf,
  INSTRUMENT_FACTS,
  INSTRUMENTS,
  type Instrument,
  type Score,
  totalOf,
} from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { type FormEvent, useState } from "react";
import { ItemAnswers, type ItemDraft } from "./item-answers.tsx";
import { Refusal } from "./refusal.tsx";
import { useAct } from "./use-act.ts";

interface ScoreFormProps {
  readonly detail: CourseDetail;
  /** The score to set right; left out, a new one is entered. */
  readonly correcting?: Score;
  readonly done?: () => void;
}

/** Entering a score, or setting one right. */
export function ScoreForm({ detail: { standing, timeNow }, correcting, done }: ScoreFormProps) {
  const { send, sending, refused } = useAct();
  const [instrument, setInstrument] = useState<Instrument>(
    correcting?.instrument ?? standing.settings.baseline.instrument,
  );
  const [way, setWay] = useState<"items" | "total">(
    correcting !== undefined && "total" in correcting.answers ? "total" : "items",
  );
  const [items, setItems] = useState<ItemDraft>(
    correcting !== undefined && "items" in correcting.answers ? correcting.answers.items : [],
  );
  const [total, setTotal] = useState<number | string>(correcting?.total ?? "");
  const [earlier, setEarlier] = useState(correcting !== undefined);
  const [date, setDate] = useState(correcting?.date ?? standing.today);
  const [time, setTime] = useState(correcting?.time ?? timeNow);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const facts = INSTRUMENT_FACTS[instrument];
  const byItem = facts.items !== null && way === "items";
  const answers: Answers = byItem ? { items: items.map((item) => item ?? -1) } : { total: wholeOf(total) };

  function submit(event: FormEvent): void {
    event.preventDefault();
    const problem = problemOf();
    setWrong(problem);
    if (problem !== null) return;
    const taken = earlier ? { taken: { date, time } } : {};
    const finish = () => {
      setItems([]);
      setTotal("");
      setEarlier(false);
      done?.();
    };
    if (correcting === undefined) send({ type: "record-score", instrument, answers, ...taken }, finish);
    else send({ type: "correct-score", score: correcting.id, instrument, answers, ...taken, reason }, finish);
  }

  function problemOf(): string | null {
    const missing = facts.items?.asks.findIndex((_, index) => items[index] === undefined) ?? -1;
    if (byItem && missing >= 0) return `Item ${missing + 1} is not answered. Answer all nine, or enter the total.`;
    if (!byItem && total === "") return `Enter the total of ${facts.label}, 0 to ${facts.max}.`;
    const problem = answersProblem(instrument, answers);
    if (problem !== null) return problem;
    if (earlier && (date === "" || time === "")) return "Enter the day and the time at which the patient answered.";
    return correcting !== undefined && reason.trim() === "" ? "Say in a few words why it is set right." : null;
  }

  return (
    <form className="course-form" onSubmit={submit} noValidate>
      <NativeSelect
        label="Instrument"
        data={INSTRUMENTS.map((value) => ({
          value,
          label: `${INSTRUMENT_FACTS[value].label} · ${INSTRUMENT_FACTS[value].asks}`,
        }))}
        value={instrument}
        onChange={(event) => {
          setInstrument(INSTRUMENTS.find((one) => one === event.currentTarget.value) ?? instrument);
          setWrong(null);
        }}
      />
      {facts.items !== null && (
        <SegmentedControl
          aria-label="How it is entered"
          data={[
            { value: "items", label: "Item by item" },
            { value: "total", label: "Total only" },
          ]}
          value={way}
          onChange={(value) => {
            setWay(value);
            setWrong(null);
          }}
        />
      )}
      {byItem && facts.items !== null ? (
        <ItemAnswers facts={facts.items} answers={items} change={setItems} />
      ) : (
        <NumberInput
          label={`Total, 0 to ${facts.max}`}
          allowDecimal={false}
          hideControls
          inputMode="numeric"
          value={total}
          onChange={setTotal}
          description={
            facts.items === null ? undefined : "A total does not tell of thoughts of death: ask for item 9 yourself."
          }
        />
      )}
      <Checkbox
        label="Answered earlier"
        checked={earlier}
        onChange={(event) => setEarlier(event.currentTarget.checked)}
      />
      {earlier && (
        <div className="side-by-side">
          <TextInput
            label="Day"
            type="date"
            max={standing.today}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
          <TextInput label="Time" type="time" value={time} onChange={(event) => setTime(event.currentTarget.value)} />
        </div>
      )}
      {correcting !== undefined && (
        <TextInput
          label="Why it is set right"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <p className="sum" aria-live="polite">
        {sumText(instrument, answers, items, byItem)}
      </p>
      <Button type="submit" loading={sending}>
        {correcting === undefined ? "Keep the score" : "Set it right"}
      </Button>
      <Refusal why={wrong ?? refused} />
    </form>
  );
}

const wholeOf = (entered: number | string): number => (entered === "" ? Number.NaN : Number(entered));

/** "Total 14 of 27, moderate"; while items are missing, how many. */
function sumText(instrument: Instrument, answers: Answers, items: ItemDraft, byItem: boolean): string {
  const { max, items: facts } = INSTRUMENT_FACTS[instrument];
  const answered = items.filter((item) => item !== undefined).length;
  if (byItem && facts !== null && answered < facts.asks.length) return `${answered} of ${facts.asks.length} answered`;
  if (answersProblem(instrument, answers) !== null) return "";
  const total = totalOf(answers);
  return `Total ${total} of ${max}, ${bandOf(instrument, total).label}`;
}

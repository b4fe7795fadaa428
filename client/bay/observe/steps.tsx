import { useId } from "react";
import type { Answer } from "./scales.ts";
import "./steps.css";

interface StepsProps {
  readonly label: string;
  /** What was seen last, with its time. */
  readonly last?: string | undefined;
  readonly answers: readonly Answer[];
  /** `null`: not looked at. */
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
  /** The answers in words with their figures, or in words alone. */
  readonly inWords?: boolean | "alone";
}

/** One scale, one press: big steps in a row, with the first for what was not looked at. */
export function Steps({ label, last, answers, value, onValue, inWords = false }: StepsProps) {
  const name = useId();
  const isPlain = inWords === "alone";
  const words = answers.find((each) => each.value === value)?.words ?? "";
  return (
    <fieldset className="steps" data-words={inWords !== false}>
      <legend>
        {label} {last !== undefined && <small>last {last}</small>}
      </legend>
      <div className="steps-row">
        <Step name={name} label="not looked at" isChecked={value === null} onCheck={() => onValue(null)}>
          –
        </Step>
        {answers.map((answer) => (
          <Step
            key={answer.value}
            name={name}
            label={nameOf(answer, isPlain)}
            isChecked={value === answer.value}
            onCheck={() => onValue(answer.value)}
          >
            {inWords ? (
              <>
                {!isPlain && <b>{answer.value}</b>} {answer.words}
              </>
            ) : (
              answer.value
            )}
          </Step>
        ))}
      </div>
      {!inWords && <small className="steps-words">{words}</small>}
    </fieldset>
  );
}

function nameOf({ value, words }: Answer, isPlain: boolean): string {
  if (isPlain) return words;
  return words === "" ? String(value) : `${value}, ${words}`;
}

interface StepProps {
  readonly name: string;
  readonly label: string;
  readonly isChecked: boolean;
  readonly onCheck: () => void;
  readonly children: React.ReactNode;
}

function Step({ name, label, isChecked, onCheck, children }: StepProps) {
  return (
    <label className="step">
      <input type="radio" name={name} aria-label={label} checked={isChecked} onChange={onCheck} />
      <span aria-hidden="true">{children}</span>
    </label>
  );
}

import { cadss6Total, type DischargeScore } from "@vigil/shared/session";
import { type DraftErrors, HAND_FIELDS, type ObservationDraft } from "./observation-draft.ts";
import { CADSS_ANSWERS, CADSS6_ITEMS, SCORE_ITEMS } from "./scales.ts";
import { Steps } from "./steps.tsx";

interface HandFieldsProps {
  readonly values: ObservationDraft["values"];
  readonly errors: DraftErrors;
  readonly onValues: (values: ObservationDraft["values"]) => void;
}

/** What a person measured: the session works, and alarms, without a monitor too. */
export function HandFields({ values, errors, onValues }: HandFieldsProps) {
  return (
    <div className="hand-fields">
      {HAND_FIELDS.map(({ key, label, unit }) => (
        <div className="field" key={key}>
          <label htmlFor={`hand-${key}`}>
            {label} <small>{unit}</small>
          </label>
          <input
            id={`hand-${key}`}
            inputMode="decimal"
            autoComplete="off"
            maxLength={6}
            value={values[key]}
            aria-invalid={errors[key] !== undefined}
            aria-describedby={`hand-${key}-about`}
            onChange={(event) => onValues({ ...values, [key]: event.target.value })}
          />
          <small id={`hand-${key}-about`} className="field-wrong" role="alert">
            {errors[key] ?? ""}
          </small>
        </div>
      ))}
    </div>
  );
}

interface Cadss6FieldsProps {
  readonly items: ObservationDraft["cadss6"];
  readonly wrong: string | undefined;
  readonly onItems: (items: ObservationDraft["cadss6"]) => void;
}

export function Cadss6Fields({ items, wrong, onItems }: Cadss6FieldsProps) {
  const answered = items.filter((each) => each !== null);
  return (
    <div className="observe-items">
      {CADSS6_ITEMS.map((label, index) => (
        <Steps
          key={label}
          label={`${index + 1}. ${label}`}
          answers={CADSS_ANSWERS}
          value={items[index] ?? null}
          onValue={(value) => onItems(items.map((each, i) => (i === index ? value : each)))}
        />
      ))}
      <Total count={answered.length} of={CADSS6_ITEMS.length} total={cadss6Total(answered)} most={24} />
      <p className="field-wrong" role="alert">
        {wrong ?? ""}
      </p>
    </div>
  );
}

interface ScoreFieldsProps {
  readonly scale: DischargeScore["scale"];
  /** What discharge asks for. */
  readonly least: number;
  readonly answers: ObservationDraft["score"];
  readonly wrong: string | undefined;
  readonly onAnswers: (answers: ObservationDraft["score"]) => void;
}

export function ScoreFields({ scale, least, answers, wrong, onAnswers }: ScoreFieldsProps) {
  const items = SCORE_ITEMS[scale];
  const given = Object.values(answers);
  return (
    <div className="observe-items">
      {items.map(({ key, label, answers: choices }) => (
        <Steps
          key={key}
          label={label}
          answers={choices}
          inWords
          value={answers[key] ?? null}
          onValue={(value) => {
            const { [key]: _before, ...others } = answers;
            onAnswers(value === null ? others : { ...others, [key]: value });
          }}
        />
      ))}
      <Total count={given.length} of={items.length} total={given.reduce((sum, each) => sum + each, 0)} most={10}>
        ; discharge needs {least}
      </Total>
      <p className="field-wrong" role="alert">
        {wrong ?? ""}
      </p>
    </div>
  );
}

interface TotalProps {
  readonly count: number;
  readonly of: number;
  readonly total: number;
  readonly most: number;
  readonly children?: React.ReactNode;
}

const Total = ({ count, of, total, most, children }: TotalProps) => (
  <output className="observe-total">
    {count === of ? (
      <>
        Total <b>{total}</b> of {most}
      </>
    ) : (
      `${count} of ${of} answered`
    )}
    {children}
  </output>
);

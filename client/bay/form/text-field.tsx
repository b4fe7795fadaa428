import { type ReactNode, useId } from "react";

interface TextFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What is wrong, in a sentence. */
  readonly wrong?: string | undefined;
  readonly hint?: ReactNode;
  readonly kind?: "text" | "figure" | "date" | "secret";
  readonly maxLength?: number;
  /** What is usual, to choose with one touch. */
  readonly choices?: readonly string[];
}

/** One thing to type, what is usual there, and what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const { label, text, onText, wrong, hint, kind = "text", maxLength = 120, choices = [] } = props;
  const id = useId();
  return (
    <div className="field" data-kind={kind}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={kind === "date" ? "date" : kind === "secret" ? "password" : "text"}
        inputMode={kind === "figure" ? "decimal" : undefined}
        autoComplete="off"
        maxLength={kind === "date" ? undefined : maxLength}
        value={text}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onText(event.target.value)}
      />
      {choices.length > 0 && (
        <div className="field-choices">
          {choices.map((choice) => (
            <button
              type="button"
              className="act"
              key={choice}
              aria-pressed={text === choice}
              onClick={() => onText(choice)}
            >
              {choice}
            </button>
          ))}
        </div>
      )}
      <small id={`${id}-about`} role={wrong === undefined ? undefined : "alert"} className={wrong && "field-wrong"}>
        {wrong ?? hint}
      </small>
    </div>
  );
}

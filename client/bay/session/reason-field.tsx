import { TextField } from "../form/text-field.tsx";

const NO_REASON = "Say why, in a few words.";

interface ReasonFieldProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** The act was pressed: what is missing is said. */
  readonly isTried: boolean;
  /** What is usual, to choose with one touch. */
  readonly choices: readonly string[];
}

/** Why somebody acts; no act that asks for it goes without. */
export function ReasonField({ text, onText, isTried, choices }: ReasonFieldProps) {
  return (
    <TextField
      label="Reason"
      maxLength={500}
      text={text}
      onText={onText}
      wrong={isTried && text.trim() === "" ? NO_REASON : undefined}
      choices={choices}
    />
  );
}

import { type FormEvent, useState } from "react";
import { useActing } from "../../act/index.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { TextField } from "../form/text-field.tsx";
import "./second-person.css";

interface SecondPersonProps extends Pick<SessionSectionProps, "bay"> {
  readonly check: string;
  readonly place: string;
}

/** The second person signs for this one confirmation: who acts at the screen stays who it was. */
export function SecondPerson({ bay, check, place }: SecondPersonProps) {
  const { desk, witness } = useActing();
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [wrong, setWrong] = useState<string | undefined>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const command = { type: "confirm-check", check } as const;
    const signed = await witness(name.trim(), secret, { bay: bay.id, command });
    if ("reason" in signed) return setWrong(signed.reason);
    setWrong(undefined);
    setSecret("");
    void desk.act(place, bay.id, command, { witness: signed.witness });
  };
  return (
    <form className="second-person" aria-label={`Second person: ${check}`} onSubmit={(event) => void submit(event)}>
      <TextField label="Second person: sign-in name" maxLength={80} text={name} onText={setName} wrong={wrong} />
      <TextField label="Their PIN or password" kind="secret" maxLength={128} text={secret} onText={setSecret} />
      <button type="submit" className="act act-main">
        I have checked it
      </button>
    </form>
  );
}

import type { SessionView } from "@vigil/shared/bay";
import { type FormEvent, useEffect, useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import type { LiveBay } from "../../live/index.ts";

interface EscortFormProps {
  readonly bay: LiveBay;
  readonly escort: SessionView["escort"];
}

/** Who takes the patient home, and how to reach them. */
export function EscortForm({ bay, escort }: EscortFormProps) {
  const { desk } = useActing();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [wrong, setWrong] = useState("");
  const place = `escort ${bay.id}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  if (escort !== null && !isOpen) {
    return (
      <p className="escort-named">
        <span>
          Escort <b>{escort.escortName}</b>, {escort.phone}
        </span>
        <button
          type="button"
          className="act act-quiet"
          onClick={() => {
            setName(escort.escortName);
            setPhone(escort.phone);
            setOpen(true);
          }}
        >
          Change
        </button>
      </p>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const problem = escortProblem(name, phone);
    setWrong(problem);
    if (problem !== "") return;
    if (await desk.act(place, bay.id, { type: "name-escort", name: name.trim(), phone: phone.trim() })) setOpen(false);
  };
  return (
    <form className="escort-form" aria-label="Escort" noValidate onSubmit={(event) => void submit(event)}>
      <label className="field">
        Escort’s name
        <input maxLength={120} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        Escort’s phone
        <input
          type="tel"
          maxLength={40}
          autoComplete="off"
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
      </label>
      <button type="submit" className="act">
        Name the escort
      </button>
      <p className="field-wrong" role="alert">
        {wrong}
      </p>
      <NoteLine place={place} />
    </form>
  );
}

function escortProblem(name: string, phone: string): string {
  if (name.trim() === "") return "Enter the escort’s name.";
  return phone.replace(/\D/g, "").length < 3 ? "Enter a phone number at which the escort can be reached." : "";
}

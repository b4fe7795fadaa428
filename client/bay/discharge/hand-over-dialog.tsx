import type { Carer } from "@vigil/shared/wire";
import { type FormEvent, useEffect, useState } from "react";
import { Dialog, NoteLine, useActing } from "../../act/index.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { handOverSummary } from "./hand-over-summary.ts";
import { nextNurse } from "./next-nurse.ts";

/** To whom the patient is handed over, with what they need to know: proposed, and theirs to put right. */
export function HandOverDialog({
  bay,
  session,
  visit,
  onClose,
}: SessionSectionProps & { readonly onClose: () => void }) {
  const { desk, carers: carersOf } = useActing();
  const live = useLive();
  const [carers, setCarers] = useState<readonly Carer[] | null>(null);
  const [name, setName] = useState("");
  const [summary, setSummary] = useState(() =>
    handOverSummary(session, bay.facts.value, live.shown.value.now, visit.zone),
  );
  const [wrong, setWrong] = useState("");
  const place = `hand over ${bay.id}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  useEffect(() => {
    let isOver = false;
    const listed = (all: readonly Carer[] | null) => {
      if (!isOver) setCarers((all ?? []).filter(({ id }) => id !== session.responsible?.by));
    };
    carersOf().then(listed, () => listed(null));
    return () => {
      isOver = true;
    };
  }, [carersOf, session.responsible?.by]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const chosen = carers?.find(({ id }) => id === name);
    const to = isListed(carers) ? (chosen ?? "Choose who looks after the patient from now on.") : nextNurse(name);
    if (typeof to === "string") return setWrong(to);
    if (summary.trim() === "") return setWrong("Say what the next nurse needs to know.");
    setWrong("");
    if (await desk.act(place, bay.id, { type: "hand-over", to, summary: summary.trim() })) onClose();
  };
  return (
    <Dialog title={`Hand over ${session.patient.initials}, bay ${bay.name}`} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <To carers={carers} name={name} onName={setName} />
        <label className="field">
          What they need to know
          <textarea rows={9} maxLength={1000} value={summary} onChange={(event) => setSummary(event.target.value)} />
        </label>
        <p className="field-wrong" role="alert">
          {wrong}
        </p>
        <NoteLine place={place} />
        <div className="dialog-ends">
          <button type="button" className="act act-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="act act-main">
            Hand over
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const isListed = (carers: readonly Carer[] | null): boolean => carers === null || carers.length > 0;

interface ToProps {
  /** `null` until the server has said who there is. */
  readonly carers: readonly Carer[] | null;
  /** The id of whoever was chosen; where nobody is listed, the name as it is written. */
  readonly name: string;
  readonly onName: (name: string) => void;
}

/** Whoever is known here is chosen; only where nobody else is, the name is written. */
function To({ carers, name, onName }: ToProps) {
  if (isListed(carers)) {
    return (
      <label className="field">
        To
        <select value={name} onChange={(event) => onName(event.target.value)}>
          <option value="">{carers === null ? "One moment …" : "Choose …"}</option>
          {carers?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
    );
  }
  return (
    <label className="field">
      To (nobody else is listed here: write the name)
      <input maxLength={60} autoComplete="off" value={name} onChange={(event) => onName(event.target.value)} />
    </label>
  );
}

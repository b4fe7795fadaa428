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
  const { desk } = useActing();
  const live = useLive();
  const [name, setName] = useState("");
  const [summary, setSummary] = useState(() =>
    handOverSummary(session, bay.facts.value, live.shown.value.now, visit.zone),
  );
  const [wrong, setWrong] = useState("");
  const place = `hand over ${bay.id}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const to = nextNurse(name);
    if (typeof to === "string") return setWrong(to);
    if (summary.trim() === "") return setWrong("Say what the next nurse needs to know.");
    setWrong("");
    if (await desk.act(place, bay.id, { type: "hand-over", to, summary: summary.trim() })) onClose();
  };
  return (
    <Dialog title={`Hand over ${session.patient.initials}, bay ${bay.name}`} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <label className="field">
          To
          <input maxLength={60} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
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

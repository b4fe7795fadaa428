import type { Left } from "@vigil/shared/session";
import { useId, useState } from "react";
import { useActing } from "../../act/index.ts";
import { criterionText } from "../../ui/criterion-text.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { ActDialog } from "./act-dialog.tsx";
import { placeOf } from "./places.ts";
import { ReasonField } from "./reason-field.tsx";

const HOW_LEFT: { readonly [L in Left]: string } = {
  "against-advice": "The patient left against advice",
  "transferred-out": "The patient was taken elsewhere for care",
};

/** The end of a session without a discharge: after the drug, with what discharge would still have asked for in sight. */
export function AbandonDialog({ bay, session, onClose }: SessionSectionProps & { readonly onClose: () => void }) {
  const { desk } = useActing();
  const [left, setLeft] = useState<Left | null>(null);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "ask");
  const hadDrug = session.infusion !== null;
  const missing = session.criteria.filter(({ holds }) => !holds).map(({ id }) => criterionText(id));

  const submit = () => {
    setTried(true);
    if (reason.trim() === "") return false;
    return desk.act(place, bay.id, {
      type: "abandon-session",
      reason: reason.trim(),
      ...(left === null ? {} : { left }),
    });
  };
  return (
    <ActDialog
      title="Abandon the session"
      submit="Abandon the session"
      place={place}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>The session ends here, without discharge. It cannot be taken back.</p>
      {hadDrug && (
        <>
          {missing.length > 0 && (
            <p>
              <b>
                {missing.length} of {session.criteria.length} discharge criteria do not hold:
              </b>{" "}
              {missing.join(", ")}.
            </p>
          )}
          <HowLeft left={left} onLeft={setLeft} />
        </>
      )}
      <ReasonField
        text={reason}
        onText={setReason}
        isTried={tried}
        choices={hadDrug ? [] : ["patient left", "not fit today", "opened by mistake"]}
      />
    </ActDialog>
  );
}

interface HowLeftProps {
  readonly left: Left | null;
  readonly onLeft: (left: Left | null) => void;
}

function HowLeft({ left, onLeft }: HowLeftProps) {
  const group = useId();
  const choice = (value: Left | null, text: string) => (
    <label key={text} className="choice">
      <input type="radio" name={group} checked={left === value} onChange={() => onLeft(value)} />
      {text}
    </label>
  );
  return (
    <fieldset className="how-left">
      <legend>How the patient went</legend>
      {choice("against-advice", HOW_LEFT["against-advice"])}
      {choice("transferred-out", HOW_LEFT["transferred-out"])}
      {choice(null, "Neither: only a supervisor may abandon")}
    </fieldset>
  );
}

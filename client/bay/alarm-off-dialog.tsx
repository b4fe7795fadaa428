import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { type FormEvent, useEffect, useState } from "react";
import { Dialog, NoteLine, useActing } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";

interface AlarmOffDialogProps {
  readonly bay: LiveBay;
  readonly vital: Vital;
  readonly onClose: () => void;
}

/** Asks why the alarms of a vital are to be switched off: without a reason they are not. */
export function AlarmOffDialog({ bay, vital, onClose }: AlarmOffDialogProps) {
  const { desk } = useActing();
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const { label } = VITAL_FACTS[vital];
  const place = `off ${bay.id} ${vital}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  const submit = async () => {
    if (reason.trim() === "") return setMissing(true);
    if (await desk.act(place, bay.id, { type: "alarm-off", vital, reason: reason.trim() })) onClose();
  };
  return (
    <Dialog title={`Switch off the alarms of ${label}, bay ${bay.name}`} onClose={onClose}>
      <p>
        {label} is still shown, and nothing alarms when it leaves its limits. This is shown on every screen until
        somebody switches it on again or the session ends.
      </p>
      <form
        className="dialog-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label className="field">
          Reason
          <textarea
            rows={2}
            maxLength={500}
            value={reason}
            aria-invalid={isMissing}
            aria-describedby="reason-missing"
            onChange={(event) => {
              setReason(event.target.value);
              setMissing(false);
            }}
          />
        </label>
        <p id="reason-missing" className="field-wrong" role="alert">
          {isMissing ? "A reason is needed." : ""}
        </p>
        <NoteLine place={place} />
        <div className="dialog-ends">
          <button type="button" className="act act-quiet" onClick={onClose}>
            Leave them on
          </button>
          <button type="submit" className="act act-main">
            Switch off
          </button>
        </div>
      </form>
    </Dialog>
  );
}

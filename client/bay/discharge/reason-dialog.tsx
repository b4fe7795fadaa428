import type { CommandRequestInput } from "@vigil/shared/wire";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { Dialog, NoteLine, useActing } from "../../act/index.ts";
import type { LiveBay } from "../../live/index.ts";

interface ReasonDialogProps {
  readonly bay: LiveBay;
  readonly title: string;
  /** What will be, before the reason is asked. */
  readonly children: ReactNode;
  readonly action: string;
  readonly command: (reason: string) => CommandRequestInput["command"];
  readonly onClose: () => void;
}

/** An act that owes a reason: without one it is not sent. */
export function ReasonDialog({ bay, title, children, action, command, onClose }: ReasonDialogProps) {
  const { desk } = useActing();
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const place = `reason ${bay.id} ${title}`;
  // What was said to the last who asked here is not for the next; what is said while it goes away is shown by the page.
  useEffect(() => desk.dismiss(place), [desk, place]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setMissing(true);
    if (await desk.act(place, bay.id, command(reason.trim()))) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <form className="dialog-form" onSubmit={(event) => void submit(event)}>
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
            Cancel
          </button>
          <button type="submit" className="act act-main">
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

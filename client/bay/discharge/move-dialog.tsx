import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { Dialog, NoteLine, useActing } from "../../act/index.ts";
import type { LiveBay } from "../../live/index.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";

interface MoveDialogProps {
  readonly bay: LiveBay;
  readonly onClose: () => void;
}

/** To which free bay the patient goes; the page goes along. */
export function MoveDialog({ bay, onClose }: MoveDialogProps) {
  const { desk } = useActing();
  const navigate = useNavigate();
  const board = useValue(useLive().state);
  const [chosen, setChosen] = useState<LiveBay | null>(null);
  const [isMissing, setMissing] = useState(false);
  const place = `move ${bay.id}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  const others = board.kind === "board" ? board.bays.filter(({ id }) => id !== bay.id) : [];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return setMissing(true);
    if (!(await desk.act(place, bay.id, { type: "transfer-session", to: chosen.id }))) return;
    onClose();
    await navigate({ to: "/bays/$bay", params: { bay: chosen.id } });
  };
  return (
    <Dialog title={`Move from bay ${bay.name} to`} onClose={onClose}>
      <p>
        Everything goes along: infusion, alarms, limits, observations. The other bay’s monitor is watched from then on.
      </p>
      <form className="dialog-form" onSubmit={(event) => void submit(event)}>
        <fieldset className="move-bays">
          <legend className="unseen">Bay</legend>
          {others.map((other) => (
            <Choice key={other.id} bay={other} isChosen={chosen?.id === other.id} onChoose={() => setChosen(other)} />
          ))}
        </fieldset>
        <p className="field-wrong" role="alert">
          {isMissing && chosen === null ? "Choose a free bay." : ""}
        </p>
        <NoteLine place={place} />
        <div className="dialog-ends">
          <button type="button" className="act act-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="act act-main">
            Move{chosen === null ? "" : ` to bay ${chosen.name}`}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly bay: LiveBay;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** A bay that is taken is shown, and cannot be chosen. */
function Choice({ bay, isChosen, onChoose }: ChoiceProps) {
  const { sessionId, initials } = useValue(bay.facts);
  const isFree = sessionId === null;
  return (
    <label className="choice" data-free={isFree}>
      <input type="radio" name="move-to" disabled={!isFree} checked={isChosen} onChange={onChoose} />
      Bay {bay.name} {!isFree && <small>{initials}</small>}
    </label>
  );
}

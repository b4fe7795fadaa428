import type { TimelineEntry } from "@vigil/shared/bay";
import { useId, useState } from "react";
import { useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { TextField } from "../form/text-field.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { actWords } from "./act-words.ts";
import { lateTimeOf, NO_TIME, timeHint } from "./late-time.ts";
import { placeOf } from "./places.ts";
import { ReasonField } from "./reason-field.tsx";

/** What was pressed too late, or entered for a wrong time, gets the time at which it was done; the old one stays in the record. */
export function CorrectTimeDialog({
  bay,
  session,
  visit: { zone, zoneName },
  onClose,
}: SessionSectionProps & { readonly onClose: () => void }) {
  const { desk } = useActing();
  const { now } = useValue(useLive().shown);
  // As it was when the form opened: what others enter meanwhile must not move the choice under the finger.
  const [acts] = useState(() => session.timeline.filter(({ timed }) => timed).toReversed());
  const [chosen, setChosen] = useState<TimelineEntry | undefined>(acts.find(movesTheClock) ?? acts[0]);
  const [time, setTime] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "ask");
  const at = lateTimeOf(time, { now, openedAt: session.openedAt, zone });

  const submit = () => {
    setTried(true);
    if (chosen === undefined || at === null || reason.trim() === "") return false;
    return desk.act(place, bay.id, {
      type: "correct-time",
      act: chosen.id,
      effectiveAt: at,
      reason: reason.trim(),
    });
  };
  return (
    <ActDialog title="Correct a time" submit="Correct the time" place={place} onSubmit={submit} onClose={onClose}>
      <Acts acts={acts} chosen={chosen} zone={zone} onChoose={setChosen} />
      <TextField
        label={`Done at, ${zoneName}`}
        maxLength={8}
        kind="figure"
        text={time}
        onText={setTime}
        wrong={tried && at === null ? NO_TIME : undefined}
        hint={timeHint(at, now, zone)}
      />
      <ReasonField text={reason} onText={setReason} isTried={tried} choices={["pressed late", "wrong time entered"]} />
    </ActDialog>
  );
}

/** What others hang on: the clock, the dose, the countdown. */
const movesTheClock = ({ command }: TimelineEntry): boolean =>
  command.type === "start-infusion" || command.type === "end-infusion";

interface ActsProps {
  readonly acts: readonly TimelineEntry[];
  readonly chosen: TimelineEntry | undefined;
  readonly zone: SessionSectionProps["visit"]["zone"];
  readonly onChoose: (act: TimelineEntry) => void;
}

function Acts({ acts, chosen, zone, onChoose }: ActsProps) {
  const group = useId();
  return (
    <fieldset className="timed-acts">
      <legend>What was done at another time</legend>
      {acts.map((act) => (
        <label key={act.id} className="choice">
          <input type="radio" name={group} checked={act === chosen} onChange={() => onChoose(act)} />
          <span>
            <time dateTime={new Date(act.at).toISOString()}>{zone.second(act.at)}</time> {actWords(act.command)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

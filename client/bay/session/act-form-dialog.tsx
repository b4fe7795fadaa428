import { useId, useState } from "react";
import { useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { TextField } from "../form/text-field.tsx";
import { ActDialog } from "./act-dialog.tsx";
import {
  type ActErrors,
  type ActField,
  type ActKind,
  type AskedAct,
  FIELDS,
  isFigure,
  mgInMinutes,
  NOTHING_TYPED,
  readAct,
  SAME_DOSE,
} from "./act-form.ts";
import { actHint } from "./act-hint.ts";
import { ACT_SUBMIT, ACT_TITLE, CHOICES, FIELD_LABEL, lateKinds } from "./act-text.ts";
import { lateTimeOf, NO_TIME, timeHint } from "./late-time.ts";
import { placeOf } from "./places.ts";

interface ActFormDialogProps extends SessionSectionProps {
  readonly asked: AskedAct;
  readonly onClose: () => void;
}

export function ActFormDialog({ bay, session, visit, asked, onClose }: ActFormDialogProps) {
  const { desk } = useActing();
  const { now } = useValue(useLive().shown);
  const [kind, setKind] = useState<ActKind>(asked.kind ?? lateKinds(session)[0] ?? "medication");
  const [texts, setTexts] = useState(NOTHING_TYPED);
  const [errors, setErrors] = useState<ActErrors>({});
  const [time, setTime] = useState("");
  const [wrongTime, setWrongTime] = useState<string | undefined>();
  const place = placeOf(bay, "ask");
  const at = asked.late ? lateTimeOf(time, { now, openedAt: session.openedAt, zone: visit.zone }) : null;

  const rateMgPerMin = session.infusion?.rate.rateMgPerMin ?? null;
  const write = (field: ActField, text: string) => {
    const next = { ...texts, [field]: text };
    // More time is more drug at the pump's rate, until somebody says otherwise.
    const isProposal = texts.moreMg === "" || texts.moreMg === mgInMinutes(texts.minutes, rateMgPerMin);
    if (field === "minutes" && isProposal) setTexts({ ...next, moreMg: mgInMinutes(text, rateMgPerMin) });
    else setTexts(next);
  };
  const choicesOf = (field: ActField): readonly string[] => {
    if (field === "check") return session.startChecks.flatMap(({ check, confirmed }) => (confirmed ? [] : [check]));
    if (kind !== "extend" || field !== "moreMg") return CHOICES[kind]?.[field] ?? [];
    return [mgInMinutes(texts.minutes, rateMgPerMin), SAME_DOSE].filter((choice) => choice !== "");
  };

  const submit = () => {
    const isTimeMissing = asked.late && at === null;
    setWrongTime(isTimeMissing ? NO_TIME : undefined);
    const read = readAct(kind, texts, at ?? undefined);
    setErrors(read.ok ? {} : read.errors);
    return read.ok && !isTimeMissing && desk.act(place, bay.id, read.command);
  };
  return (
    <ActDialog
      title={asked.late ? "Enter late" : ACT_TITLE[kind]}
      submit={asked.late ? "Enter late" : ACT_SUBMIT[kind]}
      place={place}
      onSubmit={submit}
      onClose={onClose}
    >
      {asked.late && (
        <>
          {asked.kind === null && <KindField kinds={lateKinds(session)} kind={kind} onKind={setKind} />}
          <TextField
            label={`Done at, ${visit.zoneName}`}
            maxLength={8}
            kind="figure"
            text={time}
            onText={setTime}
            wrong={wrongTime}
            hint={timeHint(at, now, visit.zone)}
          />
        </>
      )}
      {!asked.late && <p>{actHint(kind, session, now, visit.zone)}</p>}
      <div className={FIELDS[kind].length > 1 ? "form-pair" : undefined}>
        {FIELDS[kind].map((field) => (
          <TextField
            key={`${kind} ${field}`}
            label={FIELD_LABEL[field]}
            kind={isFigure(field) ? "figure" : "text"}
            maxLength={field === "reason" ? 500 : 80}
            text={texts[field]}
            onText={(text) => write(field, text)}
            wrong={errors[field]}
            choices={choicesOf(field)}
          />
        ))}
      </div>
    </ActDialog>
  );
}

interface KindFieldProps {
  readonly kinds: readonly ActKind[];
  readonly kind: ActKind;
  readonly onKind: (kind: ActKind) => void;
}

function KindField({ kinds, kind, onKind }: KindFieldProps) {
  const group = useId();
  return (
    <fieldset className="late-kinds">
      <legend>What was done</legend>
      {kinds.map((one) => (
        <label key={one} className="choice">
          <input type="radio" name={group} checked={kind === one} onChange={() => onKind(one)} />
          {ACT_TITLE[one]}
        </label>
      ))}
    </fieldset>
  );
}

import { observationIntervalMs } from "@vigil/shared/session";
import { type FormEvent, useEffect, useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import { SCALE_TEXT } from "../../ui/observation-text.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { Cadss6Fields, HandFields, ScoreFields } from "./fields.tsx";
import { NextObservation } from "./next-observation.tsx";
import {
  checkDraft,
  type DraftErrors,
  NOTHING_SEEN,
  type ObservationDraft,
  type OnePress,
} from "./observation-draft.ts";
import { Observations } from "./observations.tsx";
import { MOAAS, ZERO_TO_TEN } from "./scales.ts";
import { Steps } from "./steps.tsx";
import "./observe.css";

const LABEL: { readonly [S in OnePress]: string } = {
  sedation: "Sedation, MOAA/S",
  dissociation: "Dissociation",
  nausea: "Nausea",
  pain: "Pain",
};

/** Observing: what is due, what was last, and everything to press. */
export function ObserveSection({ bay, session, visit: { zone } }: SessionSectionProps) {
  const { desk } = useActing();
  const live = useLive();
  const [draft, setDraft] = useState<ObservationDraft>(NOTHING_SEEN);
  const [errors, setErrors] = useState<DraftErrors>({});
  const [kept, setKept] = useState("");
  const place = `observe ${bay.id}`;
  const isWaiting = useValue(desk.waiting).has(place);
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  const { observations, protocol, phase } = session;
  const { scale } = protocol.dischargeScore;
  const isAfter = phase === "recovery" || phase === "ready";
  const change = (part: Partial<ObservationDraft>) => {
    setDraft({ ...draft, ...part });
    setKept("");
  };
  const lastOf = (key: OnePress): string | undefined => {
    const found = observations.findLast((each) => each[key] !== undefined);
    return found === undefined ? undefined : `${found[key]} at ${zone.time(found.at)}`;
  };
  const lastOriented = observations.findLast(({ oriented }) => oriented !== undefined);
  const scaleRow = (key: OnePress) => (
    <Steps
      label={LABEL[key]}
      last={lastOf(key)}
      answers={key === "sedation" ? MOAAS : ZERO_TO_TEN}
      value={draft.scales[key]}
      onValue={(value) => change({ scales: { ...draft.scales, [key]: value } })}
    />
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const now = live.shown.value.now;
    const checked = checkDraft(draft, { scale, openedAt: session.openedAt, now, zone });
    setErrors(checked.ok ? {} : checked.errors);
    setKept("");
    if (!checked.ok) return;
    const { observation, effectiveAt } = checked;
    const late = effectiveAt === undefined ? {} : { effectiveAt };
    if (!(await desk.act(place, bay.id, { type: "record-observation", observation, ...late }))) return;
    setDraft(NOTHING_SEEN);
    setKept(`Recorded for ${zone.time(effectiveAt ?? live.shown.value.now)}.`);
  };
  return (
    <section className="bay-section observe" aria-labelledby="observe-title">
      <header className="observe-head">
        <h2 id="observe-title">Observe</h2>
        <NextObservation bay={bay} dueAt={session.observationDueAt} everyMs={intervalOf(session)} />
      </header>
      <form className="observe-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="observe-scales">
          {scaleRow("sedation")}
          <Steps
            label="Oriented to person, place, time and situation"
            last={
              lastOriented === undefined
                ? undefined
                : `${lastOriented.oriented === true ? "yes" : "no"} at ${zone.time(lastOriented.at)}`
            }
            answers={YES_NO}
            inWords="alone"
            value={draft.oriented === null ? null : Number(draft.oriented)}
            onValue={(value) => change({ oriented: value === null ? null : value === 1 })}
          />
          {scaleRow("dissociation")}
          {scaleRow("nausea")}
          {scaleRow("pain")}
        </div>
        <Part title="Vital signs by hand" isWrong={HAND_KEYS.some((key) => errors[key] !== undefined)}>
          <HandFields values={draft.values} errors={errors} onValues={(values) => change({ values })} />
        </Part>
        <Part title="CADSS-6" isWrong={errors.cadss6 !== undefined}>
          <Cadss6Fields items={draft.cadss6} wrong={errors.cadss6} onItems={(cadss6) => change({ cadss6 })} />
        </Part>
        {isAfter && (
          <Part title={`Discharge score, ${SCALE_TEXT[scale]}`} isWrong={errors.score !== undefined}>
            <ScoreFields
              scale={scale}
              least={protocol.dischargeScore.least}
              answers={draft.score}
              wrong={errors.score}
              onAnswers={(score) => change({ score })}
            />
          </Part>
        )}
        <div className="observe-ends">
          <label className="field observe-note">
            Note
            <input
              maxLength={500}
              autoComplete="off"
              value={draft.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          </label>
          <label className="field observe-time">
            Seen earlier, at
            <input
              type="time"
              value={draft.time}
              aria-invalid={errors.time !== undefined}
              aria-describedby="observe-time"
              onChange={(event) => change({ time: event.target.value })}
            />
          </label>
          <button type="submit" className="act act-main observe-send" aria-disabled={isWaiting}>
            {draft.time === "" ? "Record observation" : "Record as entered late"}
          </button>
        </div>
        <p id="observe-time" className="field-wrong" role="alert">
          {errors.time ?? errors.whole ?? ""}
        </p>
        <NoteLine place={place} />
        <p role="status" className="observe-kept">
          {kept}
        </p>
      </form>
      <Observations session={session} zone={zone} />
    </section>
  );
}

const YES_NO = [
  { value: 1, words: "yes, all four" },
  { value: 0, words: "no" },
];
const HAND_KEYS = ["hr", "spo2", "rr", "sbp", "dbp", "tempC"] as const;

const intervalOf = ({ protocol, phase }: SessionSectionProps["session"]): number =>
  observationIntervalMs({ protocol, phase });

interface PartProps {
  readonly title: string;
  /** Something in it is: it opens. */
  readonly isWrong: boolean;
  readonly children: React.ReactNode;
}

/** What not every observation needs, one touch away. */
function Part({ title, isWrong, children }: PartProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="observe-part" open={isOpen || isWrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

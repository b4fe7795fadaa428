import { BASELINE_VITALS } from "@vigil/shared/protocol";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { type FormEvent, useEffect, useState } from "react";
import { Dialog, NoteLine, useActing } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { checkRises, type RiseRule, riseTexts } from "../ui/rise-texts.ts";
import {
  checkLimits,
  LIMIT_KEYS,
  LIMIT_LABEL,
  type LimitErrors,
  ruleOf,
  textsOf,
  type VitalLimits,
} from "./limits-form.ts";

interface LimitsDialogProps {
  readonly bay: LiveBay;
  readonly vital: Vital;
  readonly now: VitalLimits | undefined;
  readonly protocol: VitalLimits | undefined;
  /** Rises over the baseline in force. */
  readonly relative: RiseRule[];
  readonly onClose: () => void;
}

/** The limits of one vital, to be changed for this session. */
export function LimitsDialog({ bay, vital, now, protocol, relative, onClose }: LimitsDialogProps) {
  const { desk } = useActing();
  const [texts, setTexts] = useState(() => textsOf(now));
  const [errors, setErrors] = useState<LimitErrors>({});
  const [rises, setRises] = useState(() => (hasBaseline(vital) ? riseTexts(relative) : []));
  const [riseErrors, setRiseErrors] = useState<readonly (string | undefined)[]>([]);
  const { label, unit } = VITAL_FACTS[vital];
  const place = `limits ${bay.id} ${vital}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  const submit = async () => {
    const checked = checkLimits(vital, texts, now, protocol);
    const risen = checkRises(rises, relative, now?.high?.warning);
    setErrors(checked.ok ? {} : checked.errors);
    setRiseErrors(risen.ok ? [] : risen.errors);
    if (!checked.ok || !risen.ok) return;
    const command = { type: "set-limits", vital, limits: checked.limits, relative: risen.rules } as const;
    if (await desk.act(place, bay.id, command)) onClose();
  };
  return (
    <Dialog title={`Limits of ${label}, bay ${bay.name}`} onClose={onClose}>
      <p>For this session. At its end they are the protocol’s again.</p>
      <form
        className="dialog-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="limit-fields">
          {LIMIT_KEYS.map((key) => (
            <Field
              key={key}
              name={key.replace(".", "-")}
              label={LIMIT_LABEL[key]}
              hint={`${unit} · protocol ${ruleOf(protocol, key)?.limit ?? "none"}`}
              text={texts[key]}
              wrong={errors[key]}
              onText={(text) => setTexts({ ...texts, [key]: text })}
            />
          ))}
          {rises.map((text, place) => (
            <Field
              // biome-ignore lint/suspicious/noArrayIndexKey: a rise has no other name than its place
              key={place}
              name={`rise-${place}`}
              label="Rise over baseline, %"
              text={text}
              wrong={riseErrors[place]}
              hint="Empty: none"
              onText={(typed) => setRises(rises.with(place, typed))}
            />
          ))}
        </div>
        <NoteLine place={place} />
        <div className="dialog-ends">
          <button type="button" className="act act-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="act act-main">
            Set limits
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const hasBaseline = (vital: Vital): boolean => BASELINE_VITALS.some((each) => each === vital);

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly wrong: string | undefined;
  readonly onText: (text: string) => void;
}

function Field({ name, label, hint, text, wrong, onText }: FieldProps) {
  const about = `about-${name}`;
  return (
    <div className="field">
      <label htmlFor={`limit-${about}`}>{label}</label>
      <input
        id={`limit-${about}`}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={wrong !== undefined}
        aria-describedby={about}
        onChange={(event) => onText(event.target.value)}
      />
      <small id={about} role={wrong === undefined ? undefined : "alert"} className={wrong && "field-wrong"}>
        {wrong ?? hint}
      </small>
    </div>
  );
}

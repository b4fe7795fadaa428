import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { type FormEvent, useEffect, useState } from "react";
import { Dialog, NoteLine, useActing } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import type { RiseRule } from "./bay-limits.ts";
import {
  checkLimits,
  LIMIT_KEYS,
  LIMIT_LABEL,
  type LimitErrors,
  type LimitKey,
  ruleOf,
  textsOf,
  type VitalLimits,
} from "./limits-form.ts";

interface LimitsDialogProps {
  readonly bay: LiveBay;
  readonly vital: Vital;
  readonly now: VitalLimits | undefined;
  readonly protocol: VitalLimits | undefined;
  /** Rises over the baseline in force; they stay as they are. */
  readonly relative: RiseRule[];
  readonly onClose: () => void;
}

/** The limits of one vital, to be changed for this session. */
export function LimitsDialog({ bay, vital, now, protocol, relative, onClose }: LimitsDialogProps) {
  const { desk } = useActing();
  const [texts, setTexts] = useState(() => textsOf(now));
  const [errors, setErrors] = useState<LimitErrors>({});
  const { label, unit } = VITAL_FACTS[vital];
  const place = `limits ${bay.id} ${vital}`;
  useEffect(() => () => desk.dismiss(place), [desk, place]);
  const submit = async () => {
    const checked = checkLimits(vital, texts, now, protocol);
    if (!checked.ok) return setErrors(checked.errors);
    setErrors({});
    if (await desk.act(place, bay.id, { type: "set-limits", vital, limits: checked.limits, relative })) onClose();
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
            <LimitField
              key={key}
              name={key}
              unit={unit}
              protocol={ruleOf(protocol, key)?.limit}
              text={texts[key]}
              wrong={errors[key]}
              onText={(text) => setTexts({ ...texts, [key]: text })}
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

interface LimitFieldProps {
  readonly name: LimitKey;
  readonly unit: string;
  readonly protocol: number | undefined;
  readonly text: string;
  readonly wrong: string | undefined;
  readonly onText: (text: string) => void;
}

function LimitField({ name, unit, protocol, text, wrong, onText }: LimitFieldProps) {
  const about = `about-${name.replace(".", "-")}`;
  return (
    <div className="field">
      <label htmlFor={`limit-${about}`}>{LIMIT_LABEL[name]}</label>
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
        {wrong ?? `${unit} · protocol ${protocol ?? "none"}`}
      </small>
    </div>
  );
}

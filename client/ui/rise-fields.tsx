/** The rises over the baseline of a vital, in per cent, as an engineer or a supervisor edits them to try them. */
import { BASELINE_VITALS, type RelativeRule, type TierRule } from "@vigil/shared/protocol";
import { VITAL_FACTS, type Vital } from "@vigil/shared/vitals";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { REST_MS } from "./limits-table.tsx";
import { checkRises, riseTexts } from "./rise-texts.ts";

interface RiseFieldsProps {
  readonly vital: Vital;
  /** Of this vital. */
  readonly start: readonly RelativeRule[];
  /** The warning whose delays and deadband a new rise has. */
  readonly like: TierRule | undefined;
  readonly onRises: (rises: readonly RelativeRule[]) => void;
}

export function RiseFields({ vital, start, like, onRises }: RiseFieldsProps) {
  const [from] = useState(start);
  const [texts, setTexts] = useState(() => riseTexts(from));
  const [typed, setTyped] = useState(false);
  const id = useId();
  const tell = useEffectEvent(onRises);
  const checked = checkRises(texts, from, like);
  const measured = BASELINE_VITALS.find((each) => each === vital);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is tried
  useEffect(() => {
    if (!typed || !checked.ok || measured === undefined) return;
    const resting = setTimeout(() => {
      setTyped(false);
      tell(checked.rules.map((rule) => ({ vital: measured, ...rule })));
    }, REST_MS);
    return () => clearTimeout(resting);
  }, [texts, typed]);
  if (measured === undefined) return null;
  return texts.map((text, place) => {
    const wrong = checked.ok ? undefined : checked.errors[place];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a rise has no other name than its place
      <p className="rise-field" key={place}>
        <label htmlFor={`${id} ${place}`}>Rise over baseline, %</label>
        <input
          id={`${id} ${place}`}
          inputMode="decimal"
          autoComplete="off"
          aria-label={`${VITAL_FACTS[vital].label}: Rise over baseline, %`}
          aria-invalid={wrong === undefined ? undefined : true}
          aria-describedby={`${id} ${place} about`}
          value={text}
          data-changed={text !== riseTexts(from)[place] || undefined}
          onChange={({ target }) => {
            setTyped(true);
            setTexts(texts.with(place, target.value));
          }}
        />
        <small id={`${id} ${place} about`} role={wrong === undefined ? undefined : "alert"}>
          {wrong ?? "Empty: none"}
        </small>
      </p>
    );
  });
}

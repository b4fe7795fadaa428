import type { Protocol } from "@vigil/shared/protocol";
import { TextField } from "../form/text-field.tsx";
import { Arithmetic } from "./arithmetic.tsx";
import type { PlanErrors, PlanRead, PlanTexts } from "./plan-form.ts";

interface PlanFieldsProps {
  readonly texts: PlanTexts;
  readonly read: PlanRead;
  readonly errors: PlanErrors;
  readonly rules: Protocol["plan"];
  readonly onTexts: (texts: PlanTexts) => void;
}

/** The plan with its arithmetic, worked out while it is typed. */
export function PlanFields({ texts, read, errors, rules, onTexts }: PlanFieldsProps) {
  const set = (name: keyof PlanTexts) => (text: string) => onTexts({ ...texts, [name]: text });
  const range = ({ min, max }: { readonly min: number; readonly max: number }) => `Protocol ${min} to ${max}`;
  const needed = read.steps.find(({ id }) => id === "rate")?.result;
  return (
    <fieldset className="form-part">
      <legend>Plan</legend>
      <TextField label="Drug" maxLength={60} text={texts.drug} onText={set("drug")} wrong={errors.drug} />
      <div className="form-pair">
        <TextField
          label="Dose, mg/kg"
          kind="figure"
          text={texts.doseMgPerKg}
          onText={set("doseMgPerKg")}
          wrong={errors.doseMgPerKg}
          hint={range(rules.doseMgPerKg)}
        />
        <TextField
          label="Planned minutes"
          kind="figure"
          text={texts.plannedMin}
          onText={set("plannedMin")}
          wrong={errors.plannedMin}
          hint={range(rules.plannedMin)}
        />
      </div>
      <div className="form-pair">
        <TextField
          label="In the bag, mg/mL"
          kind="figure"
          text={texts.concentrationMgPerMl}
          onText={set("concentrationMgPerMl")}
          wrong={errors.concentrationMgPerMl}
          hint={range(rules.concentrationMgPerMl)}
        />
        <TextField
          label="Bag, mL"
          kind="figure"
          text={texts.bagVolumeMl}
          onText={set("bagVolumeMl")}
          wrong={errors.bagVolumeMl}
        />
      </div>
      <TextField
        label="Pump rate, mL/h"
        kind="figure"
        text={texts.rateMlPerH}
        onText={set("rateMlPerH")}
        wrong={errors.rateMlPerH}
        hint={
          needed === undefined
            ? "Left empty: as dose and time give it"
            : `Left empty: ${Math.round(needed * 100) / 100} mL/h`
        }
      />
      <Arithmetic steps={read.steps} wrong={errors.weightKg ?? errors.doseMg} />
    </fieldset>
  );
}

/** The next version of a protocol, from one that there is. */
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ProtocolId } from "@vigil/shared/administration";
import { BASELINE_VITALS, DIRECTIONS, limitCautions, PRIORITIES, type Protocol, TIERS } from "@vigil/shared/protocol";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import { type FormEvent, useMemo, useState } from "react";
import { Refusal } from "../courses/refusal.tsx";
import { useAdminAct } from "./admin-api.ts";
import {
  DISCHARGE_FACTS,
  readProtocol,
  rungPlaces,
  type Texts,
  TIER_PARTS,
  textsOf,
  tierKey,
} from "./protocol-form.ts";

interface EditorProps {
  readonly id: ProtocolId;
  readonly base: Protocol;
  readonly targets: readonly string[];
  readonly done: () => void;
}

interface Fields {
  readonly texts: Texts;
  readonly wrong: Readonly<Record<string, string>>;
  readonly set: (key: string, text: string) => void;
}

export function ProtocolEditor({ id, base, targets, done }: EditorProps) {
  const { send, sending, refused } = useAdminAct();
  const [texts, setTexts] = useState<Texts>(() => textsOf(base));
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const { document, wrong } = useMemo(() => readProtocol(texts, base), [texts, base]);
  const fields: Fields = {
    texts,
    wrong: tried ? wrong : {},
    set: (key, text) => setTexts((before) => ({ ...before, [key]: text })),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (document === null || why.trim() === "") return;
    send({ type: "draft-protocol", protocol: id, document, why }, done);
  };
  const problems = tried ? Object.entries(wrong) : [];
  return (
    <form className="protocol-editor" onSubmit={submit} noValidate>
      <Field fields={fields} name="name" label="Name" />
      <h3>Limits</h3>
      <p>An empty limit is off. Delays in seconds; the deadband in the unit of the vital.</p>
      <LimitFields fields={fields} />
      {document !== null &&
        limitCautions(document.limits).map(({ sentence }) => (
          <p key={sentence} className="admin-caution">
            {sentence}
          </p>
        ))}
      <h3>Rise over the baseline</h3>
      <div className="admin-fields">
        {BASELINE_VITALS.map((vital) => (
          <Field key={vital} fields={fields} name={`rise.${vital}`} label={`${VITAL_FACTS[vital].label} (%)`} />
        ))}
      </div>
      <h3>Times</h3>
      <div className="admin-fields">
        {TIMES.map(([name, label]) => (
          <Field key={name} fields={fields} name={name} label={label} />
        ))}
      </div>
      <h3>Ladder of escalation</h3>
      <div className="admin-fields">
        {rungPlaces().map((i) => (
          <div key={i} className="admin-rung">
            <NativeSelect
              label={`Rung ${i + 1}`}
              data={["", ...new Set([...targets, texts[`rung.${i}.target`] ?? ""])].filter(
                (each, at) => at === 0 || each !== "",
              )}
              value={texts[`rung.${i}.target`] ?? ""}
              onChange={(event) => fields.set(`rung.${i}.target`, event.currentTarget.value)}
            />
            <Field fields={fields} name={`rung.${i}.afterS`} label="after (s)" />
          </div>
        ))}
      </div>
      <h3>Stays until somebody has seen it</h3>
      <div className="admin-fields">
        {PRIORITIES.map((priority) => (
          <Tick key={priority} fields={fields} name={`latching.${priority}`} label={`${priority} priority`} />
        ))}
      </div>
      <h3>Before the start</h3>
      <div className="admin-fields">
        <Lines fields={fields} name="startChecks" label="To be confirmed, one a line" />
        <Lines fields={fields} name="secondPersonChecks" label="Of these by a second person" />
      </div>
      <h3>Before going home</h3>
      <div className="admin-fields">
        <Lines fields={fields} name="dischargeChecks" label="To be confirmed, one a line" />
        <div className="admin-ticks">
          {DISCHARGE_FACTS.map((fact) => (
            <Tick key={fact} fields={fields} name={`fact.${fact}`} label={fact.replaceAll("-", " ")} />
          ))}
        </div>
        <NativeSelect
          label="Score"
          data={[
            { value: "aldrete", label: "modified Aldrete" },
            { value: "padss", label: "PADSS" },
          ]}
          value={texts["dischargeScore.scale"] ?? ""}
          onChange={(event) => fields.set("dischargeScore.scale", event.currentTarget.value)}
        />
        <Field fields={fields} name="dischargeScore.least" label="At least" />
        <Field fields={fields} name="dischargeWithinBaseline" label="Vital signs within (%)" />
        <Field fields={fields} name="dischargeCuffs" label="Of the last cuffs (1 or 2)" />
        <Tick fields={fields} name="reasonForEarlyStop" label="an early end needs a reason" />
      </div>
      <h3>What a plan may say</h3>
      <div className="admin-fields">
        {PLAN.map(([name, label]) => (
          <div key={name} className="admin-rung">
            <Field fields={fields} name={`plan.${name}.min`} label={`${label}, from`} />
            <Field fields={fields} name={`plan.${name}.max`} label="to" />
          </div>
        ))}
      </div>
      <div className="admin-word">
        <TextInput
          label="What is different, and why"
          maxLength={500}
          value={why}
          error={tried && why.trim() === "" ? "Say it in a few words." : null}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Button type="submit" loading={sending}>
          Keep as a draft
        </Button>
        <Button variant="default" onClick={done}>
          Leave it
        </Button>
      </div>
      {problems.length > 0 && (
        <div className="refusal" role="alert">
          {problems.map(([field, message]) => (
            <p key={field}>
              {field.replaceAll(".", " · ")}: {message}
            </p>
          ))}
        </div>
      )}
      <Refusal why={refused} />
    </form>
  );
}

const TIMES = [
  ["cuffIntervalMin.infusing", "Cuff, infusing (min)"],
  ["cuffIntervalMin.recovery", "Cuff, recovery (min)"],
  ["observationIntervalMin.infusing", "Observation, infusing (min)"],
  ["observationIntervalMin.recovery", "Observation, recovery (min)"],
  ["recoveryMinimumMin", "Minimum stay after (min)"],
  ["dissociationExpectedMin", "Dissociation expected (min)"],
  ["noDrivingHours", "No driving for (h)"],
] as const;

const PLAN = [
  ["doseMgPerKg", "Dose (mg/kg)"],
  ["weightKg", "Weight (kg)"],
  ["plannedMin", "Duration (min)"],
  ["concentrationMgPerMl", "Concentration (mg/mL)"],
] as const;

interface FieldProps {
  readonly fields: Fields;
  readonly name: string;
  readonly label: string;
}

const Field = ({ fields, name, label }: FieldProps) => (
  <TextInput
    label={label}
    inputMode={name === "name" ? "text" : "decimal"}
    value={fields.texts[name] ?? ""}
    error={fields.wrong[name] !== undefined}
    onChange={(event) => fields.set(name, event.currentTarget.value)}
  />
);

const Lines = ({ fields, name, label }: FieldProps) => (
  <Textarea
    label={label}
    rows={5}
    value={fields.texts[name] ?? ""}
    error={fields.wrong[name] !== undefined}
    onChange={(event) => fields.set(name, event.currentTarget.value)}
  />
);

const Tick = ({ fields, name, label }: FieldProps) => (
  <Checkbox
    label={label}
    checked={fields.texts[name] === "yes"}
    onChange={(event) => fields.set(name, event.currentTarget.checked ? "yes" : "")}
  />
);

const PART_TEXT = {
  limit: "limit",
  priority: "priority",
  delay: "delay",
  offDelay: "off after",
  deadband: "deadband",
} as const;

/** One line a vital and direction, both tiers beside each other. */
function LimitFields({ fields }: { readonly fields: Fields }) {
  return (
    <div className="limit-fields">
      <table>
        <thead>
          <tr>
            <td />
            {TIERS.map((tier) => (
              <th key={tier} scope="colgroup" colSpan={TIER_PARTS.length}>
                {tier}
              </th>
            ))}
          </tr>
          <tr>
            <td />
            {TIERS.map((tier) => TIER_PARTS.map((part) => <th key={`${tier} ${part}`}>{PART_TEXT[part]}</th>))}
          </tr>
        </thead>
        <tbody>
          {VITALS.flatMap((vital) =>
            DIRECTIONS.map((direction) => (
              <tr key={`${vital} ${direction}`}>
                <th scope="row">
                  {VITAL_FACTS[vital].label} {direction}
                </th>
                {TIERS.map((tier) =>
                  TIER_PARTS.map((part) => {
                    const key = tierKey(vital, direction, tier, part);
                    const label = `${VITAL_FACTS[vital].label} ${direction}, ${tier}, ${PART_TEXT[part]}`;
                    return (
                      <td key={key} data-part={part}>
                        <LimitField fields={fields} name={key} label={label} isPriority={part === "priority"} />
                      </td>
                    );
                  }),
                )}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function LimitField({ fields, name, label, isPriority }: FieldProps & { readonly isPriority: boolean }) {
  const value = fields.texts[name] ?? "";
  if (isPriority) {
    return (
      <select aria-label={label} value={value} onChange={(event) => fields.set(name, event.currentTarget.value)}>
        <option value="">usual</option>
        {PRIORITIES.map((priority) => (
          <option key={priority} value={priority}>
            {priority}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      aria-label={label}
      aria-invalid={fields.wrong[name] !== undefined}
      inputMode="decimal"
      value={value}
      onChange={(event) => fields.set(name, event.currentTarget.value)}
    />
  );
}

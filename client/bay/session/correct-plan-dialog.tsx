import { useState } from "react";
import { useActing } from "../../act/index.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { PlanFields } from "../prepare/plan-fields.tsx";
import { NO_PLAN, planTexts, readPlan } from "../prepare/plan-form.ts";
import { ActDialog } from "./act-dialog.tsx";
import { placeOf } from "./places.ts";
import { planHoldsFrom } from "./plan-from.ts";
import { ReasonField } from "./reason-field.tsx";

/** What the bag really holds, or was really prescribed: a late entry that takes the plan's place from before the start. */
export function CorrectPlanDialog({
  bay,
  session,
  visit: { zone },
  onClose,
}: SessionSectionProps & { readonly onClose: () => void }) {
  const { desk } = useActing();
  const [texts, setTexts] = useState(() => (session.plan === null ? NO_PLAN : planTexts(session.plan)));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const place = placeOf(bay, "ask");
  const rules = session.protocol.plan;
  const read = readPlan(texts, session.patient.weightKg, rules);
  const from = planHoldsFrom(session);
  const submit = () => {
    setTried(true);
    if (read.plan === null || reason.trim() === "") return false;
    // What the form has no field for stays as it was planned.
    const { weightKg, doseMg } = session.plan ?? {};
    const kept = { ...(weightKg === undefined ? {} : { weightKg }), ...(doseMg === undefined ? {} : { doseMg }) };
    const plan = { ...kept, ...read.plan };
    return desk.act(place, bay.id, { type: "set-plan", plan, reason: reason.trim(), effectiveAt: from });
  };
  return (
    <ActDialog
      title={`Correct the plan for ${session.patient.initials}, ${session.patient.weightKg ?? "–"} kg`}
      submit="Correct the plan"
      place={place}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        It holds as if it had been entered at {zone.time(from)}: rate and dose are worked out anew from the start on.
        What was done at the pump meanwhile stays, and must be possible with it.
      </p>
      <PlanFields
        texts={texts}
        read={read}
        errors={{ ...(tried ? read.missing : {}), ...read.wrong }}
        rules={rules}
        onTexts={setTexts}
      />
      <ReasonField
        text={reason}
        onText={setReason}
        isTried={tried}
        choices={["concentration was missing", "wrong figure entered"]}
      />
    </ActDialog>
  );
}

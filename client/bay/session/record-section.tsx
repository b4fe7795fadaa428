import { planText } from "../../ui/plan-text.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { Arithmetic } from "../prepare/arithmetic.tsx";
import { PatientFacts } from "../prepare/patient-facts.tsx";
import { useAsk } from "./asking.tsx";
import "../prepare/prepare.css";

/** Once the drug runs: who lies here, and what was planned; a slip in either is put right, with a reason. */
export function RecordSection({ session: { patient, plan, arithmetic } }: SessionSectionProps) {
  const ask = useAsk();
  return (
    <section className="bay-section record" aria-labelledby="record-title">
      <h2 id="record-title">Patient and plan</h2>
      <PatientFacts patient={patient} />
      {plan !== null && <p className="record-plan">{planText(plan)}</p>}
      <details>
        <summary>How it is worked out</summary>
        <Arithmetic steps={arithmetic} />
      </details>
      <div className="acts-more">
        <button type="button" className="act" onClick={() => ask("correct-patient")}>
          Correct the patient …
        </button>
        <button type="button" className="act" onClick={() => ask("correct-plan")}>
          Correct the plan …
        </button>
      </div>
    </section>
  );
}

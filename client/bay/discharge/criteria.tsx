import type { CheckView, SessionView } from "@vigil/shared/bay";
import type { Criterion } from "@vigil/shared/session";
import { useState } from "react";
import { NoteLine, useActing } from "../../act/index.ts";
import type { LiveBay } from "../../live/index.ts";
import { criterionText } from "../../ui/criterion-text.ts";
import { Check } from "../../ui/icons.tsx";
import { useValue } from "../../ui/use-value.ts";
import { SecondPerson } from "../session/second-person.tsx";

interface CriteriaProps {
  readonly bay: LiveBay;
  readonly session: SessionView;
}

/** What discharge waits for: by fact where the record shows it, by a person's word where not. */
export function Criteria({ bay, session }: CriteriaProps) {
  const { criteria, dischargeChecks } = session;
  return (
    <ul className="criteria-list" aria-label="Discharge criteria">
      {criteria.map((criterion) => (
        <li key={criterion.id} data-holds={criterion.holds}>
          <span className="criterion-mark">
            {/* Drawn, because not every typeface has it; without it colour alone would tell. */}
            {criterion.holds ? <Check label="holds" /> : <span role="img" aria-label="does not hold" />}
          </span>
          <div>
            <b>{criterionText(criterion.id)}</b>{" "}
            {criterion.value !== null && <span className="criterion-value">{criterion.value}</span>}
            {!criterion.holds && <p className="criterion-reason">{criterion.reason}</p>}
          </div>
          {criterion.kind === "confirmation" && (
            <Confirm
              bay={bay}
              criterion={criterion}
              check={dischargeChecks.find(({ check }) => check === criterion.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

interface ConfirmProps {
  readonly bay: LiveBay;
  readonly criterion: Criterion;
  readonly check: CheckView | undefined;
}

function Confirm({ bay, criterion, check }: ConfirmProps) {
  const { desk, who } = useActing();
  const me = useValue(who.person);
  const [asking, setAsking] = useState(false);
  const place = `check ${bay.id} ${criterion.id}`;
  const isWaiting = useValue(desk.waiting).has(place);
  if (criterion.holds) return null;
  const first = check?.first ?? null;
  const press = () => {
    // Whoever confirmed first hands the screen to somebody else, who gives their own name.
    if (first !== null && me?.id === first.by) setAsking(!asking);
    else void desk.act(place, bay.id, { type: "confirm-check", check: criterion.id });
  };
  return (
    <>
      <button
        type="button"
        className="act"
        aria-disabled={isWaiting}
        aria-expanded={first === null ? undefined : asking}
        onClick={press}
      >
        {first === null ? "Confirm" : "Second person"}
        <span className="unseen">: {criterion.id}</span>
      </button>
      {asking && first !== null && <SecondPerson bay={bay} check={criterion.id} place={place} />}
      <NoteLine place={place} />
    </>
  );
}

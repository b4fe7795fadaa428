import type { CheckView, SessionView } from "@vigil/shared/bay";
import type { Criterion } from "@vigil/shared/session";
import { NoteLine, useActing } from "../../act/index.ts";
import type { LiveBay } from "../../live/index.ts";
import { criterionText } from "../../ui/criterion-text.ts";
import { Check } from "../../ui/icons.tsx";
import { useValue } from "../../ui/use-value.ts";

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
  const { desk } = useActing();
  const place = `check ${bay.id} ${criterion.id}`;
  const isWaiting = useValue(desk.waiting).has(place);
  if (criterion.holds) return null;
  const isSecond = check?.first != null;
  return (
    <>
      <button
        type="button"
        className="act"
        aria-disabled={isWaiting}
        onClick={() => void desk.act(place, bay.id, { type: "confirm-check", check: criterion.id })}
      >
        {isSecond ? "Confirm as second" : "Confirm"}
        <span className="unseen">: {criterion.id}</span>
      </button>
      <NoteLine place={place} />
    </>
  );
}

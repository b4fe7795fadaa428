import { isEarlyStop } from "@vigil/shared/session";
import { NoteLine, useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import type { ActKind } from "../session/act-form.ts";
import { useAsk } from "../session/asking.tsx";
import { placeOf } from "../session/places.ts";
import { InfusionFigures } from "./infusion-figures.tsx";
import "./infuse.css";

/** While the drug runs or is held: how far it is, and all that can be done with it. */
export function InfuseSection(props: SessionSectionProps) {
  const { bay, session } = props;
  const { desk } = useActing();
  const ask = useAsk();
  const { now: second } = useValue(useLive().shown);
  // What was done within this second shows at once.
  const now = Math.max(second, session.now.at);
  const isPaused = session.phase === "paused";
  const isEarly = isEarlyStop(session, now);
  const open = (kind: ActKind) => () => ask({ kind, late: false });
  return (
    <section className="bay-section infuse" aria-labelledby="infuse-title">
      <h2>
        <span id="infuse-title">Infusion</span>{" "}
        <small className="bay-section-about">
          {session.plan?.drug} {session.plan?.doseMgPerKg} mg/kg over {session.plan?.plannedMin} min
        </small>
      </h2>
      <NoteLine place={placeOf(bay, "start")} />
      <InfusionFigures {...props} now={now} />
      <div className="infuse-acts">
        {isPaused ? (
          <button
            type="button"
            className="act act-main infuse-main"
            onClick={() => void desk.act(placeOf(bay, "resume"), bay.id, { type: "resume-infusion" })}
          >
            Resume
          </button>
        ) : (
          <button type="button" className="act infuse-main" onClick={open("pause")}>
            Pause …
          </button>
        )}
        <button type="button" className="act" onClick={open("rate")}>
          Change rate …
        </button>
        <button type="button" className="act" onClick={open("bolus")}>
          Bolus …
        </button>
        <button type="button" className="act" onClick={open("extend")}>
          Extend …
        </button>
        {isEarly ? (
          <button type="button" className="act" onClick={open("end")}>
            Stop early …
          </button>
        ) : (
          <button
            type="button"
            className="act act-main"
            onClick={() => void desk.act(placeOf(bay, "finish"), bay.id, { type: "end-infusion" })}
          >
            Finish
          </button>
        )}
      </div>
      {session.plan?.concentrationMgPerMl === undefined && (
        <div className="infuse-unknown">
          <p>The plan tells no concentration: the rate cannot be changed before it is known.</p>
          <button type="button" className="act" onClick={() => ask("correct-plan")}>
            Give the mg/mL in the bag …
          </button>
        </div>
      )}
      <NoteLine place={placeOf(bay, "resume")} />
      <NoteLine place={placeOf(bay, "finish")} />
    </section>
  );
}

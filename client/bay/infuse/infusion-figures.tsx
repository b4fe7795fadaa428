import type { SessionView } from "@vigil/shared/bay";
import type { AtMs } from "@vigil/shared/ids";
import { doseAt, drugLeftMs, infusionElapsedMs, infusionPausedMs } from "@vigil/shared/session";
import { countdownText, elapsedText } from "../../ui/clock-text.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { drugEndAt } from "./drug-end.ts";

/** How far the infusion is, this second, from the facts: pauses, changed rates and boluses included. */
export function InfusionFigures({ session, visit: { zone }, now }: SessionSectionProps & { readonly now: AtMs }) {
  const { infusion, plannedEndAt, phases } = session;
  if (infusion === null) return null;
  const elapsedMs = infusionElapsedMs(infusion, now);
  const pausedMs = infusionPausedMs(infusion, now);
  const isPaused = session.phase === "paused";
  const drugEndsAt = drugEndAt(session, now);
  const isOtherEnd =
    drugEndsAt !== null && plannedEndAt !== null && Math.abs(drugEndsAt - plannedEndAt) >= OTHER_END_MS;
  return (
    <>
      {isPaused && (
        <p className="paused-since">
          <b>Paused</b> since {zone.time(phases.at(-1)?.from ?? now)}
          {pauseReason(session)}. The clock and the pump stand still.
        </p>
      )}
      <dl className="infuse-figures">
        <div>
          <dt>Elapsed</dt>
          <dd>{elapsedText(elapsedMs)}</dd>
        </div>
        <div>
          <dt>Remaining</dt>
          <dd>{remainingText(session, now)}</dd>
        </div>
        <div>
          <dt>Planned end</dt>
          <dd>
            {plannedEndAt === null ? "held" : zone.time(plannedEndAt)}
            {isOtherEnd && <small> at this rate {zone.time(drugEndsAt)}</small>}
          </dd>
        </div>
        <div>
          <dt>Paused in all</dt>
          <dd>{pausedMs < 1000 ? "–" : elapsedText(pausedMs)}</dd>
        </div>
      </dl>
      <DoseSoFar session={session} now={now} />
    </>
  );
}

/** Less than this apart, plan and drug end together as far as anybody at the bed is concerned. */
const OTHER_END_MS = 60_000;

/** Until the drug is given; where that cannot be told, or it is, by the plan's clock. */
function remainingText(session: SessionView, now: AtMs): string {
  const { plannedMs, infusion } = session;
  const leftMs = drugLeftMs(session, now);
  if (leftMs !== null && leftMs > 0) return countdownText(leftMs);
  if (plannedMs === null || infusion === null) return "–";
  const byClock = plannedMs - infusionElapsedMs(infusion, now);
  return countdownText(leftMs === 0 ? Math.min(0, byClock) : byClock);
}

function DoseSoFar({
  session: { dose, infusion, figures },
  now,
}: {
  readonly session: SessionView;
  readonly now: AtMs;
}) {
  const given = dose === null ? null : doseAt(dose, now);
  const rate = infusion?.rate;
  const rateText = rate?.rateMlPerH == null ? null : `${figure(rate.rateMlPerH)} mL/h`;
  const mgText = rate?.rateMgPerMin == null ? null : `${figure(rate.rateMgPerMin)} mg/min`;
  return (
    <div className="dose">
      {given === null ? (
        <p>
          <span>
            <b>Dose not known</b>:{" "}
            {figures?.weightKg == null
              ? "the patient’s weight is not recorded."
              : "the plan tells no concentration for the rate that was set."}
          </span>
        </p>
      ) : (
        <>
          <p>
            <span>Dose given</span> <b>{given.mg.toFixed(1)} mg</b>
            {dose?.plannedMg != null && <span>of {figure(dose.plannedMg)} mg</span>}
            {given.mL !== null && <span>{given.mL.toFixed(1)} mL</span>}
            {given.ofPlan !== null && <span>{Math.floor(given.ofPlan * 100)} % of plan</span>}
          </p>
          {given.ofPlan !== null && (
            <progress aria-label="Dose given, share of what may be given" max={dose?.boundMg ?? 1} value={given.mg} />
          )}
        </>
      )}
      <p className="dose-rate">
        {[rateText, mgText].filter(Boolean).join(" = ") || "Rate not known"}
        {dose?.boundMg != null && dose.plannedMg !== null && dose.boundMg > dose.plannedMg && (
          <> · extended to {figure(dose.boundMg)} mg</>
        )}
        {given !== null && dose?.boundMg != null && given.mg >= dose.boundMg - 1e-6 && (
          <b> · all of it is given: the pump is taken to deliver no more</b>
        )}
      </p>
    </div>
  );
}

const figure = (value: number): string => String(Math.round(value * 100) / 100);

function pauseReason({ timeline }: SessionView): string {
  const pause = timeline.findLast(({ command, undone }) => command.type === "pause-infusion" && undone === null);
  return pause?.command.type === "pause-infusion" ? `, ${pause.command.reason}` : "";
}

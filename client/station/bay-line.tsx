import { Link } from "@tanstack/react-router";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import { useRef } from "react";
import { NoteLine, PauseButton, pauseText, useBayDetail } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { BellOff, PhaseIcon } from "../ui/icons.tsx";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { useValue } from "../ui/use-value.ts";
import { ringView } from "../wall/ring-view.ts";
import { setText, usePaintSecond } from "../wall/use-paint.ts";

/** One bay in a line: where its session is, and everything about its alarms that a person has silenced. */
export function BayLine({ bay }: { readonly bay: LiveBay }) {
  const facts = useValue(bay.facts);
  const isPaused = facts.audioPausedUntil !== null;
  const detail = useBayDetail(bay, isPaused || facts.alarmsOff.length > 0);
  const place = `bay ${bay.id}`;
  const worst = facts.alarms[0]?.priority;
  return (
    <li className="bay-line" data-bay={bay.id} data-priority={worst} data-free={facts.sessionId === null}>
      <Link to="/bays/$bay" params={{ bay: bay.id }}>
        <span>Bay</span> <b>{bay.name}</b> {facts.initials}
      </Link>
      {facts.phase === null ? (
        <p className="bay-line-phase">free</p>
      ) : (
        <p className="bay-line-phase">
          <PhaseIcon phase={facts.phase} /> {PHASE_TEXT[facts.phase]} <Time bay={bay} />
          {facts.monitor !== "talking" && <b> · {facts.monitor === "never" ? "no monitor" : "monitor silent"}</b>}
        </p>
      )}
      {worst !== undefined && (
        <span className="bay-line-alarm">
          {PRIORITY_SYMBOL[worst]} <span className="unseen">{worst} alarm</span>
        </span>
      )}
      {facts.sessionId !== null && <PauseButton bay={bay} place={place} />}
      {(isPaused || facts.alarmsOff.length > 0) && (
        <ul className="bay-line-marks" aria-label="Silenced by people">
          {isPaused && <li>sound paused{detail?.audioPause ? pauseText(detail.audioPause) : ""}</li>}
          {facts.alarmsOff.map((vital) => {
            const off = detail?.alarmsOff.find((one) => one.vital === vital);
            return (
              <li key={vital}>
                <BellOff label="off" /> <b>{VITAL_FACTS[vital].label} alarms off</b>
                {off !== undefined && ` · ${off.name}: ${off.reason}`}
              </li>
            );
          })}
        </ul>
      )}
      <NoteLine place={place} />
    </li>
  );
}

function Time({ bay }: { readonly bay: LiveBay }) {
  const text = useRef<HTMLElement>(null);
  usePaintSecond(({ now, estimated }) => {
    const { time, caption } = ringView(bay.row.value, now, estimated);
    setText(text.current, time === "–" ? caption : `${time} ${caption}`);
  });
  return <span ref={text} />;
}

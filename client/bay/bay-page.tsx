import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { AlarmList, type BayDetail, NoteLine, PauseButton, PauseLeft, pauseText, useBayDetail } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { BoardGate } from "../station/index.ts";
import { BellPaused } from "../ui/icons.tsx";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { useValue } from "../ui/use-value.ts";
import { limitsOf } from "./bay-limits.ts";
import { BayNow } from "./bay-now.tsx";
import { SECTIONS } from "./bay-sections.tsx";
import { isOpen, type SessionSectionProps, useBayVisit } from "./bay-session.ts";
import { DepartedNote } from "./discharge/departed-note.tsx";
import { LastSession } from "./discharge/last-session.tsx";
import { LeftNotes } from "./left-notes.tsx";
import { LimitsTable } from "./limits-table.tsx";
import { OpenSection } from "./prepare/open-section.tsx";
import { AskHost } from "./session/asking.tsx";
import { placeOf } from "./session/places.ts";
import { UndoBar } from "./session/undo-bar.tsx";
import "./bay.css";

export function BayPage() {
  const { bay } = useParams({ from: "/workplace/bays/$bay" });
  return <BayOf id={bay} />;
}

export function BayOf({ id }: { readonly id: string }) {
  return (
    <BoardGate>
      {({ bays }) => {
        const bay = bays.find((one) => one.id === id);
        return bay === undefined ? <NoBay id={id} /> : <Bay key={bay.id} bay={bay} />;
      }}
    </BoardGate>
  );
}

function NoBay({ id }: { readonly id: string }) {
  return (
    <main className="page">
      <title>No such bay · Vigil</title>
      <h1>There is no bay “{id}”</h1>
      <p className="page-text">
        <Link to="/station">All bays are on the station’s page.</Link>
      </p>
    </main>
  );
}

function Bay({ bay }: { readonly bay: LiveBay }) {
  const facts = useValue(bay.facts);
  const detail = useBayDetail(bay, true);
  const visit = useBayVisit(bay);
  const limits = detail === null ? null : limitsOf(detail);
  const isFree = facts.sessionId === null || facts.phase === null;
  const work = visit?.session != null && isOpen(visit.session) ? { bay, session: visit.session, visit } : null;
  return (
    <AskHost work={work}>
      <main className="page bay-page">
        <title>{`Bay ${bay.name} · Vigil`}</title>
        <h1>
          Bay {bay.name} <span>{isFree ? "free" : `${facts.initials ?? ""} · ${PHASE_TEXT[facts.phase]}`}</span>
        </h1>
        {isFree ? (
          <>
            <p className="page-text">No session is open at this bay, so it raises no alarms.</p>
            <LeftNotes bay={bay} but={placeOf(bay, "open")} />
            {visit?.departed != null && <DepartedNote departed={visit.departed} zone={visit.zone} />}
            {visit?.session != null && visit.departed === null && !isOpen(visit.session) && (
              <LastSession session={visit.session} zone={visit.zone} />
            )}
            {visit !== null && (visit.session === null || !isOpen(visit.session)) && (
              <OpenSection key={visit.session?.id ?? "first"} bay={bay} visit={visit} />
            )}
          </>
        ) : (
          <>
            <BayNow bay={bay} facts={facts} phase={facts.phase} />
            <AlarmList alarms={facts.alarms.map((alarm) => ({ bay, alarm }))} none="No alarms at this bay" />
            {work !== null && <Work {...work} />}
            <Sound bay={bay} pause={detail?.audioPause ?? null} />
          </>
        )}
        {limits !== null && <LimitsTable bay={bay} limits={limits} off={detail?.alarmsOff ?? []} isFree={isFree} />}
      </main>
    </AskHost>
  );
}

/** What people do with the session in the phase it is in. */
function Work(props: SessionSectionProps) {
  const { main, side } = SECTIONS[props.session.phase];
  return (
    <>
      <div className="bay-work">
        <div className="bay-work-main">
          {main.map((Section) => (
            <Section key={Section.name} {...props} />
          ))}
        </div>
        <div className="bay-work-side">
          {side.map((Section) => (
            <Section key={Section.name} {...props} />
          ))}
        </div>
      </div>
      <UndoBar {...props} />
    </>
  );
}

/** The alarm sound of this bay: paused by whom, for how long still, and the end of it. */
function Sound({ bay, pause }: { readonly bay: LiveBay; readonly pause: BayDetail["audioPause"] }) {
  const { audioPausedUntil } = useValue(bay.facts);
  const [reason, setReason] = useState("");
  const place = `sound ${bay.id}`;
  return (
    <section className="bay-sound" aria-label="Sound of this bay">
      <h2>Sound</h2>
      <p>
        {audioPausedUntil === null ? (
          "Alarms of this bay sound."
        ) : (
          <>
            <BellPaused label="paused" />{" "}
            <b>
              Paused{pause === null ? "" : pauseText(pause)}, <PauseLeft bay={bay} /> left.
            </b>{" "}
            A new or worse alarm sounds all the same.
          </>
        )}
      </p>
      {audioPausedUntil === null && (
        <label className="bay-sound-why">
          Why, if you like
          <input maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <PauseButton bay={bay} place={place} reason={reason} onDone={() => setReason("")} />
      <NoteLine place={place} />
    </section>
  );
}

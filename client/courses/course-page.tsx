import { SegmentedControl, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { INSTRUMENT_FACTS, INSTRUMENTS, type Instrument, type Relief } from "@vigil/shared/course";
import type { CourseDetail } from "@vigil/shared/wire";
import { lazy, Suspense, useState } from "react";
import { SignedIn } from "../people/index.ts";
import { BookingForm } from "./booking-form.tsx";
import { CourseFlags } from "./course-flags.tsx";
import { patientText, placeText } from "./course-text.ts";
import { courseQuery } from "./courses-api.ts";
import { CoursesFrame, CoursesKit } from "./courses-frame.tsx";
import { daysText, spanText, weekdayText } from "./day-text.ts";
import { History } from "./history.tsx";
import { Refusal } from "./refusal.tsx";
import { ScoreForm } from "./score-form.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { DeskContext } from "./use-act.ts";

/** Charts weigh more than all else of the page: it is usable before they are there. */
const CoursePlot = lazy(() =>
  import("./course-plot.tsx").then(({ CoursePlot: component }) => ({ default: component })),
);

export function CoursePage() {
  const { patient } = useParams({ from: "/person/courses/$patient" });
  return (
    <CoursesKit>
      <CoursesFrame title={`Course of ${patient}`} aside={<SignedIn />}>
        <DeskContext value={{ recordNumber: patient }}>
          <CourseOf key={patient} recordNumber={patient} />
        </DeskContext>
      </CoursesFrame>
    </CoursesKit>
  );
}

function CourseOf({ recordNumber }: { readonly recordNumber: string }) {
  const { data, error } = useQuery(courseQuery(recordNumber));
  if (data === undefined) return <Refusal why={error?.message ?? null} />;
  return (
    <>
      <Refusal why={error?.message ?? null} />
      <CourseHead detail={data} />
      <CourseFlags detail={data} />
      <div className="course-columns">
        <Chart detail={data} />
        <Tabs className="course-forms" defaultValue="score" keepMounted={false}>
          <Tabs.List grow>
            <Tabs.Tab value="score">Score</Tabs.Tab>
            <Tabs.Tab value="next">Next session</Tabs.Tab>
            <Tabs.Tab value="settings">Settings</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="score">
            <ScoreForm detail={data} />
          </Tabs.Panel>
          <Tabs.Panel value="next">
            <BookingForm detail={data} />
          </Tabs.Panel>
          <Tabs.Panel value="settings">
            <SettingsForm detail={data} />
          </Tabs.Panel>
        </Tabs>
      </div>
      <History detail={data} />
    </>
  );
}

function CourseHead({ detail: { patient, standing, closed } }: { readonly detail: CourseDetail }) {
  const { due, booked, sessions, onSchedule, today } = standing;
  return (
    <header className="course-head">
      <div>
        <h1>{patientText(patient)}</h1>
        <p>
          {patient.name !== null && patient.initials !== null && `${patient.initials} · `}record {patient.recordNumber}
        </p>
      </div>
      <dl>
        <div>
          <dt>Where it stands</dt>
          <dd>{placeText({ ...standing, sessions: sessions.length }, closed !== null)}</dd>
          {closed === null && sessions.length > 0 && <dd>{onSchedule ? "on schedule" : "not on schedule"}</dd>}
        </div>
        <div>
          <dt>Next due</dt>
          <dd>{due === null ? nothingDueText(standing, closed !== null) : spanText(due.from, due.to, today)}</dd>
        </div>
        <div>
          <dt>Booked</dt>
          <dd>{booked === null ? "nothing" : `${weekdayText(booked.date)}, ${booked.time}`}</dd>
          {booked?.bay != null && <dd>bay {booked.bay}</dd>}
        </div>
        <div>
          <dt>Relief after the last session</dt>
          <dd>{reliefText(sessions.findLast(({ open }) => !open)?.relief ?? null)}</dd>
        </div>
      </dl>
    </header>
  );
}

function nothingDueText({ sessions }: CourseDetail["standing"], closed: boolean): string {
  if (closed) return "nothing";
  return sessions.length > 0 ? "known after this session" : "known after the first";
}

function reliefText(relief: Relief | null): string {
  if (relief === null) return "no score shows any";
  const lasted = relief.lastedDays === 0 ? "that day" : daysText(relief.lastedDays);
  return relief.lostOn === null ? `${lasted} so far` : lasted;
}

function Chart({ detail }: { readonly detail: CourseDetail }) {
  const { standing, scores } = detail;
  const used = INSTRUMENTS.filter(
    (one) => one === standing.settings.baseline.instrument || scores.some(({ instrument }) => instrument === one),
  );
  const [wanted, setWanted] = useState<Instrument | null>(null);
  const shown = wanted ?? standing.settings.baseline.instrument;
  return (
    <section className="course-chart" aria-label="Scores against sessions">
      {used.length > 1 && (
        <SegmentedControl
          aria-label="Instrument shown"
          data={used.map((value) => ({ value, label: INSTRUMENT_FACTS[value].label }))}
          value={shown}
          onChange={setWanted}
        />
      )}
      {scores.length === 0 && standing.sessions.length === 0 ? (
        <p className="courses-empty">
          No session and no score yet. Enter the first score before the first session: it is the baseline.
        </p>
      ) : (
        <Suspense fallback={<div className="plot" />}>
          <CoursePlot detail={detail} instrument={shown} />
        </Suspense>
      )}
    </section>
  );
}

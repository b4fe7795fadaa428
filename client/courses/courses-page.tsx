import { Button, Table, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { INSTRUMENT_FACTS, type LocalDate } from "@vigil/shared/course";
import { isSearched } from "@vigil/shared/session";
import type { CourseList, CourseRow } from "@vigil/shared/wire";
import { useState } from "react";
import { changeText, flagText, patientText, placeText } from "./course-text.ts";
import { coursesQuery } from "./courses-api.ts";
import { CoursesFrame, CoursesKit } from "./courses-frame.tsx";
import { awayText, dateText, spanText, weekdayText } from "./day-text.ts";
import { Refusal } from "./refusal.tsx";

export function CoursesPage() {
  return (
    <CoursesKit>
      <CoursesFrame title="Courses">
        <h1>Courses</h1>
        <CoursesOf />
      </CoursesFrame>
    </CoursesKit>
  );
}

function CoursesOf() {
  const { data, error } = useQuery(coursesQuery);
  if (data !== undefined) return <CoursesTable list={data} stale={error?.message ?? null} />;
  return <Refusal why={error?.message ?? null} />;
}

function CoursesTable({ list, stale }: { readonly list: CourseList; readonly stale: string | null }) {
  const [wanted, setWanted] = useState("");
  const found = list.courses.filter((row) => isSearched(row, wanted));
  const flagged = list.courses.filter(({ flags }) => flags.length > 0).length;
  return (
    <>
      <div className="courses-tools">
        <TextInput
          type="search"
          aria-label="Search for a patient"
          placeholder="Name, initials or record number"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <p>
          {list.courses.length === 1 ? "1 patient" : `${list.courses.length} patients`}
          {flagged > 0 && `, ${flagged} need attention`}
        </p>
      </div>
      <Refusal why={stale} />
      {list.courses.length === 0 && (
        <p className="courses-empty">
          No courses yet. One begins by itself with the first session of a patient who has a record number, or here:
          search for the record number and open it.
        </p>
      )}
      {found.length > 0 && (
        <Table className="courses-table" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Patient</Table.Th>
              <Table.Th>Attention</Table.Th>
              <Table.Th>Where it stands</Table.Th>
              <Table.Th>Last score</Table.Th>
              <Table.Th>Next due</Table.Th>
              <Table.Th>Booked</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.map((row) => (
              <CourseLine key={row.recordNumber} row={row} today={list.today} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {found.length === 0 && wanted.trim() !== "" && <OpenNew recordNumber={wanted.trim().slice(0, 40)} />}
    </>
  );
}

function OpenNew({ recordNumber }: { readonly recordNumber: string }) {
  const navigate = useNavigate();
  return (
    <p className="courses-empty">
      No course matches.{" "}
      <Button
        variant="default"
        onClick={() => void navigate({ to: "/courses/$patient", params: { patient: recordNumber } })}
      >
        Open record number {recordNumber}
      </Button>
    </p>
  );
}

function CourseLine({ row, today }: { readonly row: CourseRow; readonly today: LocalDate }) {
  const { recordNumber, flags, lastScore, due, booked, openAt, closed } = row;
  return (
    <Table.Tr data-flagged={flags.length > 0} data-closed={closed}>
      <Table.Td>
        <Link className="patient-link" to="/courses/$patient" params={{ patient: recordNumber }}>
          <b>{patientText(row)}</b> <small>{recordNumber}</small>
        </Link>
      </Table.Td>
      <Table.Td data-label="Attention">
        {flags.map((flag) => (
          <span className="flag" data-code={flag.code} key={`${flag.code} ${flag.score ?? ""}`}>
            {flagText(flag, today)}
          </span>
        ))}
      </Table.Td>
      <Table.Td data-label="Stands">
        {placeText(row, closed)}
        {row.lastSession !== null && (
          <small>{openAt === null ? `last session ${awayText(row.lastSession, today)}` : `in bay ${openAt} now`}</small>
        )}
      </Table.Td>
      <Table.Td data-label="Last score">
        {lastScore !== null && (
          <div>
            {INSTRUMENT_FACTS[lastScore.instrument].label} <b className="last-total">{lastScore.total}</b>{" "}
            {lastScore.band}
            <small>
              {changeText(lastScore)}, {dateText(lastScore.date, today)}
            </small>
          </div>
        )}
      </Table.Td>
      <Table.Td data-label="Next due">{due !== null && spanText(due.from, due.to, today)}</Table.Td>
      <Table.Td data-label="Booked">
        {booked !== null && (
          <div>
            {weekdayText(booked.date)}
            <small>
              {booked.time}
              {booked.bay !== null && `, bay ${booked.bay}`}
            </small>
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

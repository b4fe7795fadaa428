import { Button, NativeSelect, Table, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PHASES } from "@vigil/shared/session";
import type { SessionList } from "@vigil/shared/wire";
import { useMemo, useState } from "react";
import { CoursesFrame, CoursesKit } from "../courses/courses-frame.tsx";
import { Refusal } from "../courses/refusal.tsx";
import { minutesText } from "../ui/clock-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { askSessions, EVERYTHING, type SessionSearch } from "./ask-sessions.ts";
import "./sessions.css";

export function SessionsPage() {
  return (
    <CoursesKit>
      <CoursesFrame title="Sessions">
        <h1>Sessions</h1>
        <Sessions />
      </CoursesFrame>
    </CoursesKit>
  );
}

/** What others do is seen after this. */
const LOOKS_EVERY_MS = 15_000;
/** Nobody types slower than this within a word. */
const TYPED_MS = 200;

function Sessions() {
  const [search, setSearch] = useState(EVERYTHING);
  const [asked] = useDebouncedValue(search, TYPED_MS);
  const { data, error, isPlaceholderData, isFetchingNextPage, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["sessions", asked],
    queryFn: ({ pageParam, signal }) => askSessions(asked, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: LOOKS_EVERY_MS,
  });
  const latest = data?.pages[0];
  const found = data?.pages.flatMap(({ sessions }) => sessions) ?? [];
  return (
    <>
      <SearchFields search={search} bays={latest?.bays ?? []} change={setSearch} />
      <Refusal why={error?.message ?? null} />
      {latest !== undefined && (
        <SessionsTable list={latest} sessions={found} isBeingAsked={isPlaceholderData || asked !== search} />
      )}
      <div className="sessions-foot">
        {latest !== undefined && found.length === 0 && (
          <p>
            {Object.values(asked).some((part) => part.trim() !== "")
              ? "No session matches. Search for less."
              : "No sessions yet. One begins at a bay’s page, when a patient arrives."}
          </p>
        )}
        {hasNextPage && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show earlier sessions
          </Button>
        )}
      </div>
    </>
  );
}

interface SearchFieldsProps {
  readonly search: SessionSearch;
  readonly bays: SessionList["bays"];
  readonly change: (search: SessionSearch) => void;
}

function SearchFields({ search, bays, change }: SearchFieldsProps) {
  const set = (part: keyof SessionSearch) => (event: { readonly currentTarget: { readonly value: string } }) =>
    change({ ...search, [part]: event.currentTarget.value });
  const isSearched = Object.values(search).some((part) => part !== "");
  return (
    <search className="sessions-search" aria-label="Sessions">
      <TextInput
        className="sessions-text"
        type="search"
        label="Patient"
        placeholder="Name, initials or record number"
        maxLength={80}
        value={search.text}
        onChange={set("text")}
      />
      <TextInput type="date" label="Day" value={search.day} onChange={set("day")} />
      <NativeSelect
        label="Bay"
        value={search.bay}
        onChange={set("bay")}
        data={[{ value: "", label: "All" }, ...bays.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NativeSelect
        label="Phase"
        value={search.phase}
        onChange={set("phase")}
        data={[{ value: "", label: "All" }, ...PHASES.map((phase) => ({ value: phase, label: PHASE_TEXT[phase] }))]}
      />
      {isSearched && (
        <Button variant="subtle" color="gray" onClick={() => change(EVERYTHING)}>
          Show all
        </Button>
      )}
    </search>
  );
}

type Listed = SessionList["sessions"][number];

interface SessionsTableProps {
  readonly list: SessionList;
  readonly sessions: readonly Listed[];
  readonly isBeingAsked: boolean;
}

function SessionsTable({ list, sessions, isBeingAsked }: SessionsTableProps) {
  const { zone: name, at } = list;
  const zone = useMemo(() => zoneText(name, at, at), [name, at]);
  const bays = new Map(list.bays.map((bay) => [bay.id, bay.name]));
  if (sessions.length === 0) return null;
  return (
    <Table className="courses-table sessions-table" highlightOnHover aria-busy={isBeingAsked}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Patient</Table.Th>
          <Table.Th>Opened</Table.Th>
          <Table.Th>Phase</Table.Th>
          <Table.Th>Bay</Table.Th>
          <Table.Th>Plan</Table.Th>
          <Table.Th>Stay</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sessions.map((session) => (
          <SessionLine
            key={`${session.id} ${session.openedAt}`}
            session={session}
            bay={bays.get(session.bay) ?? session.bay}
            zone={zone}
            now={at}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

const stayText = (ms: number): string => (ms < 60_000 ? "< 1 min" : minutesText(ms));

interface SessionLineProps {
  readonly session: Listed;
  readonly bay: string;
  readonly zone: ZoneText;
  readonly now: number;
}

function SessionLine({ session, bay, zone, now }: SessionLineProps) {
  const { id, name, initials, recordNumber, openedAt, endedAt, phase, drug, doseMgPerKg } = session;
  return (
    <Table.Tr data-open={endedAt === null}>
      <Table.Td>
        <Link className="patient-link" to="/sessions/$session" params={{ session: id }}>
          <b>{name ?? initials}</b> {recordNumber !== null && <small>{recordNumber}</small>}
        </Link>
      </Table.Td>
      <Table.Td data-label="Opened">
        {zone.date(openedAt)} <small>{zone.time(openedAt)}</small>
      </Table.Td>
      <Table.Td data-label="Phase">{PHASE_TEXT[phase]}</Table.Td>
      <Table.Td data-label="Bay">
        {endedAt === null ? (
          <Link className="bay-link" to="/bays/$bay" params={{ bay: session.bay }}>
            Bay {bay}
          </Link>
        ) : (
          `Bay ${bay}`
        )}
      </Table.Td>
      <Table.Td data-label="Plan">
        {drug !== null && `${drug}${doseMgPerKg === null ? "" : ` ${doseMgPerKg} mg/kg`}`}
      </Table.Td>
      <Table.Td data-label="Stay">{stayText((endedAt ?? now) - openedAt)}</Table.Td>
    </Table.Tr>
  );
}

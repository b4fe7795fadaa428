import { Link } from "@tanstack/react-router";
import { PHASES } from "@vigil/shared/session";
import type { SessionList } from "@vigil/shared/wire";
import { useEffect, useMemo, useRef, useState } from "react";
import { askSessions, EVERYTHING, type SessionSearch } from "../sessions/ask-sessions.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { zoneText } from "../ui/zone-text.ts";
import { RecordBay } from "./record-bay.tsx";

/** Nobody types slower than this within a word. */
const TYPED_MS = 200;

interface Found {
  readonly list: SessionList;
  readonly sessions: SessionList["sessions"];
}

/** Every session of this clinic, newest first, found as on the page of sessions. */
export function PastSessions() {
  const [search, setSearch] = useState(EVERYTHING);
  const [found, setFound] = useState<Found | string | null>(null);
  const asking = useRef(new AbortController());
  const ask = async (before: number | null, sofar: SessionList["sessions"]) => {
    asking.current.abort();
    const mine = new AbortController();
    asking.current = mine;
    try {
      const list = await askSessions(search, before, mine.signal);
      if (!mine.signal.aborted) setFound({ list, sessions: [...sofar, ...list.sessions] });
    } catch (error) {
      if (!mine.signal.aborted) setFound(error instanceof Error ? error.message : String(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another search only
  useEffect(() => {
    const resting = setTimeout(() => void ask(null, []), search === EVERYTHING ? 0 : TYPED_MS);
    return () => {
      clearTimeout(resting);
      asking.current.abort();
    };
  }, [search]);
  const list = found === null || typeof found === "string" ? null : found;
  return (
    <>
      <section aria-labelledby="replay-sessions">
        <h2 id="replay-sessions">A session</h2>
        <SearchFields search={search} bays={list?.list.bays ?? []} change={setSearch} />
        {typeof found === "string" && <p role="alert">{found}</p>}
        {list !== null && <Listed found={list} isSearched={search !== EVERYTHING} />}
        {list !== null && list.list.next !== null && (
          <button type="button" onClick={() => void ask(list.list.next, list.sessions)}>
            Show earlier sessions
          </button>
        )}
      </section>
      {list !== null && <RecordBay bays={list.list.bays} />}
    </>
  );
}

function Listed({ found: { list, sessions }, isSearched }: { readonly found: Found; readonly isSearched: boolean }) {
  const zone = useMemo(() => zoneText(list.zone, list.at, list.at), [list]);
  const bays = new Map(list.bays.map(({ id, name }) => [id, name]));
  if (sessions.length === 0) return <p>{isSearched ? "No session matches. Search for less." : "No sessions yet."}</p>;
  return (
    <ul className="replay-sessions">
      {sessions.map(({ id, bay, openedAt, phase, initials, name }) => (
        <li key={`${id} ${openedAt}`}>
          <Link to="/replay" search={{ session: id }}>
            <b>{name ?? initials}</b> Bay {bays.get(bay) ?? bay} · {zone.dateTime(openedAt)} · {PHASE_TEXT[phase]}
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface SearchFieldsProps {
  readonly search: SessionSearch;
  readonly bays: SessionList["bays"];
  readonly change: (search: SessionSearch) => void;
}

function SearchFields({ search, bays, change }: SearchFieldsProps) {
  const set = (part: keyof SessionSearch) => (event: { readonly target: { readonly value: string } }) => {
    const next = { ...search, [part]: event.target.value };
    change(Object.values(next).every((value) => value === "") ? EVERYTHING : next);
  };
  return (
    <search className="replay-search" aria-label="Sessions">
      <label className="replay-search-text">
        <span>Patient</span>
        <input
          type="search"
          placeholder="Name, initials or record number"
          maxLength={80}
          value={search.text}
          onChange={set("text")}
        />
      </label>
      <label>
        <span>Day</span>
        <input type="date" value={search.day} onChange={set("day")} />
      </label>
      <label>
        <span>Bay</span>
        <select value={search.bay} onChange={set("bay")}>
          <option value="">All</option>
          {bays.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Phase</span>
        <select value={search.phase} onChange={set("phase")}>
          <option value="">All</option>
          {PHASES.map((phase) => (
            <option key={phase} value={phase}>
              {PHASE_TEXT[phase]}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}

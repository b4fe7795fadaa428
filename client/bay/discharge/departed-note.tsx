import { Link } from "@tanstack/react-router";
import type { Departure } from "@vigil/shared/bay";
import { useValue } from "../../ui/use-value.ts";
import type { ZoneText } from "../../ui/zone-text.ts";
import { useLive } from "../../wall/live-context.ts";

interface DepartedNoteProps {
  readonly departed: Departure;
  readonly zone: ZoneText;
}

/** Whoever comes back to the bay is told where the patient is. */
export function DepartedNote({ departed: { to, initials, name, at }, zone }: DepartedNoteProps) {
  const board = useValue(useLive().state);
  const there = board.kind === "board" ? board.bays.find(({ id }) => id === to) : undefined;
  return (
    <p className="page-text" role="status">
      {name} moved {initials} to{" "}
      <Link to="/bays/$bay" params={{ bay: to }}>
        bay {there?.name ?? to}
      </Link>{" "}
      at {zone.time(at)}.
    </p>
  );
}

import { NoteLine, useActing } from "../act/index.ts";
import type { LiveBay } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";

interface LeftNotesProps {
  readonly bay: LiveBay;
  /** Says its notes itself. */
  readonly but: string;
}

/** Why a press did nothing whose place has gone with the session: somebody else ended it a moment before. */
export function LeftNotes({ bay, but }: LeftNotesProps) {
  const notes = useValue(useActing().desk.notes);
  return [...notes].flatMap(([place, note]) =>
    note.bay === bay.id && place !== but ? [<NoteLine key={place} place={place} />] : [],
  );
}

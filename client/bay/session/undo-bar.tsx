import type { TimelineEntry } from "@vigil/shared/bay";
import { NoteLine, useActing } from "../../act/index.ts";
import { useValue } from "../../ui/use-value.ts";
import { useLive } from "../../wall/live-context.ts";
import type { SessionSectionProps } from "../bay-session.ts";
import { actWords } from "./act-words.ts";
import { placeOf } from "./places.ts";

/** For ten seconds after an act: what it was, and the way to take it back. */
export function UndoBar({ bay, session }: SessionSectionProps) {
  const { desk } = useActing();
  const { now } = useValue(useLive().shown);
  const last = lastUndoable(session.timeline);
  const place = placeOf(bay, "undo");
  const leftS = last?.undoUntil == null ? 0 : Math.ceil((last.undoUntil - Math.max(now, last.enteredAt)) / 1000);
  if (last === null || leftS <= 0) return <NoteLine place={place} />;
  return (
    <aside className="undo-bar" aria-label="Undo">
      <p role="status">
        <b className="undo-what">{actWords(last.command)}</b>, {last.by.name}
      </p>
      <button
        type="button"
        className="act"
        onClick={() => void desk.act(place, bay.id, { type: "undo-act", act: last.id })}
      >
        Undo <span aria-hidden="true">{leftS} s</span>
      </button>
      <NoteLine place={place} />
    </aside>
  );
}

/** What was entered last and can be taken back. */
const lastUndoable = (timeline: readonly TimelineEntry[]): TimelineEntry | null =>
  timeline.reduce<TimelineEntry | null>(
    (last, entry) => (entry.undoUntil !== null && entry.enteredAt >= (last?.enteredAt ?? 0) ? entry : last),
    null,
  );

import { isListed, type LogEntry } from "@vigil/shared/replay";
import { memo, useEffect, useMemo, useRef, useState } from "react";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import { useValue } from "../ui/use-value.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import type { View } from "./asking.ts";
import type { ReplayPlayer } from "./player.ts";
import { eventText } from "./words.ts";

/** Lines before and after the place that are in the document: a day of a ward has thousands. */
const AROUND = 40;

interface AlarmLogProps {
  readonly player: ReplayPlayer;
  readonly zone: ZoneText;
  /** Where the clock stands, or stood a moment ago. */
  readonly view: View | null;
}

/** Everything that was decided; what the clock has not reached is dimmed. */
export const AlarmLog = memo(function AlarmLog({ player, zone, view }: AlarmLogProps) {
  const which = useValue(player.which);
  const whatIf = useValue(player.whatIf);
  const [alarmsOnly, setAlarmsOnly] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log is of what is shown
  const entries = useMemo(
    () => player.log.filter((entry) => isListed(entry) && (!alarmsOnly || entry.event.type === "alarm")),
    [player, which, whatIf, alarmsOnly],
  );
  const { at, taken } = view?.position ?? { at: 0, taken: 0 };
  const next = entries.findIndex((entry) => entry.at > at || (entry.at === at && entry.taken > taken));
  const reached = next === -1 ? entries.length : next;
  const first = Math.max(0, reached - AROUND);
  const shown = entries.slice(first, reached + AROUND);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // With the picture that is drawn anyway: to ask for places now would lay out the page an extra time.
    const frame = requestAnimationFrame(() => {
      const box = list.current;
      const current = box?.children[reached - first - 1];
      if (box === null || !(current instanceof HTMLElement)) return;
      box.scrollTop = current.offsetTop - box.offsetTop - box.clientHeight / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [reached, first]);
  return (
    <section className="replay-log" aria-labelledby="replay-log-title">
      <h2 id="replay-log-title">{which === "recorded" ? "Log" : "Log, what if"}</h2>
      <label className="replay-check">
        <input type="checkbox" checked={alarmsOnly} onChange={({ target }) => setAlarmsOnly(target.checked)} />
        Alarms only
      </label>
      {entries.length === 0 ? <p className="replay-note">Nothing was decided.</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <ol ref={list} tabIndex={0} aria-label={`${entries.length} events`}>
        {shown.map((entry, i) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: its place in the log is its name; the log does not change
            key={`${first + i} ${entry.at}`}
            entry={entry}
            zone={zone}
            isAhead={first + i >= reached}
            isLast={first + i === reached - 1}
            player={player}
          />
        ))}
      </ol>
    </section>
  );
});

interface LineProps {
  readonly entry: LogEntry;
  readonly zone: ZoneText;
  readonly isAhead: boolean;
  readonly isLast: boolean;
  readonly player: ReplayPlayer;
}

const Line = memo(function Line({ entry, zone, isAhead, isLast, player }: LineProps) {
  const { event, bay, at } = entry;
  const priority = event.type === "alarm" ? event.priority : undefined;
  return (
    <li data-ahead={isAhead || undefined} data-last={isLast || undefined} data-priority={priority}>
      <button type="button" onClick={() => player.goTo(entry)} aria-current={isLast ? "step" : undefined}>
        <time>{zone.second(at)}</time>
        <span className="replay-sign">{priority === undefined ? "" : PRIORITY_SYMBOL[priority]}</span>
        <span>
          Bay {bay}: {eventText(event)}
        </span>
      </button>
    </li>
  );
});

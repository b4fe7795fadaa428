import type { LiveBay } from "../live/index.ts";
import { alarmWords } from "../ui/alarm-text.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "./live-context.ts";
import { RunbookButton } from "./runbook-button.tsx";
import { tileAlarms } from "./tile-alarms.ts";

/**
 * Over the alarm that each tile names, the way to what it means and what to do first. On a sheet of their own: the tiles are
 * not for a pointer, and what lies over a flashing frame and shows nothing costs the browser no layer.
 */
export function RunbookLinks({ bays, columns }: { readonly bays: readonly LiveBay[]; readonly columns: number }) {
  // Changes whenever an alarm does.
  useValue(useLive().summary);
  const links = bays.flatMap((bay, index) => {
    const { lead } = tileAlarms(bay.facts.value);
    return lead === null ? [] : [{ bay, index, alarm: lead }];
  });
  if (links.length === 0) return null;
  return (
    <nav className="runbook-links" aria-label="What to do first">
      {links.map(({ bay, index, alarm }) => (
        <RunbookButton
          key={bay.id}
          alarm={alarm.id}
          bay={bay.id}
          style={{ gridColumn: (index % columns) + 1, gridRow: Math.floor(index / columns) + 1 }}
        >
          <span className="unseen">
            Bay {bay.name}: what to do first for {alarmWords(alarm, bay.facts.value).text}
          </span>
        </RunbookButton>
      ))}
    </nav>
  );
}

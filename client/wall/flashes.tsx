import type { Priority } from "@vigil/shared/protocol";
import type { LiveBay, Summary } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "./live-context.ts";
import { alarmLook } from "./tile-alarms.ts";

const FLASHING: readonly Priority[] = ["high", "medium"];

/**
 * The flashing frames of all tiles: one sheet for each priority, with one animation. So all tiles of a priority flash as one,
 * and it costs the browser two layers, however many bays need someone.
 */
export function Flashes({ bays, columns }: { readonly bays: readonly LiveBay[]; readonly columns: number }) {
  const { alarms } = useValue(useLive().summary);
  const leads = leadOfBays(alarms);
  return FLASHING.map((priority) => {
    const frames = bays.flatMap((bay, index) => {
      const alarm = leads.get(bay)?.alarm;
      return alarm?.priority === priority ? [{ id: bay.id, index, look: alarmLook(alarm) }] : [];
    });
    if (frames.length === 0) return null;
    return (
      <div className="flashes" key={priority} data-priority={priority} aria-hidden="true">
        {frames.map(({ id, index, look }) => (
          <span
            className="flash"
            key={id}
            data-look={look}
            style={{ gridColumn: (index % columns) + 1, gridRow: Math.floor(index / columns) + 1 }}
          />
        ))}
      </div>
    );
  });
}

/** Of each bay the gravest alarm that nobody has acknowledged. */
function leadOfBays(alarms: Summary["alarms"]): ReadonlyMap<LiveBay, Summary["alarms"][number]> {
  const leads = new Map<LiveBay, Summary["alarms"][number]>();
  for (const one of alarms) if (!one.alarm.acknowledged && !leads.has(one.bay)) leads.set(one.bay, one);
  return leads;
}

import type { Priority } from "@vigil/shared/protocol";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { LiveBay, Summary } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import { useLive } from "./live-context.ts";
import { alarmLook } from "./tile-alarms.ts";

/** Of one flash (alarms.md: 2 Hz, 0.6 Hz), half of it dark. */
const PERIOD_MS = { high: 1000 / 2, medium: 1000 / 0.6 } as const satisfies Partial<Record<Priority, number>>;
type Flashing = keyof typeof PERIOD_MS;
const FLASHING: readonly Flashing[] = ["high", "medium"];

/**
 * The flashing frames of all tiles: one sheet for each priority, with one animation. So all tiles of a priority flash as one,
 * and it costs the browser two layers, however many bays need someone.
 */
export function Flashes({ bays, columns }: { readonly bays: readonly LiveBay[]; readonly columns: number }) {
  const live = useLive();
  const { alarms } = useValue(live.summary);
  // The last alarms stand then, and cannot be known to. Taken away rather than hidden: the browser would make a picture
  // sixty times a second for an animation of what it does not draw.
  const isLost = useValue(live.link).state === "lost";
  if (isLost) return null;
  const leads = leadOfBays(alarms);
  return FLASHING.map((priority) => {
    const frames = bays.flatMap((bay, index) => {
      const alarm = leads.get(bay)?.alarm;
      return alarm?.priority === priority ? [{ id: bay.id, index, look: alarmLook(alarm) }] : [];
    });
    if (frames.length === 0) return null;
    return (
      <Sheet key={priority} priority={priority}>
        {frames.map(({ id, index, look }) => (
          <span
            className="flash"
            key={id}
            data-look={look}
            style={{ gridColumn: (index % columns) + 1, gridRow: Math.floor(index / columns) + 1 }}
          />
        ))}
      </Sheet>
    );
  });
}

/**
 * By opacity alone, so that the compositor flashes and the page's own thread sleeps. Not by a style sheet: of such an
 * animation the browser tells the page each round, and makes a picture for it.
 */
function Sheet({ priority, children }: { readonly priority: Flashing; readonly children: ReactNode }) {
  const sheet = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The step is the whole animation's and not each keyframe's: between two steps nothing moves on, and the browser
    // computes no styles for a picture that it makes meanwhile.
    const flash = sheet.current?.animate?.(
      { opacity: [1, 0] },
      { duration: PERIOD_MS[priority], iterations: Infinity, easing: "steps(2, jump-none)" },
    );
    // By the page's clock: sheets that come and go keep the beat.
    if (flash !== undefined) flash.startTime = 0;
    return () => flash?.cancel();
  }, [priority]);
  return (
    <div className="flashes" ref={sheet} data-priority={priority} aria-hidden="true">
      {children}
    </div>
  );
}

/** Of each bay the gravest alarm that nobody has acknowledged. */
function leadOfBays(alarms: Summary["alarms"]): ReadonlyMap<LiveBay, Summary["alarms"][number]> {
  const leads = new Map<LiveBay, Summary["alarms"][number]>();
  for (const one of alarms) if (!one.alarm.acknowledged && !leads.has(one.bay)) leads.set(one.bay, one);
  return leads;
}

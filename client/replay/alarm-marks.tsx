/** Over the slider: where in the recording alarms stood, as recorded and as they would be. */
import type { BayId } from "@vigil/shared/ids";
import { type Episode, episodesOf, type LogEntry } from "@vigil/shared/replay";
import { memo, useMemo } from "react";
import { useValue } from "../ui/use-value.ts";
import type { Opened } from "./asking.ts";
import type { ReplayPlayer } from "./player.ts";

/** The drawing is stretched to the slider: so many parts wide. */
const WIDE = 10_000;
const HIGH = 14;
/** The graver the higher: told apart without colour. */
const HEIGHT = { high: 12, medium: 8, low: 4 } as const;

export const AlarmMarks = memo(function AlarmMarks({
  player,
  opened,
}: {
  readonly player: ReplayPlayer;
  readonly opened: Opened;
}) {
  const bay = useValue(player.bay);
  const whatIf = useValue(player.whatIf);
  return (
    <div className="replay-marks" aria-hidden="true">
      <Row label="Alarms" log={opened.log} bay={bay} opened={opened} />
      {whatIf !== null && <Row label="What if" log={whatIf.log} bay={bay} opened={opened} />}
    </div>
  );
});

interface RowProps {
  readonly label: string;
  readonly log: readonly LogEntry[];
  readonly bay: BayId | null;
  readonly opened: Opened;
}

function Row({ label, log, bay, opened: { from, to } }: RowProps) {
  const episodes = useMemo(
    () => episodesOf(log).filter((episode) => episode.bay === bay && episode.kind !== "procedural"),
    [log, bay],
  );
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * WIDE;
  return (
    <>
      <span>{label}</span>
      <svg role="presentation" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" data-row={label}>
        {episodes.map(({ alarm, raisedAt, clearedAt, priority }: Episode) => (
          <rect
            key={`${alarm} ${raisedAt}`}
            data-priority={priority}
            x={x(raisedAt)}
            y={HIGH - HEIGHT[priority]}
            width={Math.max(WIDE / 600, x(clearedAt ?? to) - x(raisedAt))}
            height={HEIGHT[priority]}
          />
        ))}
      </svg>
    </>
  );
}

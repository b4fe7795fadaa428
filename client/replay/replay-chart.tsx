/** The chart of the session at the bay, as its own page draws it; the replay moves its cursor. */
import type { SessionChart as ChartData } from "@vigil/shared/chart";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type Playhead, SessionChart } from "../chart/index.ts";
import { useValue } from "../ui/use-value.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import type { Window } from "./asking.ts";
import type { ReplayPlayer } from "./player.ts";

interface ReplayChartProps {
  readonly player: ReplayPlayer;
  readonly zone: ZoneText;
}

interface Charts {
  readonly bay: BayId;
  readonly all: readonly ChartData[];
}

export function ReplayChart({ player, zone }: ReplayChartProps) {
  const bay = useValue(player.bay);
  const which = useValue(player.which);
  const whatIf = useValue(player.whatIf);
  const [charts, setCharts] = useState<Charts | null>(null);
  const playhead = useMemo(() => playheadOf(player), [player]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other limits, other alarms
  useEffect(() => {
    if (bay === null) return;
    let wanted = true;
    player.charts(bay).then(
      (all) => wanted && setCharts({ bay, all }),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [player, bay, which, whatIf]);
  const place = usePlace(playhead, charts?.all ?? NONE);
  const chart = charts?.all[place];
  const shown = charts?.bay;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the chart that is shown
  const detail = useCallback(
    async (window: Window) => {
      const found = shown === undefined ? null : await player.detail(shown, place, window);
      if (found === null) throw new Error("the session is no longer shown");
      return found;
    },
    [player, shown, place, chart],
  );
  return (
    <section className="replay-chart" aria-label={`Values of bay ${bay ?? ""} and their limits`}>
      {chart === undefined ? (
        charts !== null && <p className="replay-note">Nobody was at bay {charts.bay}: there is no session to chart.</p>
      ) : (
        <>
          {charts !== null && charts.all.length > 1 && (
            <p className="replay-note">
              {chart.patient.initials}, session {place + 1} of {charts.all.length} at bay {charts.bay}
            </p>
          )}
          <SessionChart
            key={`${chart.id} ${chart.openedAt}`}
            chart={chart}
            zone={zone}
            detail={detail}
            playhead={playhead}
          />
        </>
      )}
    </section>
  );
}

const NONE: readonly ChartData[] = [];

const playheadOf = (player: ReplayPlayer): Playhead => ({
  get at() {
    return player.view.value?.position.at ?? 0;
  },
  subscribe(moved) {
    let frame: number | null = null;
    // A frame after the clock and the tiles: they are what one steers by.
    const subscription = player.view.subscribe(() => {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        if (player.view.value !== null) moved();
      });
    });
    return () => {
      if (frame !== null) cancelAnimationFrame(frame);
      subscription.unsubscribe();
    };
  },
  seek: (at) => player.goTo({ at }),
});

/** Which of the sessions is at the bay; between two, the one before. Drawn anew when that changes, not with each move. */
function usePlace(playhead: Playhead, all: readonly ChartData[]): number {
  const [place, setPlace] = useState(0);
  useEffect(() => {
    const look = () => setPlace(placeAt(all, playhead.at));
    look();
    return playhead.subscribe(look);
  }, [playhead, all]);
  return Math.min(place, Math.max(0, all.length - 1));
}

const placeAt = (all: readonly ChartData[], at: AtMs): number =>
  Math.max(
    0,
    all.findLastIndex(({ openedAt }) => openedAt <= at),
  );

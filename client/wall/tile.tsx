import { memo } from "react";
import type { LiveBay } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";
import type { Density } from "./layout.ts";
import { Ring } from "./ring.tsx";
import { tileAlarms, tileLabel } from "./tile-alarms.ts";
import { TileHead } from "./tile-head.tsx";
import { showsValues } from "./vital-view.ts";
import { MonitorSilent, Vitals } from "./vitals.tsx";
import "./tile.css";

interface TileProps {
  readonly bay: LiveBay;
  /** The bay's name as there is room for it. */
  readonly label: string;
  readonly density: Density;
}

export const Tile = memo(function Tile({ bay, label, density }: TileProps) {
  const facts = useValue(bay.facts);
  const alarms = tileAlarms(facts);
  const dense = density !== "roomy";
  const phase = facts.sessionId === null ? null : facts.phase;
  const head = <TileHead bay={bay} facts={facts} label={label} alarms={alarms} dense={dense} />;
  return (
    <article
      className="tile"
      aria-label={tileLabel(bay.name, facts)}
      data-phase={phase ?? "free"}
      data-priority={alarms.priority ?? undefined}
      data-monitor={facts.monitor}
    >
      {head}
      {phase === null && !showsValues(facts) ? (
        <p className="free">free</p>
      ) : (
        <>
          {phase === null ? (
            <p className="no-session">no session</p>
          ) : (
            <Ring bay={bay} phase={phase} density={density} />
          )}
          {facts.monitor === "never" ? (
            <p className="no-monitor">no monitor</p>
          ) : (
            <Vitals bay={bay} facts={facts} hits={alarms.hits} density={density} />
          )}
          {facts.monitor === "silent" && <MonitorSilent bay={bay} />}
        </>
      )}
    </article>
  );
});

import { useLayoutEffect, useMemo, useRef } from "react";
import type { LiveBay, LiveBoard } from "../live/index.ts";
import { Flashes } from "./flashes.tsx";
import { type Size, tilesLayout } from "./layout.ts";
import { LiveContext } from "./live-context.ts";
import { shortNames } from "./short-names.ts";
import { Tile } from "./tile.tsx";
import { TrendSheet } from "./trend-sheet.tsx";
import { applyLayout } from "./wall.tsx";
import "./wall.css";

interface TilesProps {
  readonly live: LiveBoard;
  readonly bays: readonly LiveBay[];
  /** Of the box they stand in, px. */
  readonly size: Size;
}

/** The wall's tiles alone, in a box on another page. */
export function Tiles({ live, bays, size }: TilesProps) {
  const root = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => tilesLayout(bays.length, size), [bays.length, size]);
  useLayoutEffect(() => applyLayout(root.current, layout), [layout]);
  const { density } = layout;
  const short = shortNames(bays.map((bay) => bay.name));
  return (
    <LiveContext value={live}>
      <div
        className="wall"
        ref={root}
        data-link="live"
        data-density={density === "roomy" ? "roomy" : "dense"}
        data-scarce={density === "sparse" || undefined}
        data-pointer=""
      >
        <div className="bays">
          {bays.map((bay, index) => (
            <Tile
              key={bay.id}
              bay={bay}
              label={density !== "roomy" ? (short[index] ?? bay.name) : bay.name}
              density={density}
            />
          ))}
          <TrendSheet bays={bays} layout={layout} />
          <Flashes bays={bays} columns={layout.columns} />
        </div>
      </div>
    </LiveContext>
  );
}

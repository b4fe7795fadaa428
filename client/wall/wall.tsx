import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { BoardState } from "../live/index.ts";
import { DemonstrationNote } from "../people/demonstration-note.tsx";
import { runbookHref } from "../ui/runbook-href.ts";
import { useScreen } from "../ui/use-screen.ts";
import { useValue } from "../ui/use-value.ts";
import { Flashes } from "./flashes.tsx";
import { FrozenNote, useFrozen } from "./frozen.tsx";
import { topBarLayout, type WallLayout, wallLayout } from "./layout.ts";
import { useLive } from "./live-context.ts";
import { RunbookLinks } from "./runbook-links.tsx";
import { useRunbookTexts } from "./runbook-texts.ts";
import { shortNames } from "./short-names.ts";
import { Tile } from "./tile.tsx";
import { TopBar } from "./top-bar.tsx";
import { TrendSheet } from "./trend-sheet.tsx";
import { type Reading, WallRunbook } from "./wall-runbook.tsx";
import "./wall.css";

/** The bays make room for what tells that the picture stood still, as they do for SOUND OFF. Share of the screen's height; px. */
const FROZEN_NOTE_SHARE = 0.074;
const FROZEN_NOTE_LEAST = 48;

type WallProps = Pick<Extract<BoardState, { kind: "board" }>, "board" | "bays"> & {
  /** Room to leave free at the bottom of the screen, px. */
  readonly below: number;
  /** What is read in place of the bays. */
  readonly reading: Reading | null;
};

/** The wall of one board: every bay at its place, whatever happens. */
export function Wall({ board, bays, below, reading }: WallProps) {
  const link = useValue(useLive().link);
  const screen = useScreen();
  const root = useRef<HTMLDivElement>(null);
  const frozen = useFrozen();
  const note = frozen.stoodMs === null ? 0 : Math.max(FROZEN_NOTE_SHARE * screen.height, FROZEN_NOTE_LEAST);
  const taken = below + Math.ceil(note);
  const layout = useMemo(() => wallLayout(bays.length, screen, taken), [bays.length, screen, taken]);
  const labels = useMemo(() => {
    const short = shortNames(bays.map((bay) => bay.name));
    return new Map(bays.map((bay, index) => [String(bay.id), short[index] ?? bay.name]));
  }, [bays]);
  useLayoutEffect(() => applyLayout(root.current, layout), [layout]);
  useLayoutEffect(() => root.current?.style.setProperty("--frozen-note", `${Math.ceil(note)}px`), [note]);
  usePointerShown(root);
  useRunbookTexts(link.state === "live");
  return (
    <div
      className="wall"
      style={{ bottom: below }}
      ref={root}
      data-link={link.state}
      data-density={layout.density === "roomy" ? "roomy" : "dense"}
      data-scarce={layout.density === "sparse" || undefined}
    >
      <title>{`${board.name} · Vigil`}</title>
      <TopBar labels={labels} layout={topBarLayout(screen)} />
      {reading === null ? (
        <Bays board={board} bays={bays} layout={layout} labels={labels} />
      ) : (
        <WallRunbook {...reading} />
      )}
      <FrozenNote {...frozen} whatToDo={<a href={runbookHref("screen-frozen")}>What to do</a>} />
      <footer className="bottom-line">
        <p>
          Secondary display. The bedside monitor is the primary alarm.
          <DemonstrationNote />
        </p>
        <p>{board.name}</p>
      </footer>
    </div>
  );
}

interface BaysProps extends Pick<WallProps, "board" | "bays"> {
  readonly layout: WallLayout;
  readonly labels: ReadonlyMap<string, string>;
}

function Bays({ board, bays, layout, labels }: BaysProps) {
  const { density, columns } = layout;
  return (
    <>
      <main className="bays" aria-label={`Bays of ${board.name}`}>
        {bays.length === 0 && <p className="empty-board">This board has no bays yet.</p>}
        {bays.map((bay) => (
          <Tile
            key={bay.id}
            bay={bay}
            label={density !== "roomy" ? (labels.get(bay.id) ?? bay.name) : bay.name}
            density={density}
          />
        ))}
        <TrendSheet bays={bays} layout={layout} />
      </main>
      <RunbookLinks bays={bays} columns={columns} />
      <div className="flash-sheets">
        <Flashes bays={bays} columns={columns} />
      </div>
    </>
  );
}

export function applyLayout(root: HTMLElement | null, layout: WallLayout): void {
  if (root === null) return;
  const px = {
    "--u": layout.unit,
    "--head": layout.head,
    "--body": layout.body,
    "--trend": layout.trend,
    "--small": layout.smallPrint,
    "--header": layout.header,
    "--footer": layout.footer,
    "--pad": layout.pad,
    "--gap": layout.gap,
    "--tile-width": layout.tile.width,
    "--tile-height": layout.tile.height,
  };
  for (const [name, value] of Object.entries(px)) root.style.setProperty(name, `${value}px`);
  root.style.setProperty("--columns", String(layout.columns));
  root.style.setProperty("--grow", String(layout.grow));
}

const POINTER_SHOWN_MS = 3_000;

/** A pointer that is moved is shown for a while; one that was parked on the wall is not. */
function usePointerShown(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let hide: ReturnType<typeof setTimeout> | undefined;
    const onMove = () => {
      clearTimeout(hide);
      root.current?.setAttribute("data-pointer", "");
      hide = setTimeout(() => root.current?.removeAttribute("data-pointer"), POINTER_SHOWN_MS);
    };
    window.addEventListener("pointermove", onMove);
    return () => {
      clearTimeout(hide);
      window.removeEventListener("pointermove", onMove);
    };
  }, [root]);
}

import { Link } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useValue } from "../ui/use-value.ts";
import { type ZoneText, zoneText } from "../ui/zone-text.ts";
import { Tiles } from "../wall/index.ts";
import { AlarmLog } from "./alarm-log.tsx";
import type { Opened } from "./asking.ts";
import { Inspector } from "./inspector.tsx";
import type { ReplayPlayer, Source } from "./player.ts";
import { ReplayChart } from "./replay-chart.tsx";
import { Transport } from "./transport.tsx";
import { WhatIfPanel } from "./what-if.tsx";

interface ReplayViewProps {
  readonly player: ReplayPlayer;
  readonly opened: Opened & { readonly source: Source };
}

export function ReplayView({ player, opened }: ReplayViewProps) {
  const zone = useMemo(() => zoneText(opened.zone, opened.from, opened.to), [opened]);
  const edits = useValue(player.edits);
  useKeys(player);
  return (
    <>
      <Head player={player} opened={opened} zone={zone} />
      <main className="replay-page">
        <TileBox player={player} opened={opened} />
        <BayChoice player={player} opened={opened} />
        <ReplayChart player={player} zone={zone} />
        <LogThere player={player} zone={zone} />
        <div className="replay-side">
          <WhatIfPanel
            player={player}
            opened={opened}
            zone={zone}
            edits={edits}
            onEdits={(next) => void player.tryLimits(next)}
          />
          <InspectorThere player={player} zone={zone} />
        </div>
      </main>
      <Transport player={player} opened={opened} zone={zone} />
    </>
  );
}

interface ThereProps {
  readonly player: ReplayPlayer;
  readonly zone: ZoneText;
}

/** A moment behind the clock and the tiles while these move quickly: hundreds of lines must not hold them up. */
const useViewLater = (player: ReplayPlayer) => useDeferredValue(useValue(player.view));

function LogThere({ player, zone }: ThereProps) {
  return <AlarmLog player={player} zone={zone} view={useViewLater(player)} />;
}

function InspectorThere({ player, zone }: ThereProps) {
  return <Inspector inspection={useViewLater(player)?.inspection ?? null} zone={zone} />;
}

function Head({ player, opened, zone }: ReplayViewProps & { readonly zone: ZoneText }) {
  const view = useValue(player.view);
  const which = useValue(player.which);
  const whatIf = useValue(player.whatIf);
  return (
    <header className="replay-head">
      <h1>
        <b>REPLAY</b> {opened.title}
      </h1>
      <p className="replay-clock">
        <time>{zone.second(view?.position.at ?? opened.from)}</time>
        <small>{opened.isDated ? `${zone.date(opened.from)}, not live` : "since the feed's start, not live"}</small>
      </p>
      <p className="replay-note">
        {opened.inputs.toLocaleString("en")} inputs, decided in {Math.ceil(opened.engineMs)} ms
      </p>
      {opened.lines !== null && (
        <p className="replay-note">
          The first {opened.lines.toLocaleString("en")} lines of it; the rest cannot be read.
        </p>
      )}
      {opened.takenAs !== null && (
        <p className="replay-note">It opens no session: all of it is taken as an infusion.</p>
      )}
      {whatIf !== null && (
        <fieldset className="replay-which">
          <legend>Shown</legend>
          {(["recorded", "what-if"] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="which" checked={which === each} onChange={() => player.show(each)} />
              {each === "recorded" ? "As recorded" : "What if"}
            </label>
          ))}
        </fieldset>
      )}
      <nav>
        {opened.source.kind === "session" && (
          <a
            href={`/api/sessions/${encodeURIComponent(opened.source.id)}/inputs`}
            download={`session-${opened.source.id}.ndjson`}
          >
            Download recording
          </a>
        )}
        <Link to="/replay" search={{}} onClick={() => player.close()}>
          Another
        </Link>
        <Link to="/wall">Wall</Link>
      </nav>
    </header>
  );
}

const LEAST_TILE = { width: 300, height: 150 };

/** The wall's own tiles, as they were seen then. */
function TileBox({ player, opened }: ReplayViewProps) {
  const box = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const columns = Math.max(1, Math.min(opened.bays.length, Math.floor(width / LEAST_TILE.width)));
  const rows = Math.ceil(opened.bays.length / columns);
  // One tile alone as large as it can be read from a desk, and no larger.
  const height = Math.round(rows * Math.max(LEAST_TILE.height, Math.min(220, (width / columns) * 0.5)));
  const size = useMemo(() => ({ width: Math.min(width, columns * 560), height }), [width, columns, height]);
  return (
    <section className="replay-tiles" aria-label="Bays then" ref={box} style={{ height }}>
      {width > 0 && <Tiles live={player.board} bays={player.board.bays} size={size} />}
    </section>
  );
}

function BayChoice({ player, opened }: ReplayViewProps) {
  const bay = useValue(player.bay);
  if (opened.bays.length < 2) return null;
  return (
    <fieldset className="replay-bays">
      <legend>Bay</legend>
      {opened.bays.map((id) => (
        <label key={id}>
          <input type="radio" name="bay" checked={id === bay} onChange={() => player.choose(id)} />
          {id}
        </label>
      ))}
    </fieldset>
  );
}

/** Wherever the focus is, but for what takes keys itself. */
function useKeys(player: ReplayPlayer): void {
  useEffect(() => {
    const keys: Readonly<Record<string, () => void>> = {
      " ": () => (player.playing.value ? player.pause() : player.play()),
      ArrowLeft: () => player.step("second", -1),
      ArrowRight: () => player.step("second", 1),
      ",": () => player.step("input", -1),
      ".": () => player.step("input", 1),
      "[": () => player.step("event", -1),
      "]": () => player.step("event", 1),
      p: () => player.step("alarm", -1),
      n: () => player.step("alarm", 1),
    };
    const press = (event: KeyboardEvent) => {
      const act = keys[event.key];
      const { target } = event;
      const taken = target instanceof HTMLElement && target.closest("input, select, button, a, summary") !== null;
      if (act === undefined || taken || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [player]);
}

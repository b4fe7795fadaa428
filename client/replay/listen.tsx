import { useEffect, useMemo, useState } from "react";
import { combineLatest, map } from "rxjs";
import { type Listening, openListening, soundingOf } from "../sound/index.ts";
import { useValue } from "../ui/use-value.ts";
import type { ReplayPlayer } from "./player.ts";

/** Off until somebody presses it: a replay is silent. While it plays, one then hears what was to be heard that day. */
export function Listen({ player }: { readonly player: ReplayPlayer }) {
  const [listening, setListening] = useState<Listening | null>(null);
  const alarms = useMemo(
    () =>
      combineLatest([player.board.summary, player.playing]).pipe(
        map(([{ alarms: all }, playing]) => (playing ? soundingOf(all, player.at) : [])),
      ),
    [player],
  );
  useEffect(() => () => listening?.close(), [listening]);
  return (
    <span className="replay-listen">
      <button
        type="button"
        aria-pressed={listening !== null}
        onClick={() => setListening(listening === null ? openListening(alarms) : null)}
      >
        {listening === null ? "Listen" : "Listening"}
      </button>
      {listening !== null && <Heard state={listening.state} />}
    </span>
  );
}

function Heard({ state }: { readonly state: Listening["state"] }) {
  const { kind } = useValue(state);
  return (
    <small className="replay-listen-note" role="status">
      {kind === "blocked" ? "no sound from this browser" : "tones of the replay, not of the ward"}
    </small>
  );
}

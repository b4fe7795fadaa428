import { elapsedText } from "../ui/clock-text.ts";
import { useValue } from "../ui/use-value.ts";
import type { ZoneText } from "../ui/zone-text.ts";
import { AlarmMarks } from "./alarm-marks.tsx";
import type { Opened } from "./asking.ts";
import { Listen } from "./listen.tsx";
import { type ReplayPlayer, SPEEDS } from "./player.ts";

interface TransportProps {
  readonly player: ReplayPlayer;
  readonly opened: Opened;
  readonly zone: ZoneText;
}

/** How the replay goes: play, speed, steps, and the place on a slider. */
export function Transport({ player, opened, zone }: TransportProps) {
  const view = useValue(player.view);
  const playing = useValue(player.playing);
  const speed = useValue(player.speed);
  const { from, to } = opened;
  const at = view?.position.at ?? from;
  const step = (kind: Parameters<ReplayPlayer["step"]>[0], by: 1 | -1, text: string, label: string, key: string) => (
    <button
      type="button"
      onClick={() => player.step(kind, by)}
      aria-label={`${text}: ${label}`}
      title={`${label} (${key})`}
    >
      {text}
    </button>
  );
  return (
    <section className="replay-transport" aria-label="Replay">
      <AlarmMarks player={player} opened={opened} />
      <input
        type="range"
        className="replay-slider"
        aria-label="Place in the recording"
        aria-valuetext={zone.second(at)}
        min={0}
        max={to - from}
        step={1000}
        value={at - from}
        onChange={({ target }) => {
          player.pause();
          player.go({ kind: "at", at: from + Number(target.value) });
        }}
      />
      <div className="replay-buttons">
        <button type="button" className="replay-play" onClick={() => (playing ? player.pause() : player.play())}>
          {playing ? "Pause" : "Play"}
        </button>
        <label className="replay-speed">
          <span>Speed</span>
          <select value={speed} onChange={({ target }) => player.speed.next(Number(target.value))}>
            {SPEEDS.map((each) => (
              <option key={each} value={each}>
                {each.toLocaleString("en")}×
              </option>
            ))}
          </select>
        </label>
        <span className="replay-steps">
          {step("second", -1, "−1 s", "one second back", "←")}
          {step("second", 1, "+1 s", "one second on", "→")}
        </span>
        <span className="replay-steps">
          {step("input", -1, "‹ input", "one input back", ",")}
          {step("input", 1, "input ›", "one input on", ".")}
        </span>
        <span className="replay-steps">
          {step("event", -1, "‹ event", "one event back", "[")}
          {step("event", 1, "event ›", "one event on", "]")}
        </span>
        <span className="replay-steps">
          {step("alarm", -1, "‹ alarm", "the alarm before", "p")}
          {step("alarm", 1, "Next alarm ›", "go there", "n")}
        </span>
        <Listen player={player} />
        <output className="replay-place">
          {elapsedText(at - from)} of {elapsedText(to - from)}
        </output>
      </div>
    </section>
  );
}

import { createSynth, type PlayingBurst } from "./synth.ts";
import type { Sound } from "./tones.ts";

/** The way from a burst to the loudspeaker, and what can be known of it. */
export interface SoundOutput {
  /** The browser lets it sound: it is neither suspended, interrupted nor closed. */
  isRunning(): boolean;
  /** How much sound it has made so far, in seconds. Stands still when the audio device does. */
  renderedS(): number;
  /** The largest sample of the last 0.3 s that left for the loudspeaker, where 1 is full scale. */
  peak(): number;
  /** Asks the browser to let it sound. May stay unanswered until a person presses something. */
  resume(): Promise<void>;
  /** Begins a burst now, or as soon as what was cut off is silent. */
  play(sound: Sound): Pick<PlayingBurst, "stop">;
  onChange(changed: () => void): () => void;
  close(): void;
}

/**
 * A hum that nobody hears (40 Hz, 84 dB below full scale, yet above the last bit of 16-bit sound). It keeps loudspeakers and
 * displays awake that would swallow the first tone after a silent night, and shows on the analyser that sound gets through.
 */
const HUM_HZ = 40;
const HUM_PEAK = 6e-5;
/** Less than this on the analyser: not even the hum. */
export const HUM_HEARD = 2e-5;
/** Far above the hum, 20 dB below the softest tone. */
export const BURST_HEARD = 0.04;

const START_IN_S = 0.005;
/** 0.34 s at 48 kHz: longer than any pause between looks at it. */
const WINDOW_SAMPLES = 16_384;

/** @throws what the browser throws when it has no sound to offer */
export function openOutput(createContext: () => AudioContext): SoundOutput {
  const context = createContext();
  const master = context.createGain();
  const analyser = context.createAnalyser();
  analyser.fftSize = WINDOW_SAMPLES;
  master.connect(analyser).connect(context.destination);

  const hum = context.createOscillator();
  const humLevel = context.createGain();
  hum.frequency.value = HUM_HZ;
  humLevel.gain.value = HUM_PEAK;
  hum.connect(humLevel).connect(master);
  hum.start();

  const burst = createSynth(context, master);
  const samples = new Float32Array(WINDOW_SAMPLES);
  let freeS = 0;

  return {
    isRunning: () => context.state === "running",
    renderedS: () => context.currentTime,
    peak() {
      analyser.getFloatTimeDomainData(samples);
      let peak = 0;
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      return peak;
    },
    resume: () => context.resume(),
    play(sound) {
      const playing = burst(sound, Math.max(context.currentTime + START_IN_S, freeS));
      freeS = playing.endS;
      return {
        stop() {
          freeS = playing.stop();
          return freeS;
        },
      };
    },
    onChange(changed) {
      context.addEventListener("statechange", changed);
      return () => context.removeEventListener("statechange", changed);
    },
    close() {
      // It is refused where the context is closed already, which is what was wanted.
      context.close().catch(() => undefined);
    },
  };
}

import { decibels, pulseSpanMs, type Sound, TONES, type Tone } from "./tones.ts";

/** How fast a burst that is cut off falls silent: short, but without a click. */
const CUT_S = 0.02;

export interface PlayingBurst {
  /** Its last sample, by the context's clock. */
  readonly endS: number;
  /** Ends it now and returns when it is silent, by the context's clock. */
  stop(): number;
}

/** Puts bursts on the clock of any audio context, one oscillator for a whole burst. Whoever calls keeps them apart. */
export function createSynth(
  context: BaseAudioContext,
  destination: AudioNode,
): (sound: Sound, startS: number) => PlayingBurst {
  const waves = new Map<Sound, PeriodicWave>();
  const waveOf = (sound: Sound): PeriodicWave => {
    const wave = waves.get(sound) ?? periodicWave(context, TONES[sound]);
    waves.set(sound, wave);
    return wave;
  };

  return (sound, startS) => {
    const tone = TONES[sound];
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    const cut = context.createGain();
    oscillator.setPeriodicWave(waveOf(sound));
    oscillator.connect(envelope).connect(cut).connect(destination);
    oscillator.onended = () => cut.disconnect();

    const peak = decibels(tone.peakDb);
    envelope.gain.setValueAtTime(0, startS);
    let endS = startS;
    for (const pulse of tone.pulses) {
      const fromS = startS + pulse.startMs / 1000;
      endS = fromS + pulseSpanMs(tone, pulse) / 1000;
      oscillator.frequency.setValueAtTime(pulse.fundamentalHz, fromS);
      envelope.gain.setValueAtTime(0, fromS);
      envelope.gain.linearRampToValueAtTime(peak, fromS + tone.attackMs / 1000);
      envelope.gain.setValueAtTime(peak, endS - tone.releaseMs / 1000);
      envelope.gain.linearRampToValueAtTime(0, endS);
    }
    oscillator.start(startS);
    oscillator.stop(endS);

    return {
      endS,
      stop() {
        const nowS = context.currentTime;
        if (nowS >= endS) return endS;
        const silentS = nowS + CUT_S;
        cut.gain.setValueAtTime(1, nowS);
        cut.gain.linearRampToValueAtTime(0, silentS);
        oscillator.stop(silentS);
        return silentS;
      },
    };
  };
}

/** Scaled by the browser so that its peak is 1. */
function periodicWave(context: BaseAudioContext, { harmonicsDb }: Tone): PeriodicWave {
  const sines = [0, ...harmonicsDb.map(decibels)];
  return context.createPeriodicWave(
    sines.map(() => 0),
    sines,
  );
}

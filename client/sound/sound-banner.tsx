import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { useValue } from "../ui/use-value.ts";
import type { AlarmSound, BlockReason, SoundState } from "./alarm-sound.ts";
import "./sound-banner.css";

interface SoundBannerProps {
  readonly sound: AlarmSound;
  /** On a wall, where nobody types: any key presses the button, Y and N answer. */
  readonly anyKey: boolean;
  /** The way to the runbook. */
  readonly whatToDo: ReactNode;
}

/** A band along the bottom for as long as alarms would not be heard; nothing otherwise. */
export function SoundBanner({ sound, anyKey, whatToDo }: SoundBannerProps) {
  const state = useValue(sound.state);
  useKeys(sound, state, anyKey);
  if (state.kind === "armed") return null;
  return (
    <section className="sound-banner" aria-label="Alarm sound" data-state={state.kind}>
      {state.kind === "testing" ? (
        <Question sound={sound} anyKey={anyKey} />
      ) : (
        <Press sound={sound} whatToDo={whatToDo} {...words(state, anyKey)} />
      )}
    </section>
  );
}

interface PressProps {
  readonly sound: AlarmSound;
  readonly whatToDo: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly detail: string | null;
}

/** The whole band is the button, but for the way to what to do. */
function Press({ sound, whatToDo, title, text, detail }: PressProps) {
  return (
    <>
      <button type="button" className="sound-press" onClick={sound.arm} {...(detail === null ? {} : { title: detail })}>
        <b>{title}</b>
        <span>{text}</span>
      </button>
      {whatToDo}
      <p className="unseen" role="alert">
        {title}. {text}
      </p>
    </>
  );
}

function Question({ sound, anyKey }: Omit<SoundBannerProps, "whatToDo">) {
  const question = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone: who uses the keyboard goes on here, and no key still held down answers.
  useEffect(() => {
    if (document.activeElement === document.body) question.current?.focus();
  }, []);
  return (
    <>
      <b className="sound-still-off">SOUND OFF</b>
      <p className="sound-question" ref={question} tabIndex={-1} role="alert">
        Did you hear the test tone?
      </p>
      <div className="sound-answers">
        <button type="button" onClick={() => sound.confirm(true)}>
          Yes{anyKey && <span aria-hidden="true">Y</span>}
        </button>
        <button type="button" onClick={() => sound.confirm(false)}>
          No{anyKey && <span aria-hidden="true">N</span>}
        </button>
        <button type="button" onClick={sound.arm}>
          Play it again
        </button>
      </div>
    </>
  );
}

type Unheard = Extract<SoundState, { kind: "off" | "blocked" }>;

const BLOCKED: { readonly [R in BlockReason]: string } = {
  suspended: "The browser has stopped the sound. It keeps trying.",
  "start-failed": "This machine offers no sound. Is a loudspeaker connected?",
  "silent-output":
    "Tones are played, and only silence comes out. Reload the page; if that does not help, restart this machine.",
};

function words(state: Unheard, anyKey: boolean): Omit<PressProps, "sound" | "whatToDo"> {
  const press = anyKey ? "Press here, or any key" : "Press here";
  if (state.kind === "blocked") {
    return {
      title: "SOUND BLOCKED",
      text: `${BLOCKED[state.reason]} ${press}, for a test tone.`,
      detail: state.detail,
    };
  }
  return {
    title: "SOUND OFF",
    text: state.notHeard
      ? `Check the loudspeaker and its volume. ${press}, to try again.`
      : `${press}, to hear the test tone.`,
    detail: null,
  };
}

/** Keys that move about, or that browsers do not take for a person's leave to sound. */
const NOT_ANY_KEY = new Set(["Escape", "Tab", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Fn", "F5"]);

function useKeys(sound: AlarmSound, state: SoundState, anyKey: boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    // On a button, a key is the button's.
    if (event.target instanceof Element && event.target.closest("button, a, input, select, textarea")) return;
    if (state.kind === "off" || state.kind === "blocked") {
      if (!NOT_ANY_KEY.has(event.key)) sound.arm();
    } else if (state.kind === "testing") {
      const key = event.key.toLowerCase();
      if (key === "y" || key === "n") sound.confirm(key === "y");
    }
  });
  useEffect(() => {
    if (!anyKey) return;
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [anyKey]);
}

export { type Listening, openListening } from "./listening.ts";
export { SoundBanner } from "./sound-banner.tsx";
export { soundingOf } from "./sounding.ts";
export { useAlarmSound } from "./use-alarm-sound.ts";
export { useToldSound } from "./use-told-sound.ts";
export { WakeLockNote } from "./wake-lock-note.tsx";

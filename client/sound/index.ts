export type { SoundingAlarm } from "./queue.ts";
export { SoundBanner } from "./sound-banner.tsx";
export { useAlarmSound } from "./use-alarm-sound.ts";
export { WakeLockNote } from "./wake-lock-note.tsx";

export type { Acting } from "./acting.ts";
export { ActingContext, openBrowserActing, useActing, useBayDetail } from "./acting.ts";
export { AlarmList } from "./alarm-list.tsx";
export { type BayDetail, field } from "./bay-detail.ts";
export { AttendsAs, Calls } from "./calls.tsx";
export { Dialog } from "./dialog.tsx";
export { NoteLine } from "./note-line.tsx";
export { PauseButton, PauseLeft } from "./pause-button.tsx";
export { WhoActs, WhoBand } from "./who-band.tsx";

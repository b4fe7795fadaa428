export { keyHeaders, type ServerDoor } from "./door.ts";
export { type DrugFacts, drugOfSession } from "./drug.ts";
export { type CommandOutcome, fetchBays, reasonOf } from "./http.ts";
export { openLink, type WardLink } from "./link.ts";
export type { BayFacts } from "./replies.ts";
export type { BaysNow, WatchListener } from "./watch.ts";

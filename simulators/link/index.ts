export { keyHeaders, type ServerDoor } from "./door.ts";
export { type DrugFacts, drugOfSession } from "./drug.ts";
export { type CommandOutcome, failureOf, fetchBays, KEY_WANTED, reasonOf } from "./http.ts";
export { openLink, type WardLink } from "./link.ts";
export type { BayFacts, BaysReply } from "./replies.ts";
export type { BaysNow, WatchListener } from "./watch.ts";

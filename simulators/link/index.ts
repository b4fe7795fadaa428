export { type CommandOutcome, fetchBays, reasonOf, rowsByBay } from "./http.ts";
export { openLink, type WardLink } from "./link.ts";
export type { BaysReply } from "./replies.ts";

export type { Compared, Setup } from "./compared.ts";
export { compareFeeds } from "./feeds.ts";
export { replayLink } from "./link.ts";
export { comparedByServer } from "./server.ts";
export { whatIfTable } from "./table.ts";

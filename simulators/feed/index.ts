export type { FeedHeader, FeedLine, NumberedLine } from "@vigil/shared/feed";
export { FeedError } from "./feed-error.ts";
export { type OpenFeed, readFeed } from "./read.ts";
export { type FeedWriter, writeFeed } from "./write.ts";

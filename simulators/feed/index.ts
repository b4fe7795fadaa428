export { FeedError, type FeedHeader, type FeedLine, type NumberedLine } from "./feed.ts";
export { type OpenFeed, readFeed } from "./read.ts";
export { type FeedWriter, writeFeed } from "./write.ts";

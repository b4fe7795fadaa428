export { Hold } from "./hold.ts";
export { type PlayCount, type PlaySettings, playFeed } from "./play.ts";
export { type Targets, targetsOf } from "./targets.ts";

/** Header and lines as text, without the line's end. */
import type { FeedHeader, FeedLine } from "./feed.ts";

export const headerText = ({ other, ...known }: FeedHeader): string =>
  JSON.stringify({ feed: "vigil/1", ...known, ...other });

export const lineText = ({ at, bay, values, command, recorded, other }: FeedLine): string =>
  JSON.stringify({ t: at / 1000, bay, ...values, ...(command !== null && { command }), ...recorded, ...other });

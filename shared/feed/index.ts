export type { FeedHeader, FeedLine, NumberedLine, Recorded } from "./feed.ts";
export { comesBeforeValues, commandIdOf, type FeedInput, feedLineOf, inputsOfLine, startOf } from "./inputs.ts";
export { LineSplitter } from "./lines.ts";
export { FeedLines, type FeedWrong } from "./parse.ts";
export { headerText, lineText } from "./text.ts";

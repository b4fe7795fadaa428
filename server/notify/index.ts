export { serveLadder } from "./ladder.ts";
export { screenTarget } from "./screens.ts";

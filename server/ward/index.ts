export type { WardChange } from "./change.ts";
export { type CommandAnswer, Ward } from "./ward.ts";

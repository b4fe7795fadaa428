export { writeWard } from "./file.ts";
export { recordWard } from "./record.ts";
export { simulatedWard, wardHeader } from "./ward.ts";

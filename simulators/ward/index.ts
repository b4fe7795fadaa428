export { writeWard } from "./file.ts";
export { recordWard } from "./record.ts";
export { SIMULATED_PROTOCOL, simulatedWard, wardHeader } from "./ward.ts";

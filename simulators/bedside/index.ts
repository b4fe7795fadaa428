export { type Act, type Bedside, type BedsideSettings, newBedside, type Step } from "./bedside.ts";
export { type LiveListener, type LiveSettings, liveOn } from "./live.ts";
export type { Pace } from "./nurse.ts";
export { liveThrough, newPast } from "./past.ts";
export { nurseOfPlace } from "./staff.ts";
export { viewOf } from "./view.ts";
export { scoreOfWell } from "./well.ts";

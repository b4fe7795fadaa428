/** Technical alarms that a display finds by itself (alarms.md, "Technical alarms"). */
export type DisplayAlarmId = "server-lost" | "sound-blocked" | "screen-frozen";

export { type OfflineEvent, type OfflineSettings, OfflineWard } from "./engine.ts";

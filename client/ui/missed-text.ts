import type { MissedObservation } from "@vigil/shared/session";
import { minutesText } from "./clock-text.ts";
import type { ZoneText } from "./zone-text.ts";

/** "14:20 not done", "14:35 done 12 min late" */
export const missedText = ({ dueAt, doneAt }: MissedObservation, zone: Pick<ZoneText, "time">): string =>
  doneAt === null ? `${zone.time(dueAt)} not done` : `${zone.time(dueAt)} done ${minutesText(doneAt - dueAt)} late`;

import type { AlarmId } from "@vigil/shared/alarms";
import type { DisplayAlarmId } from "./display-alarms.ts";

/**
 * What an alarm means and what to do first, read on this wall: its alarms and its sound stay, and no server is needed.
 * @param bay whose other alarms are led to from there
 */
export const runbookHref = (alarm: AlarmId | DisplayAlarmId, bay?: string): string =>
  `${window.location.pathname}?runbook=${alarm}${bay === undefined ? "" : `&bay=${encodeURIComponent(bay)}`}`;

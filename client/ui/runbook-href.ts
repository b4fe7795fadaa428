import type { AlarmId } from "@vigil/shared/alarms";
import type { DisplayAlarmId } from "./display-alarms.ts";

/** What an alarm means and what to do first, read on this wall: its alarms and its sound stay, and no server is needed. */
export const runbookHref = (alarm: AlarmId | DisplayAlarmId): string => `${window.location.pathname}?runbook=${alarm}`;

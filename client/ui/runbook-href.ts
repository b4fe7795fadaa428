import type { AlarmId } from "@vigil/shared/alarms";
import type { DisplayAlarmId } from "./display-alarms.ts";

/** Where it says what an alarm means and what to do first, with the way back to this wall. */
export const runbookHref = (alarm: AlarmId | DisplayAlarmId): string =>
  `/runbook/${alarm}?from=${encodeURIComponent(window.location.pathname)}`;

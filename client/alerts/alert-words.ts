/** An alarm of the log in words. */
import type { AtMs, DurationMs } from "@vigil/shared/ids";
import type { Alert } from "@vigil/shared/wire";
import { conditionText } from "../ui/alarm-text.ts";
import type { ZoneText } from "../ui/zone-text.ts";

export const alertText = ({ alarm, extreme, limit }: Pick<Alert, "alarm" | "extreme" | "limit">): string =>
  conditionText(alarm, extreme, limit);

/** Its source alone: "SpO₂ low". */
export const sourceText = (alarm: string): string => conditionText(alarm, null, null);

/** "42 s", "3 min 05", "1 h 05". */
export function spanText(ms: DurationMs | null): string {
  if (ms === null) return "–";
  const s = Math.round(ms / 1000);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")}`;
  return `${Math.floor(s / 3600)} h ${String(Math.floor(s / 60) % 60).padStart(2, "0")}`;
}

/** "28 Nov 21:18:23"; "27 Nov 2025 20:42" of another year than `now`'s: whoever looks so far back asks for no second. */
export function raisedText(at: AtMs, now: AtMs, times: ZoneText): string {
  const [day, year] = dayAndYear(times.date(at));
  const [, thisYear] = dayAndYear(times.date(now));
  return year === thisYear ? `${day} ${times.second(at)}` : `${day} ${year} ${times.time(at)}`;
}

/** Of "Mon 2 Mar 2026". */
const dayAndYear = (date: string): readonly [string, string] => [date.slice(4, -5), date.slice(-4)];

export function stateText({ state, over, selfCleared }: Alert): string {
  if (state === "standing") return "standing";
  if (state === "unseen") return "cleared, not seen";
  if (over?.why === "session-ended") return "session ended";
  if (selfCleared) return "self-cleared";
  return over?.why === "cleared" || over === null ? "cleared" : over.why.replaceAll("-", " ");
}

export const patientText = ({ patient }: Pick<Alert, "patient">): string =>
  [patient.name ?? patient.initials, patient.recordNumber ?? ""].filter((part) => part !== "").join(" · ");

export function answeredText({ acknowledged, state }: Pick<Alert, "acknowledged" | "state">): string {
  if (acknowledged === null) return state === "standing" ? "not yet" : "nobody";
  return `after ${spanText(acknowledged.afterMs)}, ${acknowledged.by ?? "somebody"}`;
}

export const MARK_TEXT = { yes: "actionable", no: "not actionable" } as const;

/** "not actionable, Sam Supervisor: the cuff slipped" */
export function markText({ mark }: Pick<Alert, "mark">): string {
  if (mark === null) return "";
  return `${MARK_TEXT[mark.actionable]}, ${mark.by}${mark.why === null ? "" : `: ${mark.why}`}`;
}

/** To whom it was taken while nobody acknowledged it. */
export const rungsText = ({ rungs }: Pick<Alert, "rungs">): string =>
  rungs.length === 0 ? "nobody further" : rungs.map(({ target, state }) => `${target}: ${state}`).join(", ");

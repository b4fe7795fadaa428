/** How a bay's standing alarms look on its tile. */
import type { BoardAlarm, BoardRow } from "@vigil/shared/board";
import type { Priority } from "@vigil/shared/protocol";
import type { Vital } from "@vigil/shared/vitals";
import { alarmSubject, alarmWords, escalationText } from "../ui/alarm-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";

/**
 * `flashing`: nobody has acknowledged it. Low priority never flashes (alarms.md, "Annunciation"). `reminded`: acknowledged
 * three minutes ago, and it still holds.
 */
export type AlarmLook = "flashing" | "acknowledged" | "reminded" | "latched";

export interface TileAlarms {
  /** The one the tile names: the gravest that nobody has acknowledged, else that somebody was reminded of, else the gravest. */
  readonly lead: BoardAlarm | null;
  readonly more: number;
  /** Colour of the frame: the gravest of all. */
  readonly priority: Priority | null;
  readonly hits: ReadonlyMap<Vital, { readonly priority: Priority; readonly look: AlarmLook }>;
}

export function alarmLook(alarm: BoardAlarm): AlarmLook {
  if (alarm.acknowledged) return alarm.remindedAt === null ? "acknowledged" : "reminded";
  return alarm.condition === "gone" ? "latched" : "flashing";
}

/** Somebody is to go there: not when it is over, nor when somebody has seen it and nobody was reminded. */
export const callsNow = (alarm: BoardAlarm): boolean => ["flashing", "reminded"].includes(alarmLook(alarm));

/** Rows bring their alarms highest priority first. */
export function tileAlarms({ alarms }: BoardRow): TileAlarms {
  const waiting = alarms.find((alarm) => !alarm.acknowledged) ?? alarms.find((alarm) => alarm.remindedAt !== null);
  const hits = new Map<Vital, { priority: Priority; look: AlarmLook }>();
  for (const alarm of alarms) {
    const subject = alarmSubject(alarm.id);
    if (subject === null || alarm.condition === "gone" || hits.has(subject.vital)) continue;
    hits.set(subject.vital, { priority: alarm.priority, look: alarmLook(alarm) });
  }
  return {
    lead: waiting ?? alarms[0] ?? null,
    more: Math.max(0, alarms.length - 1),
    priority: alarms[0]?.priority ?? null,
    hits,
  };
}

/** What a tile is called for those who do not see it: bay, phase, alarm. */
export function tileLabel(name: string, row: BoardRow): string {
  if (row.sessionId === null || row.phase === null)
    return [`Bay ${name}`, "free", alarmPart(row)].filter(Boolean).join(", ");
  return [`Bay ${name}`, row.initials ?? "", PHASE_TEXT[row.phase], alarmPart(row)].filter(Boolean).join(", ");
}

function alarmPart(row: BoardRow): string {
  const { lead, more } = tileAlarms(row);
  if (lead === null) return "";
  const acknowledged = lead.acknowledged ? ", acknowledged" : "";
  const escalation = escalationText(lead);
  const taken = escalation === null ? "" : `, ${escalation}`;
  return `${lead.priority} alarm: ${alarmWords(lead, row).text}${acknowledged}${taken}${more > 0 ? `, and ${more} more` : ""}`;
}

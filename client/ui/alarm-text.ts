/** Alarms in plain words. The text of a limit alarm names vital, value and limit (alarms.md, "Annunciation"). */
import type { AlarmId, DeliveryState, LimitAlarmId, SignalLostId } from "@vigil/shared/alarms";
import type { BoardAlarm, BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { VITAL_FACTS, VITALS, type Vital } from "@vigil/shared/vitals";

export interface AlarmWords {
  readonly text: string;
  /** The same where room is scarce. */
  readonly short: string;
  /** When it began to be so, where its age belongs to the text ("SpO₂ signal lost 0:42"); else `null`. */
  readonly since: AtMs | null;
}

type PlainId = Exclude<AlarmId, LimitAlarmId | SignalLostId>;

const PLAIN: { readonly [I in PlainId]: { readonly text: string; readonly short: string } } = {
  "monitor-silent": { text: "Monitor silent", short: "Silent" },
  "pressure-overdue": { text: "Cuff overdue", short: "Cuff overdue" },
  "clock-skew": { text: "Clock off", short: "Clock off" },
  "plan-elapsed": { text: "Planned time reached", short: "Plan reached" },
  "recovery-minimum-reached": { text: "Recovery minimum reached", short: "Min. reached" },
  "dissociation-prolonged": { text: "Dissociation prolonged", short: "Dissociation" },
  "observation-overdue": { text: "Observation overdue", short: "Observe" },
  "ready-for-discharge": { text: "Ready for discharge", short: "Discharge" },
};

const isPlain = (id: string): id is PlainId => Object.hasOwn(PLAIN, id);

/** The vital an alarm is about, and whether it is about its value or about its signal; `null` for the others. */
export const alarmSubject = (id: AlarmId) => subjectOf(id);

function subjectOf(id: string): { readonly vital: Vital; readonly of: "value" | "signal" } | null {
  const [first, second] = id.split(".");
  const signal = first === "signal-lost";
  const vital = VITALS.find((one) => one === (signal ? second : first));
  return vital === undefined ? null : { vital, of: signal ? "signal" : "value" };
}

/** Since when the alarm's condition has stood: for data that is lost, since it stopped, not since somebody was told. */
export function alarmSince(alarm: BoardAlarm, row: BoardRow): AtMs {
  if (alarm.condition === "gone") return alarm.raisedAt;
  if (alarm.id === "monitor-silent") return row.lastMessageAt ?? alarm.raisedAt;
  const subject = alarmSubject(alarm.id);
  return subject?.of === "signal" ? (row.vitals[subject.vital].at ?? alarm.raisedAt) : alarm.raisedAt;
}

export function alarmWords(alarm: BoardAlarm, row: BoardRow): AlarmWords {
  const words = conditionWords(alarm);
  if (alarm.condition === "gone") {
    return { text: `${words.text} · cleared, not seen`, short: `${sourceText(alarm)} gone, unseen`, since: null };
  }
  if (alarm.remindedAt !== null) {
    return { text: `${words.text} · still so`, short: words.short, since: null };
  }
  const lasting = alarm.id === "monitor-silent" || alarm.id.startsWith("signal-lost");
  return { ...words, since: lasting ? alarmSince(alarm, row) : null };
}

function conditionWords(alarm: BoardAlarm): { readonly text: string; readonly short: string } {
  const subject = alarmSubject(alarm.id);
  if (subject === null) return isPlain(alarm.id) ? PLAIN[alarm.id] : { text: alarm.id, short: alarm.id };
  const { label, cadence } = VITAL_FACTS[subject.vital];
  if (subject.of === "signal") return { text: `${label} signal lost`, short: `${label} lost` };
  const text = limitText(alarm.id, label, alarm.extreme ?? alarm.value, alarm.limit);
  if (alarm.condition !== "unknown") return { text, short: text };
  return { text: `${text} · ${cadence === "continuous" ? "signal lost" : "no new value"}`, short: `${text} · lost` };
}

const DELIVERY_TEXT: { readonly [S in Exclude<DeliveryState, "cancelled">]: string } = {
  queued: "calling",
  sent: "calling",
  confirmed: "called",
  failed: "not reached:",
};

/** To whom it was taken because nobody acknowledged it, and whether they have it; `null` while there is nothing to say. What may be cut off comes last. */
export function escalationText({ escalatedTo }: BoardAlarm): string | null {
  if (escalatedTo === null || escalatedTo.state === "cancelled") return null;
  return `${DELIVERY_TEXT[escalatedTo.state]} ${escalatedTo.target}`;
}

function sourceText(alarm: BoardAlarm): string {
  const subject = alarmSubject(alarm.id);
  return subject === null ? conditionWords(alarm).short : VITAL_FACTS[subject.vital].label;
}

/** An alarm by its identity, as one reads it afterwards: "HR 134 > 120", "SpO₂ signal lost". */
export function conditionText(id: string, value: number | null, limit: number | null): string {
  const subject = subjectOf(id);
  if (subject === null) return isPlain(id) ? PLAIN[id].text : id;
  const { label } = VITAL_FACTS[subject.vital];
  return subject.of === "signal" ? `${label} signal lost` : limitText(id, label, value, limit);
}

function limitText(id: string, label: string, value: number | null, limit: number | null): string {
  const low = id.endsWith(".low");
  if (value === null || limit === null) return `${label} ${low ? "low" : "high"}`;
  // Whole where whole; a limit from a baseline (129 × 1.25) may not be. Two that differ never look the same.
  const scale = [10, 100].find((each) => value === limit || rounded(value, each) !== rounded(limit, each)) ?? 1_000;
  const [shown, bound] = [rounded(value, scale), rounded(limit, scale)];
  // An alarm that holds on after its limit was moved away from its value must not claim what is not so.
  if (low ? value >= limit : value <= limit) return `${label} ${shown}, limit ${bound}`;
  return `${label} ${shown} ${low ? "<" : ">"} ${bound}`;
}

const rounded = (value: number, scale: number): number => Math.round(value * scale) / scale;

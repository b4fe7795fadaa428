/** The four facts of an alarm in words, and the order in which alarms are listed. */
import type { Annunciation, DeliveryState } from "@vigil/shared/alarms";
import type { BoardAlarm, BoardRow } from "@vigil/shared/board";
import type { AtMs } from "@vigil/shared/ids";
import { VITAL_FACTS } from "@vigil/shared/vitals";
import type { BayAlarm } from "../live/index.ts";
import { alarmSubject, alarmWords } from "../ui/alarm-text.ts";
import { ageText } from "../ui/clock-text.ts";
import { PRIORITIES_IN_ORDER } from "../ui/priority.ts";
import { continuousView, cuffView } from "../wall/vital-view.ts";
import type { BayDetail } from "./bay-detail.ts";

/** Names an alarm on a page: bay and source with direction. */
export const keyOf = ({ bay, alarm }: BayAlarm): string => `${bay.id} ${alarm.id}`;

/** Where what is done at an alarm's row, or at the call about it, is answered. */
export const placeOf = (at: "row" | "call", key: string): string => `${at} ${key}`;

/** The alarm at which it was said; `null` when it was said elsewhere. */
export const alarmOfPlace = (place: string): string | null => /^(?:row|call) (.+)$/.exec(place)?.[1] ?? null;

/**
 * Highest priority first, then newest. Acknowledging moves nothing: what slides under a finger that presses twice would be
 * acknowledged unseen.
 */
export function inOrder(alarms: readonly BayAlarm[]): readonly BayAlarm[] {
  const rank = ({ alarm }: BayAlarm): number => PRIORITIES_IN_ORDER.indexOf(alarm.priority);
  const newest = (a: BayAlarm, b: BayAlarm): number => b.alarm.raisedAt - a.alarm.raisedAt;
  return [...alarms].sort((a, b) => rank(a) - rank(b) || newest(a, b) || keyOf(a).localeCompare(keyOf(b)));
}

/** What it is about: vital, value and limit; its condition is told beside it. */
export const causeText = (alarm: BoardAlarm, row: BoardRow): string =>
  alarmWords({ ...alarm, condition: "present" }, row).text;

export function conditionText({ condition, id }: BoardAlarm): string {
  if (condition === "present") return "present";
  if (condition === "gone") return "cleared, not seen";
  const subject = alarmSubject(id);
  return subject !== null && VITAL_FACTS[subject.vital].cadence === "cuff" ? "no new value" : "signal lost";
}

export const SOUND_TEXT: { readonly [A in Annunciation]: string } = {
  sounding: "sounding",
  paused: "sound paused",
  silent: "silent",
};

const DELIVERY_TEXT: { readonly [S in DeliveryState]: string } = {
  queued: "on its way",
  sent: "sent, not seen yet",
  confirmed: "delivered",
  failed: "NOT delivered",
  cancelled: "no longer needed",
};

/** To whom it was taken because nobody acknowledged it, and what became of that. */
export const deliveryText = ({ target, state }: Rung): string => `${target}: ${DELIVERY_TEXT[state]}`;

export type Rung = NonNullable<BoardAlarm["escalatedTo"]>;

/** All rungs, as the bay's detail tells them; until it has answered the last one, which the row tells. */
export function rungsOf({ id, escalatedTo }: BoardAlarm, detail: BayDetail | null): readonly Rung[] {
  const known = detail?.deliveries.filter(({ alarm }) => alarm === id) ?? [];
  const last = known.at(-1);
  if (escalatedTo === null) return [];
  return last?.target === escalatedTo.target && last.state === escalatedTo.state ? known : [escalatedTo];
}

/** Its worst, its beginning, its value now: "lowest 86 · began at 89 · now 93 %". "" where the alarm is not about a value. */
export function courseText(alarm: BoardAlarm, row: BoardRow, now: AtMs): string {
  const subject = alarmSubject(alarm.id);
  if (subject?.of !== "value" || alarm.value === null) return "";
  const isLow = alarm.id.endsWith(".low");
  const worst =
    alarm.extreme === null || alarm.extreme === alarm.value
      ? ""
      : `${isLow ? "lowest" : "highest"} ${figure(alarm.extreme)} · `;
  return `${worst}began at ${figure(alarm.value)} · ${valueNowText(row, subject.vital, now)}`;
}

function valueNowText(row: BoardRow, vital: keyof typeof VITAL_FACTS, now: AtMs): string {
  const { cadence, unit } = VITAL_FACTS[vital];
  const { value, at } = row.vitals[vital];
  if (value === null || at === null) return "no value";
  const text = `${figure(value)} ${unit}`;
  if (cadence === "cuff") {
    const { ago } = cuffView(row, now);
    return ago === "now" ? `now ${text}` : `last ${text}, ${ago} ago`;
  }
  const { freshness } = continuousView(row, vital, now);
  return freshness === "live" ? `now ${text}` : `last ${text}, ${ageText(now - at)} ago`;
}

const figure = (value: number): string => String(Math.round(value * 10) / 10);

/** For those who do not see the row. */
export const rowLabel = ({ bay, alarm }: BayAlarm, by: string | null, rungs: readonly Rung[]): string =>
  [
    `${alarm.priority} alarm`,
    `bay ${bay.name}`,
    causeText(alarm, bay.facts.value),
    conditionText(alarm),
    alarm.acknowledged ? `acknowledged${by === null ? "" : ` by ${by}`}` : "not acknowledged",
    SOUND_TEXT[alarm.annunciation],
    ...rungs.map(deliveryText),
  ]
    .filter(Boolean)
    .join(", ");

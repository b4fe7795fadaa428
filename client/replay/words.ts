/** What the engine took and decided, and how a bay stands, in words. */
import type { Bay, BayEvent, BayInput } from "@vigil/shared/bay";
import type { Episode } from "@vigil/shared/replay";
import { VITAL_FACTS, VITALS } from "@vigil/shared/vitals";
import { conditionText } from "../ui/alarm-text.ts";
import { PHASE_TEXT } from "../ui/phase-text.ts";
import { PRIORITY_SYMBOL } from "../ui/priority.ts";
import type { ZoneText } from "../ui/zone-text.ts";

const CHANGE_TEXT = {
  raised: "raised",
  escalated: "escalated",
  deescalated: "de-escalated",
  cleared: "cleared",
  unknown: "data lost, still stands",
  present: "data back, still holds",
  acknowledged: "acknowledged",
  reminded: "reminded",
} as const;

const plain = (name: string): string => {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** "SpO₂ 88 < 90 raised". */
export function eventText(event: BayEvent): string {
  switch (event.type) {
    case "alarm": {
      const latched = event.latched === true ? ", not seen: it stays until somebody acknowledges" : "";
      const why = event.reason === undefined ? "" : ` (${event.reason.replaceAll("-", " ")})`;
      return `${conditionText(event.alarm, event.value, event.limit)} ${CHANGE_TEXT[event.change]}${latched}${why}`;
    }
    case "delivery":
      return `${conditionText(event.alarm, null, null)} to ${event.target}: ${event.state}${event.reason === null ? "" : `, ${event.reason}`}`;
    case "act":
      return `${plain(event.command)}, ${event.by.name}`;
    case "refused":
      return `${plain(event.command)} refused: ${event.reason}`;
    case "audio":
      return `Audio pause ended: ${event.reason.replaceAll("-", " ")}`;
  }
}

export function inputText(input: BayInput): string {
  switch (input.kind) {
    case "reading": {
      const values = VITALS.flatMap((vital) => {
        const value = input.values[vital];
        return value === undefined ? [] : [`${VITAL_FACTS[vital].label} ${value ?? "no valid value"}`];
      });
      return `Reading: ${values.length === 0 ? "nothing measured" : values.join(", ")}`;
    }
    case "command":
      return `${plain(input.command.type)}, ${input.by.name} (${input.by.role})`;
    case "arrival":
      return `Arrival from bay ${input.from}, ${input.by.name}`;
    case "delivery":
      return `Answer of the escalation ladder: ${input.alarm}, ${input.state}`;
    case "tick":
      return "Nothing came up to here";
  }
}

export interface StateRow {
  readonly what: string;
  readonly value: string;
}

/** How a bay stands, line by line: two states can be laid side by side by `what`. */
export function stateRows(bay: Bay, zone: ZoneText): StateRow[] {
  const { session } = bay;
  const rows: StateRow[] = [{ what: "Phase", value: session === null ? "Free" : PHASE_TEXT[session.phase] }];
  for (const vital of VITALS) {
    const { value, validAt, stale, hand } = bay.vitals[vital];
    if (value === null || validAt === null) continue;
    const { label, unit } = VITAL_FACTS[vital];
    const how = `${stale ? ", stale" : ""}${hand === undefined ? "" : ", by hand"}`;
    rows.push({ what: label, value: `${value} ${unit} at ${zone.second(validAt)}${how}` });
  }
  for (const { vital, direction, tiers } of bay.watches) {
    for (const { tier, limit, state, since, delayMs, offDelayMs } of tiers) {
      if (state === "inactive") continue;
      const runs =
        state === "pending"
          ? `, due ${zone.second(since + delayMs)}`
          : state === "recovering"
            ? `, clears ${zone.second(since + offDelayMs)}`
            : "";
      rows.push({
        what: `${VITAL_FACTS[vital].label} ${direction}, ${tier}`,
        value: `${state} since ${zone.second(since)}${runs}; limit ${limit}`,
      });
    }
  }
  for (const alarm of bay.alarms) {
    const seen =
      alarm.acknowledgement === null ? "nobody acknowledged" : `acknowledged by ${alarm.acknowledgement.name}`;
    rows.push({
      what: `Alarm ${conditionText(alarm.id, null, null)}`,
      value: `${PRIORITY_SYMBOL[alarm.priority]} ${alarm.priority}, ${alarm.condition}, since ${zone.second(alarm.raisedAt)}, ${seen}`,
    });
  }
  if (bay.audioPause !== null) rows.push({ what: "Sound", value: `paused until ${zone.second(bay.audioPause.until)}` });
  for (const { vital, reason } of bay.alarmsOff) {
    rows.push({ what: `${VITAL_FACTS[vital].label} alarms`, value: `off: ${reason}` });
  }
  return rows;
}

export const episodeText = ({ alarm, value, limit }: Episode): string => conditionText(alarm, value, limit);

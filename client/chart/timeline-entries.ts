/** Who did what when, alarms included: one list in the order of time. */
import type { RecordedAct, SessionChart } from "@vigil/shared/chart";
import type { AtMs } from "@vigil/shared/ids";
import type { Priority } from "@vigil/shared/protocol";
import { dissociationCourse, identityCorrections } from "@vigil/shared/session";
import { minutesText } from "../ui/clock-text.ts";
import { identityText } from "../ui/identity-text.ts";
import { actText, episodeText } from "./words.ts";

export interface TimelineEntry {
  readonly at: AtMs;
  readonly what: string;
  /** `null`: nobody; the engine. */
  readonly who: string | null;
  /** Of an alarm. */
  readonly priority: Priority | null;
  /** When it was entered, if that was later than its time. */
  readonly enteredAt: AtMs | null;
  /** Who took it back, and when; it does not count. */
  readonly undone: { readonly name: string; readonly at: AtMs } | null;
  /** Its time was put right. */
  readonly corrections: readonly RecordedAct["corrections"][number][];
}

export function timelineEntries({ acts, alarms, observations, missedObservations }: SessionChart): TimelineEntry[] {
  const told = actEntries(acts, hasOwnPlace);
  for (const alarm of alarms) {
    const text = episodeText(alarm);
    const { raisedAt, clearedAt, priority } = alarm;
    const lasted = clearedAt === null ? "still standing" : `for ${lastedText(clearedAt - raisedAt)}`;
    told.push({ ...NOBODYS, at: raisedAt, what: `${text}, ${lasted}`, priority });
  }
  told.push(...dissociationEntries(observations));
  for (const { dueAt, doneAt } of missedObservations ?? []) {
    const how = doneAt === null ? "not done" : `done ${minutesText(doneAt - dueAt)} late`;
    told.push({ ...NOBODYS, at: dueAt, what: `Observation due: ${how}` });
  }
  return told.sort((a, b) => a.at - b.at);
}

/** What took an act back, or put its time right, stands with that act. */
export const hasOwnPlace = ({ command, undone }: RecordedAct): boolean =>
  command.type !== "undo-act" && (command.type !== "correct-time" || undone !== null);

/** Of those that are wanted of all acts; where who the patient is was put right, with what it was before. */
export function actEntries(acts: readonly RecordedAct[], isWanted: (act: RecordedAct) => boolean): TimelineEntry[] {
  const corrected = identityCorrections(acts);
  return acts.filter(isWanted).map((act) => {
    const changes = corrected.get(act);
    const entry = actEntry(act);
    return changes === undefined ? entry : { ...entry, what: `${entry.what}; ${identityText(changes)}` };
  });
}

export function actEntry(act: RecordedAct): TimelineEntry {
  const { at, by, late, enteredAt, undone, corrections } = act;
  const entered = late ? enteredAt : null;
  return { at, what: actText(act), who: by.name, priority: null, enteredAt: entered, undone, corrections };
}

const NOBODYS = { who: null, priority: null, enteredAt: null, undone: null, corrections: [] } as const;

/** When it was first seen, was strongest, and was first seen to be over for good: found by the observations, not entered. */
function dissociationEntries(observations: SessionChart["observations"]): TimelineEntry[] {
  const course = dissociationCourse(observations.map(({ at, observation }) => ({ ...observation, at })));
  const entry = (at: AtMs, what: string): TimelineEntry => ({ ...NOBODYS, at, what });
  const { beganAt, peak, endedAt } = course;
  return [
    ...(beganAt === null ? [] : [entry(beganAt, "Dissociation first seen")]),
    ...(peak === null ? [] : [entry(peak.at, `Dissociation strongest: ${peak.dissociation} of 10`)]),
    ...(endedAt === null ? [] : [entry(endedAt, "Dissociation seen to be over")]),
  ];
}

/** "40 s", "12 min", "1 h 05". */
export const lastedText = (ms: number): string =>
  ms < 60_000 ? `${Math.max(1, Math.round(ms / 1000))} s` : minutesText(ms);

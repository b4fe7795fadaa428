/** How long the relief after each session lasted, as far as scores tell. */
import type { CourseSettings } from "./act.ts";
import { daysBetween, type LocalDate } from "./calendar.ts";
import type { Score } from "./course.ts";
import type { CourseSession } from "./session-of-course.ts";

export interface Baseline {
  readonly total: number;
  /** Relief is a score at or below this. */
  readonly reliefAt: number;
  /** The score it was taken from; `null`: it was entered. */
  readonly score: Score["id"] | null;
}

export interface Relief {
  /** First and last day with a score in relief, between this session and the next. */
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** From the session's day to the last day. */
  readonly lastedDays: number;
  /** The day of the first score after it that was above again, before the next session; `null`: none was. */
  readonly lostOn: LocalDate | null;
}

/** `null` while there is nothing to compare with; a baseline of 0 leaves no relief to be had. */
export function baselineOf(
  scores: readonly Score[],
  sessions: readonly CourseSession[],
  { baseline: { instrument, total }, reliefShare, from }: CourseSettings,
): Baseline | null {
  if (total !== null) return { total, reliefAt: total * reliefShare, score: null };
  const own = scores.filter((score) => score.instrument === instrument);
  const first = sessions[0];
  const before = first === undefined ? undefined : own.findLast(({ takenAt }) => takenAt <= first.startedAt);
  const score = before ?? own.find(({ date }) => from === null || date >= from);
  if (score === undefined || score.total === 0) return null;
  return { total: score.total, reliefAt: score.total * reliefShare, score: score.id };
}

/**
 * For each session in order: the relief after it, `null` when no score before the next session shows any. A score of the
 * instrument counts for the session it was taken after, to the instant: one taken in the morning before an infusion tells of
 * the session before.
 */
export function reliefOf(
  sessions: readonly CourseSession[],
  scores: readonly Score[],
  { baseline: { instrument } }: Pick<CourseSettings, "baseline">,
  baseline: Baseline | null,
): readonly (Relief | null)[] {
  if (baseline === null) return sessions.map(() => null);
  const own = scores.filter((score) => score.instrument === instrument);
  return sessions.map((session, index) => {
    const until = sessions[index + 1]?.startedAt ?? Number.POSITIVE_INFINITY;
    const after = own.filter(({ takenAt }) => takenAt > session.startedAt && takenAt <= until);
    const inRelief = after.filter(({ total }) => total <= baseline.reliefAt);
    const first = inRelief[0];
    const last = inRelief.at(-1);
    if (first === undefined || last === undefined) return null;
    return {
      first: first.date,
      last: last.date,
      lastedDays: daysBetween(session.date, last.date),
      lostOn: after.find(({ takenAt }) => takenAt > last.takenAt)?.date ?? null,
    };
  });
}

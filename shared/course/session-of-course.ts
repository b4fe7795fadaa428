import type { AtMs, BayId, SessionId } from "../ids/index.ts";
import type { CourseSettings, Stage } from "./act.ts";
import { type LocalDate, type LocalTime, localDateOf, localTimeOf, type Zone } from "./calendar.ts";

/** What the journal tells of one visit of the patient. */
export interface PastSession {
  readonly id: SessionId;
  readonly bay: BayId;
  readonly initials: string;
  readonly name: string | null;
  readonly openedAt: AtMs;
  /** When the drug was started; `null`: it never was. */
  readonly startedAt: AtMs | null;
  /** `null`: it is open. */
  readonly endedAt: AtMs | null;
}

/** A visit that counts: the drug was given. */
export interface CourseSession {
  readonly id: SessionId;
  readonly bay: BayId;
  readonly startedAt: AtMs;
  readonly date: LocalDate;
  readonly time: LocalTime;
  readonly stage: Stage;
  /** 1 for the first of its stage. */
  readonly number: number;
  readonly open: boolean;
}

/** The sessions of the course in order. The first ones, as many as the protocol says, are the induction. */
export function sessionsOfCourse(
  past: readonly PastSession[],
  { from, stage, protocol }: CourseSettings,
  zone: Zone,
): readonly CourseSession[] {
  const inductions = stage === "induction" ? protocol.induction.sessions : 0;
  return past
    .flatMap(({ id, bay, startedAt, endedAt }) =>
      startedAt === null
        ? []
        : [
            {
              id,
              bay,
              startedAt,
              date: localDateOf(startedAt, zone),
              time: localTimeOf(startedAt, zone),
              open: endedAt === null,
            },
          ],
    )
    .filter(({ date }) => from === null || date >= from)
    .toSorted((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
    .map((session, index) =>
      index < inductions
        ? { ...session, stage: "induction", number: index + 1 }
        : { ...session, stage: "maintenance", number: index - inductions + 1 },
    );
}

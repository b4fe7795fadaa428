/** What a night comes to: the books, the wall, the memory, the replay, and whether they agree. */
import type { AtMs, BayId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { type Books, keepBooks } from "./books.ts";
import type { Kept } from "./kept.ts";
import { judgeMemory, type MemoryJudgement, type MemorySample } from "./memory.ts";
import type { Answered, People } from "./people.ts";
import { replayProblems } from "./replay.ts";
import { judgeWall, type WallJudgement, type WallRecord } from "./wall.ts";
import { EXPECTED_ALARMS, SPARE_BAYS } from "./ward.ts";

export interface NightPlan {
  readonly bays: number;
  /** Of the night, not of the machine. */
  readonly hours: number;
  /** Seconds of the night in a real one. */
  readonly speed: number;
  readonly seed: number;
}

/** What was seen of the night from outside the journal. */
export interface Lived {
  readonly plan: NightPlan;
  readonly wall: WallRecord;
  readonly people: Pick<People, "answered" | "notices">;
  readonly samples: readonly MemorySample[];
  /** How many sessions each scenario had. */
  readonly scenarios: ReadonlyMap<string, number>;
  readonly counts: Readonly<Record<"lived" | "sent" | "refused" | "restarts" | "slowestRestartMs", number>>;
  /** What the server logged as errors. */
  readonly complaints: readonly string[];
  readonly problems: readonly string[];
  readonly endedAt: AtMs;
}

export interface NightReport extends Pick<Lived, "plan" | "scenarios" | "complaints"> {
  readonly books: Books;
  readonly wall: WallJudgement & Pick<WallRecord, "frames"> & { readonly seenOfBay: ReadonlyMap<BayId, number> };
  readonly memory: MemoryJudgement & Pick<Lived, "samples">;
  readonly counts: Readonly<Record<string, number>>;
  /** Why the night does not count; empty when everything adds up. */
  readonly problems: readonly string[];
}

/** A night this long, of this many bays, must have seen everything there is. */
const SEES_ALL_HOURS = 10;
const SEES_ALL_BAYS = 8;
const PROTOCOL = protocolSchema.parse({});
/** What the night calls a moment: time for a screen to confirm, and half a second by which a busy machine is late. */
const momentMs = ({ speed }: NightPlan): number => 10_000 + 500 * speed;

export function reportOf(lived: Lived, kept: Kept): NightReport {
  const { plan, counts, samples, scenarios, complaints, endedAt } = lived;
  const books = keepBooks(kept, PROTOCOL.escalation, endedAt - momentMs(plan));
  const lastFrameAt = Math.min(lived.wall.lastFrameAt, endedAt);
  const wall = judgeWall({ ...lived.wall, lastFrameAt }, kept, momentMs(plan));
  const memory = judgeMemory(samples);
  const shown = Map.groupBy(lived.wall.parts.flat(), ({ bay }) => bay);
  return {
    plan,
    scenarios,
    complaints,
    books,
    wall: {
      ...wall,
      frames: lived.wall.frames,
      seenOfBay: new Map([...shown].map(([bay, alarms]) => [bay, alarms.length])),
    },
    memory: { ...memory, samples },
    counts: {
      "readings taken": counts.sent,
      "readings refused": counts.refused,
      "seconds of bays left out because the machine was late":
        (plan.bays + SPARE_BAYS) * plan.hours * 3_600 - counts.lived,
      inputs: kept.inputs.length,
      events: kept.events.length,
      commands: kept.inputs.filter(({ input }) => input.kind === "command").length,
      "of them refused": kept.events.filter(({ event }) => event.type === "refused").length,
      "patients moved": kept.inputs.filter(({ input }) => input.kind === "arrival").length,
      "notices confirmed by a screen": lived.people.notices.confirmed,
      "notices ignored": lived.people.notices.ignored,
      "kills of the server": counts.restarts,
      "slowest start, ms": counts.slowestRestartMs,
    },
    problems: [
      ...lived.problems,
      ...books.problems,
      ...wall.problems,
      ...memory.problems,
      ...replayProblems(kept, PROTOCOL),
      ...wallStanding(lived.wall, kept, wall.lastSeenId),
      ...commandProblems(lived.people.answered, kept),
      ...triedProblems(lived, books),
    ],
  };
}

/**
 * The wall's last picture shows exactly what the books say stood then: after the last event that it was shown; or, where it
 * came back to a snapshot and was shown no event since, after one of those that were decided while it was away.
 */
export function wallStanding(
  { rows, parts }: Pick<WallRecord, "rows" | "parts">,
  { inputs, events }: Kept,
  lastSeenId: number,
): string[] {
  const name = (bay: string, id: string, raisedAt: number, gone: boolean) =>
    `${bay} ${id} ${raisedAt}${gone ? " gone" : ""}`;
  const bookedAfter = (id: number): string => {
    const kept = { inputs, events: events.filter((event) => event.id <= id) };
    const { standing } = keepBooks(kept, PROTOCOL.escalation, Number.NEGATIVE_INFINITY);
    return standing
      .map(({ bay, alarm, raisedAt, gone }) => name(bay, alarm, raisedAt, gone))
      .sort()
      .join();
  };
  const shown = [...rows.values()]
    .flatMap(({ bay, alarms }) =>
      alarms.map(({ id, raisedAt, condition }) => name(bay, id, raisedAt, condition === "gone")),
    )
    .sort()
    .join();
  const booked = bookedAfter(lastSeenId);
  if (booked === shown) return [];
  const isSnapshot = parts.at(-1)?.length === 0;
  const later = events.filter(({ id, event }) => id > lastSeenId && event.type === "alarm");
  if (isSnapshot && later.some(({ id }) => bookedAfter(id) === shown)) return [];
  return [`at the end the wall shows ${shown}, the books say ${booked}`];
}

/** Every command that was answered is kept once, with that outcome, however often it was sent. */
function commandProblems(answered: readonly Answered[], { inputs, events }: Kept): string[] {
  const seqs = new Map(inputs.flatMap(({ seq, input }) => (input.kind === "command" ? [[input.id, seq]] : [])));
  const refused = new Map(events.flatMap(({ seq, event }) => (event.type === "refused" ? [[seq, event.code]] : [])));
  return answered.flatMap(({ id, reply }) => {
    const seq = seqs.get(id);
    if (seq === undefined) return [`command ${id} was answered and is not kept`];
    const outcome = refused.get(seq) ?? null;
    return outcome === (reply.ok ? null : reply.refused)
      ? []
      : [`command ${id} was answered otherwise than it is kept`];
  });
}

/** A long night that never tried something proves nothing about it. */
function triedProblems({ plan, scenarios }: Lived, { byAlarm, total }: Books): string[] {
  if (plan.hours < SEES_ALL_HOURS || plan.bays < SEES_ALL_BAYS) return [];
  const never = [
    ...[...scenarios].filter(([, sessions]) => sessions === 0).map(([name]) => `scenario ${name}`),
    ...EXPECTED_ALARMS.filter((id) => (byAlarm.get(id)?.raised ?? 0) === 0),
    ...Object.entries(total).flatMap(([column, count]) => (count === 0 && column !== "standing" ? [column] : [])),
  ];
  return never.length === 0 ? [] : [`the night never saw: ${never.join(", ")}`];
}

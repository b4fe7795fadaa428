/** What a log tells step by step, put together: each alarm from raised to cleared. */
import type { AlarmEvent, AlarmId, AlarmKind } from "../alarms/index.ts";
import { priorityRank } from "../alarms/index.ts";
import type { AtMs, BayId, SessionId } from "../ids/index.ts";
import type { Priority } from "../protocol/index.ts";
import type { LogEntry } from "./replay.ts";

export interface Episode {
  readonly bay: BayId;
  readonly session: SessionId | null;
  readonly alarm: AlarmId;
  readonly kind: AlarmKind;
  readonly raisedAt: AtMs;
  /** `null`: it still stood at the end. */
  readonly clearedAt: AtMs | null;
  /** The gravest it reached. */
  readonly priority: Priority;
  /** What raised it. */
  readonly value: number | null;
  readonly limit: number | null;
  /** From when on it had which priority. */
  readonly stages: readonly { readonly from: AtMs; readonly priority: Priority }[];
}

type Growing = { -readonly [K in keyof Episode]: Episode[K] } & { stages: { from: AtMs; priority: Priority }[] };

/** In the order in which they were raised. A patient who moves takes an alarm along: it goes on as one at the next bay. */
export function episodesOf(log: readonly LogEntry[]): Episode[] {
  const all: Growing[] = [];
  const open = new Map<string, Growing>();
  const sessions = new Map<BayId, SessionId | null>();
  const moving = new Map<SessionId, AlarmEvent[]>();
  const leaving = new Map<BayId, SessionId>();

  function raise(bay: BayId, event: AlarmEvent, at: AtMs): void {
    const { alarm, kind, priority, value, limit } = event;
    const session = sessions.get(bay) ?? null;
    const stages = [{ from: at, priority }];
    const one: Growing = { bay, session, alarm, kind, raisedAt: at, clearedAt: null, priority, value, limit, stages };
    open.set(`${bay} ${alarm}`, one);
    all.push(one);
  }

  for (const { bay, event } of log) {
    if (event.type === "act") {
      if (event.command === "transfer-session" && event.sessionId !== null) {
        if (event.phase === null) {
          moving.set(event.sessionId, []);
          leaving.set(bay, event.sessionId);
        } else {
          sessions.set(bay, event.sessionId);
          for (const each of moving.get(event.sessionId) ?? []) raise(bay, each, event.at);
          moving.delete(event.sessionId);
        }
      }
      if (event.command === "open-session") sessions.set(bay, event.sessionId);
    }
    if (event.type !== "alarm") continue;
    const one = open.get(`${bay} ${event.alarm}`);
    if (event.change === "raised") raise(bay, event, event.at);
    else if (event.change === "cleared") {
      const session = leaving.get(bay);
      if (event.reason === "transferred" && session !== undefined) moving.get(session)?.push(event);
      if (one !== undefined) one.clearedAt = event.at;
      open.delete(`${bay} ${event.alarm}`);
    } else if (one !== undefined && one.stages.at(-1)?.priority !== event.priority) {
      one.stages.push({ from: event.at, priority: event.priority });
      if (priorityRank(event.priority) > priorityRank(one.priority)) one.priority = event.priority;
    }
  }
  return all;
}

/** How long it stood with each priority, in ms; one that still stands counts up to `until`. */
export function standingMs({ stages, clearedAt }: Episode, until: AtMs): ReadonlyMap<Priority, number> {
  const stood = new Map<Priority, number>();
  const end = clearedAt ?? until;
  stages.forEach(({ from, priority }, i) => {
    const to = stages[i + 1]?.from ?? end;
    stood.set(priority, (stood.get(priority) ?? 0) + Math.max(0, to - from));
  });
  return stood;
}

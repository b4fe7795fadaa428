/** What the file of a journal tells, read by hand: the witness for what a restarted server says. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { AlarmEvent } from "@vigil/shared/alarms";

export function readJournal(dataDir: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(dataDir, "journal.sqlite"));
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

export const keptAlarmEvents = (dataDir: string): { readonly bay: string; readonly event: AlarmEvent }[] =>
  readJournal(dataDir, "select bay, body from event where type = 'alarm' order by id").map(({ bay, body }) => ({
    bay: String(bay),
    event: JSON.parse(String(body)),
  }));

/** With an input its alarms, and after them the end of the session if that is what it was. */
const keptStory = (
  dataDir: string,
): { readonly bay: string; readonly event: AlarmEvent | { readonly type: "act" } }[] =>
  readJournal(
    dataDir,
    `select bay, body from event
     where type = 'alarm' or type = 'act' and json_extract(body, '$.command') in ('discharge', 'abandon-session')
     order by seq, type = 'act', id`,
  ).map(({ bay, body }) => ({ bay: String(bay), event: JSON.parse(String(body)) }));

/**
 * The physiological alarms that stand at the end of the story, with when each was raised: "bay alarm raisedAt". What
 * latched stands until it is acknowledged, or its session ends.
 */
export function standingAfter(dataDir: string): string[] {
  const standing = new Map<string, { bay: string; raisedAt: number; gone: boolean }>();
  for (const { bay, event } of keptStory(dataDir)) {
    if (event.type === "act") {
      for (const [key, alarm] of standing) if (alarm.bay === bay && alarm.gone) standing.delete(key);
      continue;
    }
    if (event.kind !== "physiological") continue;
    const key = `${bay} ${event.alarm}`;
    const alarm = standing.get(key);
    if (event.change === "raised") standing.set(key, { bay, raisedAt: event.at, gone: false });
    else if (event.change === "cleared" && event.latched !== true) standing.delete(key);
    else if (event.change === "cleared" && alarm !== undefined) standing.set(key, { ...alarm, gone: true });
    else if (event.change === "acknowledged" && alarm?.gone === true) standing.delete(key);
  }
  return [...standing].map(([key, { raisedAt }]) => `${key} ${raisedAt}`).sort();
}

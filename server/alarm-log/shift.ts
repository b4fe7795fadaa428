/** What a shift hands on: its sessions, its alarms, and where limits and alarms are not as the protocol has them. */
import type { AtMs, BayId, SessionId } from "@vigil/shared/ids";
import { type Command, commandSchema, type Phase } from "@vigil/shared/session";
import type { Alert, ShiftChange, ShiftReport, ShiftSession } from "@vigil/shared/wire";
import type { Rows } from "./rows.ts";

/** High and medium alarms on paper; what is left out is counted, and stands in the log. */
const MOST_LISTED = 250;

interface Shift {
  readonly from: AtMs;
  readonly to: AtMs;
}

/** `raised`: the numbers of the episodes raised in the shift, in order. */
export function shiftOf(
  rows: Rows,
  shift: Shift,
  raised: readonly number[],
  now: AtMs,
): Pick<ShiftReport, "sessions" | "alarms" | "leftOut" | "changes"> {
  const all = rows.alerts(raised);
  const high = all.filter(({ priority }) => priority === "high");
  const medium = all.filter(({ priority }) => priority === "medium");
  const listed = [...high, ...medium].slice(0, MOST_LISTED);
  const sessions = sessionsIn(rows, shift, all, now);
  const leftOut = { high: 0, medium: 0, low: all.length - high.length - medium.length };
  leftOut.high = high.length - listed.filter(({ priority }) => priority === "high").length;
  leftOut.medium = high.length + medium.length - listed.length - leftOut.high;
  return {
    sessions,
    alarms: listed.sort((a, b) => a.raisedAt - b.raisedAt || a.id - b.id),
    leftOut,
    changes: sessions.flatMap((session) => changesIn(rows, session, shift)).sort((a, b) => a.at - b.at),
  };
}

type SessionRow = readonly [
  id: SessionId,
  bay: BayId,
  openedAt: AtMs,
  endedAt: AtMs | null,
  phase: Phase,
  initials: string,
  name: string | null,
  recordNumber: string | null,
  drug: string | null,
  doseMgPerKg: number | null,
  nurses: string,
];

function sessionsIn(rows: Rows, { from, to }: Shift, raised: readonly Alert[], now: AtMs): ShiftSession[] {
  const found = rows.arrays<SessionRow>(
    `select l.id, l.bay, l.opened_at, l.ended_at, l.phase, l.initials, l.name, l.record_number, l.drug, l.dose_mg_per_kg,
      (select json_group_array(distinct c.nurse) from care c where c.session = l.id and c.from_at < ?2 and coalesce(c.to_at, ?3) >= ?1)
     from session_list l where l.opened_at < ?2 and coalesce(l.ended_at, ?3) >= ?1 order by l.opened_at`,
    ...[from, to, Math.max(now, from)],
  );
  return found.map(([id, bay, openedAt, endedAt, phase, initials, name, recordNumber, drug, doseMgPerKg, nurses]) => {
    const alarms = { high: 0, medium: 0, low: 0 };
    for (const { session, priority } of raised) if (session === id) alarms[priority] += 1;
    return {
      ...{ id, bay, openedAt, endedAt, phase, drug, doseMgPerKg, alarms },
      patient: { initials, name, recordNumber },
      nurses: JSON.parse(nurses),
    };
  });
}

/** Made before the shift was over; an `alarm-on`, or limits set anew, end what was before. */
function changesIn(rows: Rows, { id, endedAt }: ShiftSession, { from, to }: Shift): ShiftChange[] {
  const found = rows.arrays<[BayId, AtMs, string, string]>(
    `select e.bay, e.at, json_extract(e.body, '$.by.name'), json_extract(i.command, '$.command')
     from session s join event e on e.type = 'act' and e.bay = s.bay and e.seq between s.opened_seq and coalesce(s.ended_seq, ?)
     join input i on i.seq = e.seq
     where s.id = ? and e.at < ? and json_extract(e.body, '$.command') in ('set-limits', 'alarm-off', 'alarm-on') order by e.id`,
    ...[Number.MAX_SAFE_INTEGER, id, to],
  );
  const standing = new Map<string, ShiftChange>();
  const over: ShiftChange[] = [];
  for (const [bay, at, by, text] of found) {
    const command: Command = commandSchema.parse(JSON.parse(text));
    if (command.type !== "set-limits" && command.type !== "alarm-off" && command.type !== "alarm-on") continue;
    const about = `${command.type === "set-limits" ? "limits" : "off"} ${command.vital}`;
    const before = standing.get(about);
    standing.delete(about);
    if (before !== undefined && before.at >= from) over.push({ ...before, stands: false });
    if (command.type === "alarm-on") continue;
    standing.set(about, {
      ...{ bay, session: id, at, by, vital: command.vital, stands: endedAt === null || endedAt >= to },
      what:
        command.type === "alarm-off"
          ? { type: "alarm-off", reason: command.reason }
          : { type: "limits", limits: command.limits },
    });
  }
  // What the end of the session took back matters only if it was made in this shift.
  return [...over, ...[...standing.values()].filter((change) => change.stands || change.at >= from)];
}

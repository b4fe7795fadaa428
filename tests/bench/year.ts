/** A made-up year of alarms, straight into the tables of the log: of a clinic that is open from Monday to Saturday. */
import { DatabaseSync } from "node:sqlite";
import { type Random, randomFrom } from "@vigil/simulators/random";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS = 365;
const PER_CARE = 25;
const CARE_MS = 2 * HOUR_MS;
/** Of a day in UTC. */
const STARTS_H = [7, 9.5, 12, 14.5] as const;

/** As often as they come; the last so seldom that a filter for it finds next to nothing. */
const ALARMS = [
  ...["spo2.low", "spo2.low", "spo2.low", "signal-lost.spo2", "signal-lost.spo2", "signal-lost.spo2", "sbp.high"],
  ...["sbp.high", "hr.high", "hr.low", "rr.low", "rr.low", "dbp.high", "monitor-silent", "plan-elapsed"],
  ...["ready-for-discharge", "pressure-overdue", "recovery-minimum-reached"],
] as const;
const SELDOM = "map.low";
/** Value, limit and worst value of those that have them. */
const VALUES: { readonly [alarm: string]: readonly [number, number, number] | undefined } = {
  "spo2.low": [88, 90, 85],
  "hr.high": [124, 120, 131],
  "hr.low": [48, 50, 44],
  "rr.low": [7, 8, 6],
  "sbp.high": [168, 165, 176],
  "dbp.high": [103, 100, 108],
  "map.low": [58, 60, 55],
};

interface Episode {
  readonly care: number;
  readonly bay: string;
  readonly nurse: string;
  readonly raisedAt: number;
}

/** Nothing else may have the journal open. `until`: when the year ends. */
export function fillYear(
  path: string,
  { episodes, bays, until }: { episodes: number; bays: number; until: number },
): void {
  const database = new DatabaseSync(path);
  const random = randomFrom(7, "a year of alarms");
  const insert = inserter(database, random);
  const opened = database.prepare(
    `insert into care (id, session, bay, nurse_id, nurse, protocol, initials, name, record_number, from_at, from_seq, to_at, phase)
     values (?, ?, ?, 'n', ?, ?, ?, ?, ?, ?, 1, ?, 'discharged')`,
  );
  const listed = database.prepare(
    `insert into session_list (opened_seq, stay_seq, id, bay, opened_at, ended_at, phase, initials, name, record_number, drug,
      dose_mg_per_kg) values (?1, ?1, ?2, ?3, ?4, ?5, 'discharged', 'AB', ?6, ?7, 'ketamine', 0.5)`,
  );
  const firstDay = Math.floor(until / DAY_MS) * DAY_MS - DAYS * DAY_MS;
  const open = Array.from({ length: DAYS + 1 }, (_, i) => firstDay + i * DAY_MS).filter(
    (day) => new Date(day).getUTCDay() !== 0,
  );
  const cares = Math.ceil(episodes / PER_CARE);
  database.exec("pragma synchronous = off; begin");
  let care = 0;
  let written = 0;
  for (const [i, day] of open.entries()) {
    const today: Episode[] = [];
    while (care < ((i + 1) * cares) / open.length) {
      care += 1;
      const bay = String((care % bays) + 1);
      const nurse = `Nurse ${(care % 12) + 1}`;
      const from = day + random.pick(STARTS_H) * HOUR_MS + Math.floor(random.within([0, HOUR_MS]));
      if (from + CARE_MS > until) continue;
      const protocol = care % 9 === 0 ? "Ketamine for pain" : "Adult ketamine infusion";
      opened.run(
        ...[care, `s-${care}`, bay, nurse, protocol],
        ...["AB", `Patient ${care}`, `KT-${care % 5000}`, from, from + CARE_MS],
      );
      listed.run(care, `s-${care}`, bay, from, from + CARE_MS, `Patient ${care}`, `KT-${care % 5000}`);
      for (let n = 0; n < PER_CARE; n += 1) {
        today.push({ care, bay, nurse, raisedAt: Math.floor(from + CARE_MS * random.within([0, 1]) ** 1.4) });
      }
    }
    for (const episode of today.sort((a, b) => a.raisedAt - b.raisedAt)) {
      written += 1;
      insert(written, episode);
    }
  }
  database.exec("commit");
  database.close();
}

function inserter(database: DatabaseSync, random: Random) {
  const statement = database.prepare(
    `insert into episode (id, care, bay, nurse, vital, alarm, kind, phase, rank, onset_rank, value, limit_value, extreme, raised_at,
      raised_seq, called_at, acked_at, acked_by, waited_ms, cleared_at, duration_ms, over_at, over_why, state, self_cleared,
      latched, paused_ms, rungs, mark) values (?, ?, ?, ?, ?, ?, ?, 'infusing', ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?,
      'cleared', 'over', ?, 0, 0, '[]', ?)`,
  );
  return (id: number, { care, bay, nurse, raisedAt }: Episode): void => {
    const alarm = random.within([0, 1]) < 0.001 ? SELDOM : random.pick(ALARMS);
    const [source = "", of] = alarm.split(".");
    const kind = /high|low/.test(alarm)
      ? "physiological"
      : /monitor|signal|pressure/.test(alarm)
        ? "technical"
        : "procedural";
    const vital = kind === "physiological" ? source : (of ?? null);
    const draw = random.within([0, 1]);
    const rank = kind === "procedural" ? 1 : draw < 0.05 ? 3 : draw < 0.5 ? 2 : 1;
    const waited = random.within([0, 1]) < 0.6 ? Math.floor(4_000 + 400_000 * random.within([0, 1]) ** 5) : null;
    const lasted = Math.floor(5_000 + 2_400_000 * random.within([0, 1]) ** 8);
    const mark = random.within([0, 1]) < 0.05 ? (random.within([0, 1]) < 0.2 ? "yes" : "no") : null;
    statement.run(
      ...[id, care, bay, nurse, vital, alarm, kind, rank, rank],
      ...(VALUES[alarm] ?? [null, null, null]),
      ...[raisedAt, raisedAt],
      ...[waited === null ? null : raisedAt + waited, waited === null ? null : nurse, waited],
      ...[raisedAt + lasted, lasted, raisedAt + lasted, waited === null ? 1 : 0, mark],
    );
  };
}

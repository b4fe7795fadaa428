/** One alarm with all that happened to it, and the readings around it. */
import type { AlarmEvent, DeliveryEvent } from "@vigil/shared/alarms";
import { decimate } from "@vigil/shared/chart";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { VITALS, type Vital } from "@vigil/shared/vitals";
import type { Alert, AlertStep, AlertStory } from "@vigil/shared/wire";
import type { Rows } from "./rows.ts";

const MINUTE_MS = 60_000;
const AROUND_MS = 5 * MINUTE_MS;
const MOST_STEPS = 500;
/** More of them are drawn by the first, the lowest, the highest and the last of each stretch, of which there are so many. */
const MOST_READINGS = 2_000;
const STRETCHES = 400;

/** Inputs of one bay while the session was there. */
interface Stay {
  readonly bay: BayId;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** `null` when there is none of this number. */
export function storyOf(rows: Rows, id: number, now: AtMs): Omit<AlertStory, "zone"> | null {
  const [alert] = rows.alerts([id]);
  if (alert === undefined) return null;
  const endsAt = Math.max(alert.over?.at ?? now, alert.clearedAt ?? 0);
  const stays = staysOf(rows, alert);
  const told = stays.flatMap((stay) => eventsOf(rows, stay, alert, endsAt));
  const pauses = rows.all(
    `select n.at, n.until, n.by, n.what from care_note n join care c on c.id = n.care
     where c.session = ? and n.at <= ? and coalesce(n.until, n.at) >= ?`,
    ...[alert.session, endsAt, alert.raisedAt],
  );
  return {
    alert,
    steps: [
      ...told.map(stepOf),
      ...pauses.map(({ at, by, what }) => ({ at, what: NOTE_TEXT[what], who: by, value: null })),
    ].sort((a, b) => a.at - b.at),
    marks: rows
      .all("select at, by, actionable, why from alarm_mark where episode = ? order by seq", id)
      .map(({ at, by, actionable, why }) => ({ at, by: JSON.parse(by), actionable, why })),
    readings: drawnOf(stays.flatMap((stay) => readingsOf(rows, stay, alert, endsAt + AROUND_MS))),
    limits: limitsOf(told, alert),
  };
}

/** From the session's own inputs alone, so that nobody else's values are shown. */
function staysOf(rows: Rows, { session, raisedAt }: Alert): Stay[] {
  return rows
    .all(
      `select s.bay, s.opened_seq, s.ended_seq from session s left join input last on last.seq = s.ended_seq
       where s.id = ? and coalesce(last.at, ?2) >= ?2 order by s.opened_seq`,
      ...[session, raisedAt - AROUND_MS],
    )
    .map(({ bay, opened_seq: fromSeq, ended_seq: toSeq }) => ({
      bay,
      fromSeq,
      toSeq: toSeq ?? Number.MAX_SAFE_INTEGER,
    }));
}

/** The first input of a stay dated `at` or later: instants never go back along the numbers of a session. */
function seqAt(rows: Rows, { bay, fromSeq, toSeq }: Stay, at: AtMs): number {
  let low = fromSeq;
  const [last] = rows.all("select seq from bay_input where bay = ? and seq <= ? order by seq desc limit 1", bay, toSeq);
  let high = (last?.seq ?? fromSeq) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [next] = rows.all(
      "select seq, at from bay_input where bay = ? and seq >= ? order by seq limit 1",
      bay,
      middle,
    );
    if (next === undefined || next.at >= at) high = middle;
    else low = next.seq + 1;
  }
  return low;
}

/** What happened, with the name of whoever did it. */
type Told = (AlarmEvent | DeliveryEvent) & { readonly name: string | null };

function eventsOf(rows: Rows, stay: Stay, { alarm, raisedAt }: Alert, endsAt: AtMs): Told[] {
  // What time alone brought has the number of the input before it.
  const until = Math.min(stay.toSeq, seqAt(rows, stay, endsAt + 1));
  const from = Math.max(stay.fromSeq, seqAt(rows, stay, raisedAt - AROUND_MS));
  return rows
    .all(
      `select e.body, case when e.body ->> '$.by' = i.command ->> '$.by.id' then i.command ->> '$.by.name' end as by
        from event e left join input i on i.seq = e.seq and i.command_id is not null
        where e.bay = ? and e.seq between ? and ? and e.at between ? and ?
        and e.type in ('alarm', 'delivery') and json_extract(e.body, '$.alarm') = ? order by e.id limit ${MOST_STEPS}`,
      ...[stay.bay, from, until, raisedAt, endsAt, alarm],
    )
    .map(({ body, by }) => ({ ...JSON.parse(body), name: by }));
}

function readingsOf(rows: Rows, stay: Stay, { vital, raisedAt }: Alert, until: AtMs): AlertStory["readings"] {
  if (vital === null) return [];
  const named = 1 << VITALS.indexOf(vital);
  const from = seqAt(rows, stay, raisedAt - AROUND_MS);
  const whole = rows
    .all(
      `select seq, at, ${vital} as value from bay_input where bay = ? and seq between ? and ? and at <= ? and named is not null
        and (${vital} is not null or (named & ${named}) <> 0) order by seq`,
      ...[stay.bay, from, Math.min(stay.toSeq, seqAt(rows, stay, until + 1)), until],
    )
    .map(({ at, value }) => ({ at, value }));
  const thinned = thinnedOf(rows, stay, vital, [raisedAt - AROUND_MS, until]);
  return thinned.length === 0 ? whole : [...whole, ...thinned].sort((a, b) => a.at - b.at);
}

function drawnOf(readings: AlertStory["readings"]): AlertStory["readings"] {
  if (readings.length <= MOST_READINGS) return readings;
  const series = { at: readings.map(({ at }) => at), value: readings.map(({ value }) => value) };
  const window = { from: series.at[0] ?? 0, to: series.at.at(-1) ?? 0, buckets: STRETCHES };
  const { at, value } = decimate(series, window);
  return at.map((when, i) => ({ at: when, value: value[i] ?? null }));
}

/** What is left of thinned readings: the lowest and the highest value of each whole minute of the stay. */
function thinnedOf(rows: Rows, stay: Stay, vital: Vital, [from, to]: readonly [AtMs, AtMs]): AlertStory["readings"] {
  return rows
    .all(
      `select m.at, m.low as value, m.high as extreme from thinned_minute m where m.bay = ?1 and m.vital = ?2 and m.at between ?3 and ?4
        and m.at >= (select at from input where seq = ?5) and m.at + ${MINUTE_MS} <= coalesce((select at from input where seq = ?6), ?4)
       order by m.at`,
      ...[stay.bay, vital, from, to, stay.fromSeq, stay.toSeq],
    )
    .flatMap(({ at, value, extreme }) => [
      { at: at + MINUTE_MS / 3, value },
      { at: at + (2 * MINUTE_MS) / 3, value: extreme },
    ]);
}

/** From the raising on, each limit that was in force, once. */
function limitsOf(told: readonly (AlarmEvent | DeliveryEvent)[], { limit, raisedAt }: Alert): AlertStory["limits"] {
  const limits = limit === null ? [] : [{ at: raisedAt, limit }];
  for (const event of told) {
    if (event.type !== "alarm" || event.limit === null || event.limit === limits.at(-1)?.limit) continue;
    limits.push({ at: event.at, limit: event.limit });
  }
  return limits;
}

function stepOf(told: Told): AlertStep {
  const { at } = told;
  if (told.type === "delivery") {
    const isSeen = told.state === "confirmed";
    const why = told.reason === null || isSeen ? "" : ` (${told.reason})`;
    return { at, what: `${told.target}: ${told.state}${why}`, who: isSeen ? told.reason : null, value: null };
  }
  const isShift = told.change === "escalated" || told.change === "deescalated";
  const what = isShift ? `${told.change} to ${told.priority}` : CHANGE_TEXT[told.change];
  const more = [...(told.latched === true ? ["latched"] : []), ...(told.reason === undefined ? [] : [told.reason])];
  const who = told.name ?? told.by ?? null;
  return { at, what: [what, ...more].join(", ").replaceAll("-", " "), who, value: told.value };
}

const CHANGE_TEXT = {
  raised: "raised",
  escalated: "escalated",
  deescalated: "deescalated",
  cleared: "cleared",
  unknown: "no valid value any more",
  present: "valid values again",
  acknowledged: "acknowledged",
  reminded: "reminded that it still holds",
} as const;

const NOTE_TEXT = {
  pause: "sound of the bay paused",
  limits: "limits edited",
  "alarm-off": "alarms of a vital switched off",
} as const;

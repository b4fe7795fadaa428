/** The measures of a period, from the log in small steps: a year of it must not delay another question. */
import type { AtMs, BayId } from "@vigil/shared/ids";
import {
  type CareSpan,
  MARKS,
  type MeasuredNote,
  type Measures,
  MeasuresOf,
  type PlaceOf,
} from "@vigil/shared/measures";
import type { MeasuresScope } from "@vigil/shared/wire";
import { KINDS, PRIORITY_OF_RANK } from "./columns.ts";
import type { EpisodeIndex } from "./find.ts";
import type { Rows } from "./rows.ts";

const STEP = 20_000;

export interface Measured {
  readonly index: EpisodeIndex;
  readonly rows: Rows;
  /** The protocol of a care, by its code. */
  readonly protocolOf: (care: number) => string;
  readonly placeOf: PlaceOf;
}

export async function measure(
  { index, rows, protocolOf, placeOf }: Measured,
  scope: MeasuresScope,
  now: AtMs,
): Promise<Measures> {
  const { from, to, bay, nurse, protocol, hours } = scope;
  const measures = new MeasuresOf({ from, to, now: Math.min(now, to), placeOf, hours });
  for (const span of careIn(rows, scope, now)) measures.care(span);
  for (const note of notesIn(rows, scope, now)) measures.note(note);
  const { columns } = index;
  const places = index.raised();
  const bayCode = bay === undefined ? undefined : columns.bays.find(bay);
  const nurseCode = nurse === undefined ? undefined : columns.nurses.find(nurse);
  const isStranger = (bay !== undefined && bayCode === undefined) || (nurse !== undefined && nurseCode === undefined);
  for (let i = isStranger ? places.length : index.firstFrom(from); i < places.length; i += 1) {
    if (i % STEP === 0) await new Promise((resolve) => setImmediate(resolve));
    const place = places[i] ?? 0;
    const { of } = columns;
    const raisedAt = of.raisedAt[place] ?? 0;
    if (raisedAt >= to) break;
    if (bayCode !== undefined && of.bay[place] !== bayCode) continue;
    if (nurseCode !== undefined && of.nurse[place] !== nurseCode) continue;
    const under = protocolOf(of.care[place] ?? 0);
    if (protocol !== undefined && under !== protocol) continue;
    const held = of.held[place] ?? Number.NaN;
    const waited = of.waited[place] ?? Number.NaN;
    measures.episode({
      raisedAt,
      clearedAt: Number.isNaN(held) ? null : raisedAt + held,
      // The journal's own names of its own bays.
      bay: columns.bays.values[of.bay[place] ?? 0] as BayId,
      nurse: columns.nurses.values[of.nurse[place] ?? 0] ?? "",
      protocol: under,
      alarm: columns.alarms.values[of.alarm[place] ?? 0] ?? "",
      kind: KINDS[of.kind[place] ?? 0] ?? "technical",
      priority: PRIORITY_OF_RANK[of.rank[place] ?? 0] ?? "low",
      acknowledgedAfterMs: Number.isNaN(waited) ? null : waited,
      unansweredMs: columns.unansweredMs(place, now),
      selfCleared: of.selfCleared[place] === 1,
      mark: MARKS[of.mark[place] ?? 0] ?? null,
    });
  }
  for (const [place, before] of columns.silences) {
    const { of } = columns;
    if (bayCode !== undefined && of.bay[place] !== bayCode) continue;
    if (nurseCode !== undefined && of.nurse[place] !== nurseCode) continue;
    if (isStranger || (protocol !== undefined && protocolOf(of.care[place] ?? 0) !== protocol)) continue;
    const raisedAt = of.raisedAt[place] ?? 0;
    measures.silence(raisedAt - before, raisedAt + columns.heldMs(place, now));
  }
  return measures.result();
}

/** Care that touches a scope. */
function* careIn(rows: Rows, { from, to, bay, nurse, protocol }: MeasuresScope, now: AtMs): Iterable<CareSpan> {
  const found = rows.arrays<[BayId, string, string, AtMs, AtMs | null]>(
    `select bay, nurse, protocol, from_at, to_at from care where from_at < ?2 and coalesce(to_at, ?2) > ?1
      and (?3 is null or bay = ?3) and (?4 is null or nurse = ?4) and (?5 is null or protocol = ?5)`,
    ...[from, to, bay ?? null, nurse ?? null, protocol ?? null],
  );
  for (const [at, by, under, begins, ends] of found) {
    yield { bay: at, nurse: by, protocol: under, from: begins, to: Math.min(ends ?? now, now) };
  }
}

function* notesIn(rows: Rows, { from, to, bay, nurse, protocol }: MeasuresScope, now: AtMs): Iterable<MeasuredNote> {
  const found = rows.arrays<[MeasuredNote["what"], AtMs, AtMs | null]>(
    `select n.what, n.at, n.until from care_note n join care c on c.id = n.care where n.at < ?2 and coalesce(n.until, ?2) >= ?1
      and (?3 is null or c.bay = ?3) and (?4 is null or c.nurse = ?4) and (?5 is null or c.protocol = ?5)`,
    ...[from, to, bay ?? null, nurse ?? null, protocol ?? null],
  );
  for (const [what, at, until] of found) yield { what, at, until: until ?? now };
}

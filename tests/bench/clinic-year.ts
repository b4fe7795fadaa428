/** A year of a clinic in a journal: sessions that simulators lived through second by second, and copies of them day after day. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { RunningServer } from "@vigil/server";
import { advance, newBay } from "@vigil/shared/bay";
import { type BayId, bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { commandSchema } from "@vigil/shared/session";
import { newBedside, newPast, nurseOfPlace } from "@vigil/simulators/bedside";
import { scenarioNamed } from "@vigil/simulators/scenario";

export const BAYS = 8;
const SESSION_S = 2 * 3600;
const DAY_MS = 86_400_000;
const PROTOCOL = protocolSchema.parse({});
const MIX = [
  ...["calm", "calm", "desaturation", "hypertensive-surge", "bradycardia", "probe-off", "snoring", "calm"],
  ...["relative-rise", "desaturation-in-recovery", "tachycardia", "motion-artefact", "monitor-dropout", "calm"],
] as const;

type Past = ReturnType<RunningServer["openPast"]>;
type Steps = Parameters<Past["keep"]>[1];

/** Inputs of one session of two hours at the most, a reading a second, with what was decided on each. */
function livedSession(bay: BayId, place: number, from: number, seed: number): Steps {
  const scenario = scenarioNamed(MIX[seed % MIX.length] ?? "calm");
  if (scenario === null) throw new Error("the library lacks a scenario of the mix");
  const by = nurseOfPlace(place);
  const bedside = newBedside({
    bay,
    seed,
    protocol: PROTOCOL,
    pace: { preparationMin: [5, 9], turnoverMin: [0, 0] },
    scenarioFor: () => scenario,
  });
  const second = newPast(bedside, bay, PROTOCOL, by);
  const steps: Steps[number][] = [];
  let state = newBay(bay, PROTOCOL);
  const take = (input: Steps[number]["input"]) => {
    const { bay: after, events } = advance(state, input);
    state = after;
    steps.push({ input, events });
  };
  for (let s = 0; s < SESSION_S; s += 1) {
    for (const input of second(from + s * 1000)) {
      if (input.kind === "tick") continue;
      const isOpening = input.kind === "command" && input.command.type === "open-session";
      // Opened with its rules, as the ward does.
      take(isOpening ? { ...input, command: { ...input.command, protocol: PROTOCOL } } : input);
      if (steps.length > 1 && state.session === null) return steps;
    }
  }
  if (state.session === null) return steps;
  const command = commandSchema.parse({
    type: "abandon-session",
    reason: "the two hours are over",
    left: "against-advice",
  });
  take({ kind: "command", at: from + SESSION_S * 1000, id: commandIdSchema.parse(`end-${seed}`), by, command });
  return steps;
}

/**
 * Copies everything in the journal so many days back, `times` times. Ids of sessions and commands get the copy's number.
 * What is derived for the alarm log is left out: nothing here asks it.
 */
export function copyDays(dataDir: string, days: number, times: number): void {
  const database = new DatabaseSync(join(dataDir, "journal.sqlite"));
  database.exec("pragma synchronous = off; pragma cache_size = -200000");
  const { last } = database.prepare("select max(seq) as last from input").get() as { last: number };
  const ids = database.prepare("select id from session").all() as { id: string }[];
  const renamed = ids.reduce((sql, { id }) => `replace(${sql}, '"${id}"', '"${id}.' || :n || '"')`, "command");
  const copy = database.prepare(
    `insert into input (seq, bay, at, measured_at, cadence_s, named, hr, spo2, rr, sbp, dbp, map, command_id, command)
     select seq + :n * :last, bay, at - :n * :back, measured_at - :n * :back, cadence_s, named, hr, spo2, rr, sbp, dbp, map,
       command_id || '.' || :n, case when command is null then null else ${renamed} end
     from input where seq <= :last order by seq`,
  );
  const others = [
    `insert into session (id, bay, opened_seq, opened_at, ended_seq)
     select id || '.' || :n, bay, opened_seq + :n * :last, opened_at - :n * :back, ended_seq + :n * :last
     from session where opened_seq <= :last`,
    `insert into session_list (opened_seq, id, bay, stay_seq, ended_seq, opened_at, ended_at, phase, initials, name,
       record_number, drug, dose_mg_per_kg)
     select opened_seq + :n * :last, id || '.' || :n, bay, stay_seq + :n * :last, ended_seq + :n * :last,
       opened_at - :n * :back, ended_at - :n * :back, phase, initials, name, record_number, drug, dose_mg_per_kg
     from session_list where opened_seq <= :last`,
  ].map((sql) => database.prepare(sql));
  for (let n = 1; n <= times; n += 1) {
    const values = { n, last, back: days * DAY_MS };
    database.exec("begin");
    for (const statement of [copy, ...others]) statement.run(values);
    database.exec("commit");
  }
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
}

/** Tells `days` days of eight bays, a session each, into a new ward. @returns how many sessions and inputs */
export function tellDays(
  past: Past,
  days: number,
  until: number,
): { readonly sessions: number; readonly inputs: number } {
  let inputs = 0;
  for (let day = 0; day < days; day += 1) {
    for (let place = 0; place < BAYS; place += 1) {
      const from = until - (days - day) * DAY_MS + place * 7 * 60_000;
      const bay = bayIdSchema.parse(String(place + 1));
      const steps = livedSession(bay, place, from, 1 + day * BAYS + place);
      if (!past.keep(bay, steps)) throw new Error("there is no room for the past");
      inputs += steps.length;
    }
  }
  return { sessions: days * BAYS, inputs };
}

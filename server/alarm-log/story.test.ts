/** The story of one alarm, from rows as the journal keeps them. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openSqliteJournal } from "../journal/index.ts";
import { temporaryDirectory } from "../testing/index.ts";
import { Rows } from "./rows.ts";
import { storyOf } from "./story.ts";

const SECOND = 1_000;
const RAISED = 600;
const CLEARED = 3_000;

/** An hour of SpO₂ at one a second, of which the patient was too low for forty minutes. */
async function desaturated() {
  const directory = temporaryDirectory();
  (await openSqliteJournal(directory)).close();
  const database = new DatabaseSync(join(directory, "journal.sqlite"));
  database.exec("pragma synchronous = off; begin");
  database.exec("insert into session (id, bay, opened_seq, opened_at) values ('s1', '1', 1, 0)");
  database.exec("insert into care values (1, 's1', '1', 'n', 'Nora', 'P', 'AB', null, null, 0, 1, null, 'infusing')");
  const reading = database.prepare("insert into input (seq, bay, at, named, spo2) values (?, '1', ?, 2, ?)");
  for (let i = 1; i <= 3_600; i += 1) {
    const value = i === 1_234 ? 61 : i === 2_345 ? 89.5 : i >= RAISED && i < CLEARED ? 86 : 97;
    reading.run(i * 10, i * SECOND, value);
  }
  database.exec(
    `insert into episode (id, care, bay, nurse, vital, alarm, kind, phase, rank, onset_rank, value, limit_value, raised_at, raised_seq,
      called_at, acked_at, acked_by, waited_ms, cleared_at, duration_ms, over_at, over_why, state, self_cleared, latched, paused_ms, rungs, mark)
     values (9, 1, '1', 'Nora', 'spo2', 'spo2.low', 'physiological', 'infusing', 3, 3, 86, 90, ${RAISED * SECOND}, ${RAISED * 10},
      ${RAISED * SECOND}, 900000, 'Otto', 300000, ${CLEARED * SECOND}, 2400000, ${CLEARED * SECOND}, 'cleared', 'over', 0, 0, 0, '[]', 'no')`,
  );
  database.exec(
    `insert into alarm_mark (episode, at, by, actionable, why) values (9, 1, '{"id":"n","name":"Nora","role":"nurse"}', 'yes', null),
      (9, 2, '{"id":"s","name":"Sam","role":"supervisor"}', 'no', 'the probe slipped')`,
  );
  const alarm = { type: "alarm", alarm: "spo2.low", kind: "physiological", tier: "critical", priority: "high" };
  const event = database.prepare("insert into event (bay, seq, at, type, body) values ('1', ?, ?, ?, ?)");
  const tell = (i: number, body: { readonly type: string; readonly [more: string]: unknown }) =>
    event.run(i * 10, i * SECOND, body.type, JSON.stringify({ at: i * SECOND, ...body }));
  const rung = { type: "delivery", alarm: "spo2.low", priority: "high", rung: 0, target: "second nurse" };
  tell(RAISED, { ...alarm, change: "raised", value: 86, limit: 90 });
  tell(630, { ...rung, state: "confirmed", reason: "screen of Otto" });
  for (const [i, by] of [
    [700, { id: "p-17", name: "Nora" }],
    [900, { id: "p-18", name: "Otto" }],
  ] as const) {
    const act = JSON.stringify({ by, command: { type: "acknowledge-alarm", alarm: "spo2.low" } });
    database
      .prepare("insert into input (seq, bay, at, command_id, command) values (?, '1', ?, ?, ?)")
      .run(i * 10 + 1, i * SECOND, `c${i}`, act);
    const body = { ...alarm, change: "acknowledged", value: 86, limit: 90, by: by.id };
    event.run(i * 10 + 1, i * SECOND, "alarm", JSON.stringify({ at: i * SECOND, ...body }));
  }
  tell(CLEARED, { ...alarm, change: "cleared", value: 97, limit: 90 });
  database.exec("commit");
  const story = storyOf(new Rows(database), 9, 4_000 * SECOND);
  if (story === null) throw new Error("there is no story");
  return story;
}

it("shows a long alarm to its end, with the worst and the best between", async () => {
  const { readings } = await desaturated();
  expect(readings.length).toBeLessThanOrEqual(2_000);
  expect([readings[0]?.at, readings.at(-1)?.at]).toEqual([(RAISED - 300) * SECOND, (CLEARED + 300) * SECOND]);
  for (const value of [61, 89.5]) expect(readings.map((reading) => reading.value)).toContain(value);
});

it("names everybody who acknowledged, and on whose screen it was seen", async () => {
  const { steps } = await desaturated();
  expect(steps.map(({ what, who }) => `${what} by ${who}`)).toEqual([
    "raised by null",
    "second nurse: confirmed by screen of Otto",
    "acknowledged by Nora",
    "acknowledged by Otto",
    "cleared by null",
  ]);
});

it("has the last mark beside the alarm itself", async () => {
  expect((await desaturated()).alert.mark).toEqual({ actionable: "no", by: "Sam", why: "the probe slipped" });
});

/** The log's answers from its columns, against SQLite's own over the same rows. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ALERT_PAGE, type AlertFilter, alertFilterSchema } from "@vigil/shared/wire";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { openSqliteJournal } from "../journal/index.ts";
import { temporaryDirectory } from "../testing/index.ts";
import { AlarmLogAnswers } from "./answers.ts";

const NOW = 10_000_000;
const ALARMS = ["spo2.low", "hr.high", "monitor-silent", "plan-elapsed"] as const;
const KIND = { "spo2.low": "physiological", "hr.high": "physiological", "monitor-silent": "technical" } as const;

const anEpisode = fc.record({
  care: fc.integer({ min: 1, max: 4 }),
  alarm: fc.constantFrom(...ALARMS),
  rank: fc.integer({ min: 1, max: 3 }),
  raisedAt: fc.integer({ min: 0, max: 60 }).map((n) => n * 100_000),
  waited: fc.option(fc.integer({ min: 0, max: 9 }).map((n) => n * 20_000)),
  lasted: fc.option(fc.integer({ min: 1, max: 9 }).map((n) => n * 30_000)),
  state: fc.constantFrom("standing", "unseen", "over"),
  mark: fc.option(fc.constantFrom("yes", "no")),
});
type Episode = typeof anEpisode extends fc.Arbitrary<infer E> ? E : never;

const aQuestion = fc.record(
  {
    from: fc.integer({ min: 0, max: 5_000_000 }),
    to: fc.integer({ min: 1_000_000, max: 7_000_000 }),
    bay: fc.constantFrom("1", "2", "9"),
    patient: fc.constantFrom("alma", "KET", "o'", "%", "nobody"),
    nurse: fc.constantFrom("Nora", "Otto", "' or 1=1 --"),
    vital: fc.constantFrom("spo2", "hr", "map"),
    priority: fc.constantFrom("high", "medium", "low"),
    kind: fc.constantFrom("physiological", "technical", "procedural"),
    state: fc.constantFrom("standing", "unseen", "over"),
    over: fc.constantFrom(0, 60, 100),
    mark: fc.constantFrom("yes", "no", "none"),
    sort: fc.constantFrom("newest", "oldest", "slowest-answered", "longest-unanswered", "longest"),
  },
  { requiredKeys: [] },
);

async function anEmptyLog() {
  const directory = temporaryDirectory();
  (await openSqliteJournal(directory)).close();
  const database = new DatabaseSync(join(directory, "journal.sqlite"));
  database.exec("pragma synchronous = off; begin");
  const care = database.prepare("insert into care values (?, ?, ?, 'n', ?, 'P', ?, ?, ?, 0, 1, null, 'infusing')");
  care.run(1, "s1", "1", "Nora", "AB", "Alma", "KET-1");
  care.run(2, "s2", "2", "Otto", "KE", null, null);
  care.run(3, "s3", "1", "Otto", "ZO", "Zoe O'Hara", "100%");
  care.run(4, "s4", "2", "Nora", "XX", "Xaver", "KET-2");
  database.exec("commit");
  return database;
}

const BAY = ["", "1", "2", "1", "2"];
const NURSE = ["", "Nora", "Otto", "Otto", "Nora"];

function write(
  database: DatabaseSync,
  id: number,
  { care, alarm, rank, raisedAt, waited, lasted, state, mark }: Episode,
) {
  const vital = alarm.includes(".") ? alarm.slice(0, alarm.indexOf(".")) : null;
  const cleared = state === "standing" || lasted === null ? null : raisedAt + lasted;
  const over = state === "over" ? (cleared ?? raisedAt + 5_000) : null;
  database
    .prepare(
      `insert or replace into episode (id, care, bay, nurse, vital, alarm, kind, phase, rank, onset_rank, raised_at,
        raised_seq, called_at, acked_at, waited_ms, cleared_at, duration_ms, over_at, over_why, state, self_cleared, latched,
        paused_ms, rungs, mark) values (?, ?, ?, ?, ?, ?, ?, 'infusing', ?, 1, ?, 1, ?, ?, ?, ?, ?, ?, 'cleared', ?, 0, 0, 0, '[]', ?)`,
    )
    .run(
      ...[id, care, BAY[care]!, NURSE[care]!, vital, alarm, KIND[alarm as keyof typeof KIND] ?? "procedural", rank],
      ...[raisedAt, raisedAt, waited === null ? null : raisedAt + waited, waited, cleared],
      ...[cleared === null ? null : cleared - raisedAt, over, state, mark],
    );
}

const UNANSWERED = `coalesce(waited_ms, coalesce(over_at, ${NOW}) - called_at)`;
const ORDER = {
  newest: "raised_at desc, e.id desc",
  oldest: "raised_at, e.id",
  "slowest-answered": "coalesce(waited_ms, -1) desc",
  "longest-unanswered": `${UNANSWERED} desc`,
  longest: `coalesce(cleared_at, over_at, ${NOW}) - raised_at desc`,
};
const SQL: { readonly [K in string]: string } = {
  from: "raised_at >= ?",
  to: "raised_at < ?",
  bay: "e.bay = ?",
  patient:
    "instr(lower(c.initials || ' ' || coalesce(c.name, '') || ' ' || coalesce(c.record_number, '')), lower(?)) > 0",
  nurse: "e.nurse = ?",
  vital: "vital = ?",
  priority: "rank = case ? when 'high' then 3 when 'medium' then 2 else 1 end",
  kind: "kind = ?",
  state: "state = ?",
  over: `${UNANSWERED} > 1000 * ?`,
  mark: "coalesce(mark, 'none') = ?",
};

function told(database: DatabaseSync, { sort, ...asked }: AlertFilter) {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return database
    .prepare(
      `select e.id, ${UNANSWERED} as unanswered, coalesce(waited_ms, -1) as waited,
        coalesce(cleared_at, over_at, ${NOW}) - raised_at as held from episode e join care c on c.id = e.care
       where ${["true", ...given.map(([key]) => SQL[key]!)].join(" and ")} order by ${ORDER[sort]}`,
    )
    .all(...given.map(([, value]) => value as string | number)) as Record<
    "id" | "unanswered" | "waited" | "held",
    number
  >[];
}

it("finds, counts, sorts and pages as SQLite does, whatever is asked and whatever changes meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anEpisode, { minLength: 1, maxLength: 130 }),
      fc.array(fc.tuple(fc.nat(150), anEpisode), { maxLength: 20 }),
      fc.array(aQuestion, { minLength: 1, maxLength: 6 }),
      async (episodes, changes, questions) => {
        const database = await anEmptyLog();
        for (const [i, episode] of episodes.entries()) write(database, i + 1, episode);
        const answers = new AlarmLogAnswers(database, "Europe/Berlin");
        const touched: number[] = [];
        let last = episodes.length;
        for (const [of, change] of changes) {
          // An old one that changed (but for when it was raised), or one more.
          const id = of < episodes.length ? of + 1 : ++last;
          const was = database.prepare("select raised_at from episode where id = ?").get(id)?.raised_at;
          write(database, id, was === undefined ? change : { ...change, raisedAt: Number(was) });
          touched.push(id);
        }
        answers.follow(touched);
        for (const question of questions) {
          const filter = alertFilterSchema.parse(question) as AlertFilter;
          const all = told(database, filter);
          const found = [0, 1, 2].flatMap((page) => {
            const { alerts, total } = answers.page(filter, page, NOW);
            expect(total).toBe(all.length);
            return alerts.map(({ id }) => id);
          });
          // Where lengths are equal any order will do.
          const key = { "slowest-answered": "waited", "longest-unanswered": "unanswered", longest: "held" } as const;
          const by = filter.sort === "newest" || filter.sort === "oldest" ? "id" : key[filter.sort];
          const keyOf = new Map(all.map((row) => [row.id, row[by]]));
          const shown = all.slice(0, 3 * ALERT_PAGE);
          expect(found.map((id) => keyOf.get(id))).toEqual(shown.map((row) => row[by]));
          expect(new Set(found).size).toBe(shown.length);
        }
        database.close();
      },
    ),
    { numRuns: 25 },
  );
});

it("exports every row once and in order, part by part, though alarms come and change meanwhile", async () => {
  const database = await anEmptyLog();
  const [one] = fc.sample(anEpisode, { numRuns: 1, seed: 3 });
  database.exec("begin");
  for (let id = 1; id <= 2_500; id += 1)
    write(database, id, { ...one!, raisedAt: Math.floor(id / 7) * 1000, state: "over" });
  database.exec("commit");
  const answers = new AlarmLogAnswers(database, "Europe/Berlin");
  const filter = { sort: "newest" } as const;
  let text = "";
  let part = answers.exportPart("csv", filter, null, NOW);
  for (let id = 2_501; part.upTo !== null; id += 1) {
    text += part.text;
    write(database, id, { ...one!, raisedAt: 0 });
    write(database, 2, { ...one!, raisedAt: 0, mark: "yes" });
    answers.follow([id, 2]);
    part = answers.exportPart("csv", filter, part.upTo, NOW);
  }
  text += part.text;
  const ids = (parse(text, { columns: true, bom: true }) as { id: string }[]).map(({ id }) => Number(id));
  expect(ids).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
  database.close();
});

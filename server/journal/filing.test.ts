/** Whoever asks for a bay's inputs gets all of them and no others, filed or not. */
import { statSync } from "node:fs";
import type { AtMs } from "@vigil/shared/ids";
import { expect, it, onTestFinished } from "vitest";
import { bayId, inJournal, NINE_O_CLOCK, reading, temporaryDirectory } from "../testing/index.ts";
import { type Journal, JournalFailed } from "./journal.ts";
import { openSqliteJournal } from "./sqlite-journal.ts";

const STRIDE = 8_192;
const BAYS = 7;

/** Open until the end of the test. */
async function opened(directory = temporaryDirectory()): Promise<Journal> {
  const journal = await openSqliteJournal(directory);
  onTestFinished(() => journal.close());
  return journal;
}

const bayOf = (seq: number) => bayId(String(1 + (seq % BAYS)));
const atOf = (seq: number): AtMs => NINE_O_CLOCK + seq * 100;

/** Readings of the bays in turn, some hundred with each commit. */
function write(journal: Journal, count: number): void {
  for (let n = 1; n <= count; n++) {
    const seq = journal.nextSeq();
    journal.append({ bay: bayOf(seq), seq, input: reading(atOf(seq), { hr: 60 + (seq % 40) }), events: [] });
    if (n % 300 === 0 || n === count) journal.commit();
    if (journal.isUntidy) journal.tidy();
  }
}

const filedIn = (directory: string): number =>
  Number(inJournal(directory, "select count(*) as n from filed_input")[0]?.n);
const timesOf = (journal: Journal, bay: string, from = 0, to = Number.MAX_SAFE_INTEGER): AtMs[] =>
  journal.bayInputs(bayId(bay), from, to).map(({ at }) => at);
const expectedOf = (bay: string, from: number, to: number): AtMs[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .filter((seq) => bayOf(seq) === bay)
    .map(atOf);

it("files a stride at once, and finds a bay's inputs on both sides of it and across", async () => {
  const directory = temporaryDirectory();
  const journal = await opened(directory);
  write(journal, STRIDE - 1);
  expect(filedIn(directory)).toBe(0);
  expect(timesOf(journal, "3")).toEqual(expectedOf("3", 1, STRIDE - 1));
  write(journal, 1_000);
  const filed = filedIn(directory);
  expect(filed).toBeGreaterThanOrEqual(STRIDE);
  expect(filed).toBeLessThan(STRIDE + 1_000);
  for (const [from, to] of [
    [1, STRIDE + 999],
    [filed - 50, filed + 50],
    [filed + 1, filed + 200],
    [100, 200],
  ] as const) {
    expect(timesOf(journal, "3", from, to), `${from} to ${to}`).toEqual(expectedOf("3", from, to));
  }
  expect(journal.seqAt(bayId("3"), atOf(filed + 20))).toBeGreaterThanOrEqual(filed + 20 - BAYS);
});

it("files the rest with the next start, and loses none to a crash before", async () => {
  const directory = temporaryDirectory();
  const journal = await openSqliteJournal(directory);
  write(journal, 500);
  journal.close();
  expect(filedIn(directory)).toBe(0);
  const again = await opened(directory);
  expect(filedIn(directory)).toBe(500);
  write(again, 30);
  expect(timesOf(again, "1")).toEqual(expectedOf("1", 1, 530));
});

it("finds a past that is told under numbers below what was filed meanwhile", async () => {
  const journal = await opened();
  const first = journal.reserve(20);
  write(journal, STRIDE);
  const told = { bay: bayId("9"), events: [] };
  journal.keepPast([0, 1, 2].map((n) => ({ ...told, seq: first + n, input: reading(NINE_O_CLOCK + n, { hr: 70 }) })));
  expect(timesOf(journal, "9")).toEqual([0, 1, 2].map((n) => NINE_O_CLOCK + n));
});

it("keeps nothing of a stride whose filing fails, loses no input, and files all of it the next time", async () => {
  const directory = temporaryDirectory();
  const journal = await opened(directory);
  write(journal, STRIDE - 10);
  for (let n = 0; n < 20; n++) {
    const seq = journal.nextSeq();
    journal.append({ bay: bayOf(seq), seq, input: reading(atOf(seq), { hr: 70 }), events: [] });
  }
  // The last of all that is written for it.
  inJournal(
    directory,
    "create trigger full before update on filing begin select raise(abort, 'the disk is full'); end",
  );
  expect(() => journal.tidy()).toThrow(JournalFailed);
  expect(journal.isUntidy).toBe(true);
  expect(filedIn(directory)).toBe(0);
  expect(timesOf(journal, "2")).toEqual(expectedOf("2", 1, STRIDE + 10));
  inJournal(directory, "drop trigger full");
  journal.tidy();
  expect(journal.isUntidy).toBe(false);
  expect(filedIn(directory)).toBe(STRIDE + 10);
  expect(timesOf(journal, "2")).toEqual(expectedOf("2", 1, STRIDE + 10));
});

it("keeps the log of what was committed from growing, one piece of work at a time", async () => {
  const directory = temporaryDirectory();
  const journal = await opened(directory);
  const inFile = () => statSync(journal.file).size;
  const before = inFile();
  let commits = 0;
  for (; !journal.isUntidy; commits++) {
    const seq = journal.nextSeq();
    journal.append({ bay: bayOf(seq), seq, input: reading(atOf(seq), { hr: 70 }), events: [] });
    journal.commit();
  }
  expect(commits).toBe(100);
  expect(inFile()).toBe(before);
  journal.tidy();
  expect(journal.isUntidy).toBe(false);
  expect(inFile()).toBeGreaterThan(before);
});

it("brings a journal with an index by bay along", async () => {
  const directory = temporaryDirectory();
  const old = await openSqliteJournal(directory);
  write(old, 100);
  old.close();
  for (const statement of [
    "drop view bay_input",
    "drop table filed_input",
    "drop table filing",
    "create index input_bay on input (bay, seq)",
    "delete from kysely_migration where name = '2026-12-04-filing'",
  ]) {
    inJournal(directory, statement);
  }
  const journal = await opened(directory);
  expect(timesOf(journal, "4")).toEqual(expectedOf("4", 1, 100));
  expect(inJournal(directory, "select 1 from sqlite_master where name = 'input_bay'")).toEqual([]);
});

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { bayId, inJournal, NINE_O_CLOCK, reading, temporaryDirectory } from "../testing/index.ts";
import { DataDirectoryError } from "./hold.ts";
import { migrations } from "./schema.ts";
import { openSqliteJournal } from "./sqlite-journal.ts";

/** What whoever starts the server reads. */
async function complaint(directory: string): Promise<string> {
  try {
    (await openSqliteJournal(directory)).close();
  } catch (error) {
    if (error instanceof DataDirectoryError) return error.message;
    throw error;
  }
  throw new Error("the directory was taken");
}

it("makes the directory, with those above it", async () => {
  const directory = join(temporaryDirectory(), "a", "b");
  (await openSqliteJournal(directory)).close();
  expect(existsSync(join(directory, "journal.sqlite"))).toBe(true);
});

it("holds the directory against a second server, and lets it go when closed", async () => {
  const directory = temporaryDirectory();
  const first = await openSqliteJournal(directory);
  const sentence = await complaint(directory);
  expect(sentence).toBe(
    `The data directory ${directory} is in use by another Vigil server. Stop that one, or choose another directory with VIGIL_DATA.`,
  );
  // The refused one must not have broken the hold of the first.
  expect(await complaint(directory)).toBe(sentence);
  first.nextSeq();
  first.append({ bay: bayId("1"), seq: 1, input: reading(NINE_O_CLOCK, { hr: 70 }), events: [] });
  first.commit();
  first.close();
  (await openSqliteJournal(directory)).close();
});

it.each([
  ["a path below a file", (path: string) => join(path, "file", "data"), "cannot be made"],
  ["a file", (path: string) => join(path, "file"), "cannot be made"],
])("says that %s cannot be the directory, and what to do", async (_what, of, problem) => {
  const base = temporaryDirectory();
  writeFileSync(join(base, "file"), "");
  const sentence = await complaint(of(base));
  expect(sentence).toContain(`The data directory ${of(base)} ${problem}`);
  expect(sentence).toMatch(/Choose another with VIGIL_DATA\.$/);
});

it.skipIf(!existsSync("/proc/self"))("says so at once where the system makes no directories", async () => {
  expect(await complaint("/proc/vigil/data")).toMatch(/^The data directory \/proc\/vigil\/data cannot be made: /);
});

it("says that the directory is not writable when its lock cannot be made", async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "lock.sqlite"));
  expect(await complaint(directory)).toMatch(
    /^The data directory \S+ is not writable: .+\. Choose another with VIGIL_DATA\.$/,
  );
});

it.skipIf(process.getuid?.() === 0)("says that a directory of somebody else is not writable", async () => {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o555);
  expect(await complaint(directory)).toContain("is not writable");
});

it("refuses a journal that is none, leaves it as it is and lets the directory go", async () => {
  const directory = temporaryDirectory();
  const file = join(directory, "journal.sqlite");
  writeFileSync(file, "these are my holiday photographs".repeat(200));
  const before = readFileSync(file);
  const sentence = await complaint(directory);
  expect(sentence).toMatch(/^The journal in \S+ cannot be opened: .+\.$/);
  expect(readFileSync(file)).toEqual(before);
  expect(await complaint(directory)).toBe(sentence);
});

it("refuses the journal of a newer program instead of writing into it", async () => {
  const directory = temporaryDirectory();
  (await openSqliteJournal(directory)).close();
  inJournal(directory, "insert into kysely_migration (name, timestamp) values ('2999-01-01-future', '2999')");
  expect(await complaint(directory)).toMatch(/^The journal in \S+ cannot be opened: /);
});

it("brings an existing file up to date, and leaves one that is up to date alone", async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "journal.sqlite"), "");
  const first = await openSqliteJournal(directory);
  first.addBays([{ id: bayId("1"), name: "1" }]);
  first.append({ bay: bayId("1"), seq: first.nextSeq(), input: reading(NINE_O_CLOCK, { hr: 70 }), events: [] });
  first.commit();
  first.close();
  const migrated = inJournal(directory, "select name, timestamp from kysely_migration");
  expect(migrated.map(({ name }) => name)).toEqual(Object.keys(await migrations.getMigrations()).sort());
  const second = await openSqliteJournal(directory);
  expect([...second.inputsFrom(0)]).toEqual([{ seq: 1, bay: "1", input: reading(NINE_O_CLOCK, { hr: 70 }) }]);
  expect(second.bays()).toEqual([{ id: "1", name: "1" }]);
  second.close();
  expect(inJournal(directory, "select name, timestamp from kysely_migration")).toEqual(migrated);
});

import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { bayId, inJournal, NINE_O_CLOCK, reading, temporaryDirectory } from "../testing/index.ts";
import { checkAudit } from "./audit-check.ts";
import { backupJournal, readManifest, restoreJournal } from "./backup.ts";
import { openSqliteJournal } from "./sqlite-journal.ts";

async function backedUp() {
  const dataDir = temporaryDirectory();
  const away = temporaryDirectory();
  const file = join(away, "deep", "copy.sqlite");
  const journal = await openSqliteJournal(dataDir);
  journal.addBays([{ id: bayId("1"), name: "1" }]);
  journal.append({ bay: bayId("1"), seq: journal.nextSeq(), input: reading(NINE_O_CLOCK, { hr: 70 }), events: [] });
  journal.appendAudit({
    ...{ at: NINE_O_CLOCK, actor: null, from: "server", action: "server-start", subject: null, outcome: "done" },
    detail: {},
  });
  journal.commit();
  const manifest = await backupJournal(dataDir, file, NINE_O_CLOCK);
  journal.close();
  return { dataDir, away, file, manifest };
}

describe("a backup", () => {
  it("is one file and what it holds, taken while the journal is open", async () => {
    const { away, file, manifest } = await backedUp();
    expect(readdirSync(join(away, "deep")).toSorted()).toEqual(["copy.sqlite", "copy.sqlite.json"]);
    expect(manifest).toMatchObject({
      format: "vigil-backup/1",
      takenAt: "2026-03-02T09:00:00.000Z",
      inputs: 1,
      events: 0,
      audit: { entries: 2, seq: 2, faults: [] },
    });
    expect(readManifest(file)).toEqual(manifest);
    // For no other user of the machine.
    for (const each of [file, `${file}.json`]) expect(statSync(each).mode & 0o777).toBe(0o600);
  });

  it("comes back as a journal that opens", async () => {
    const { away, file } = await backedUp();
    const restored = join(away, "data");
    expect(await restoreJournal(file, restored, NINE_O_CLOCK)).toEqual({
      audit: expect.objectContaining({ entries: 2, faults: [] }),
      takenAt: "2026-03-02T09:00:00.000Z",
      devices: 0,
    });
    const journal = await openSqliteJournal(restored);
    expect([journal.lastSeq, journal.bays()]).toEqual([1, [{ id: "1", name: "1" }]]);
    expect(journal.audit.page({}, 0)[0]).toMatchObject({
      ...{ action: "restore", from: "vigil restore" },
      detail: '{"file":"copy.sqlite","takenAt":"2026-03-02T09:00:00.000Z","faults":0}',
    });
    journal.close();
    expect(checkAudit(restored).faults).toEqual([]);
  });

  it("without its manifest comes back, and says that nobody can tell what it is", async () => {
    const { away, file } = await backedUp();
    rmSync(`${file}.json`);
    expect(await restoreJournal(file, join(away, "data"), NINE_O_CLOCK)).toMatchObject({ takenAt: null });
  });

  it("says so when its audit was meddled with, and is a backup all the same", async () => {
    const { dataDir, away } = await backedUp();
    inJournal(dataDir, "drop trigger audit_no_update");
    inJournal(dataDir, "update audit set action = 'x'");
    const { audit } = await backupJournal(dataDir, join(away, "second"), NINE_O_CLOCK);
    const faults = ["Entry 1 was changed after it was written.", "Entry 2 was changed after it was written."];
    expect(audit.faults).toEqual(faults);
    const restored = await restoreJournal(join(away, "second"), join(away, "data"), NINE_O_CLOCK);
    expect(restored.audit.faults).toEqual(faults);
  });
});

describe("is refused, with nothing written:", () => {
  it("a backup over something that exists", async () => {
    const { dataDir, file } = await backedUp();
    await expect(backupJournal(dataDir, file, NINE_O_CLOCK)).rejects.toThrow("exists already. Choose another name");
  });

  it("a backup of nothing", async () => {
    const away = temporaryDirectory();
    const file = join(away, "copy");
    await expect(backupJournal(join(away, "nowhere"), file, NINE_O_CLOCK)).rejects.toThrow("There is no journal at");
    writeFileSync(join(away, "text"), "This is no database. ".repeat(500));
    await expect(backupJournal(join(away, "text"), file, NINE_O_CLOCK)).rejects.toThrow("could not be taken");
    expect(readdirSync(away)).toEqual(["text"]);
  });

  it("a restore over a journal", async () => {
    const { dataDir, file } = await backedUp();
    await expect(restoreJournal(file, dataDir, NINE_O_CLOCK)).rejects.toThrow("holds a journal already");
  });

  it("a restore of a folder, or to a file", async () => {
    const { file } = await backedUp();
    await expect(restoreJournal(dirname(file), temporaryDirectory(), NINE_O_CLOCK)).rejects.toThrow(
      /^There is no backup at /,
    );
    await expect(restoreJournal(file, file, NINE_O_CLOCK)).rejects.toThrow(/is a file\. Name a directory/);
  });

  it("a restore to a directory that a server uses", async () => {
    const { file } = await backedUp();
    const used = temporaryDirectory();
    const journal = await openSqliteJournal(used);
    await expect(restoreJournal(file, used, NINE_O_CLOCK)).rejects.toThrow("in use by another Vigil server");
    journal.close();
  });

  it.each([
    ["that was changed", "is not what was backed up", true],
    ["that is damaged and has lost its manifest", "could not be restored", false],
  ])("a restore of a file %s", async (_, sentence, hasManifest) => {
    const { away, file } = await backedUp();
    const copy = join(away, "changed.sqlite");
    const bytes = readFileSync(file);
    bytes.fill(7, 0, 50);
    writeFileSync(copy, bytes);
    if (hasManifest) writeFileSync(`${copy}.json`, readFileSync(`${file}.json`));
    await expect(restoreJournal(copy, join(away, "data"), NINE_O_CLOCK)).rejects.toThrow(sentence);
    expect(existsSync(join(away, "data", "journal.sqlite"))).toBe(false);
  });
});

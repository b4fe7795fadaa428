/** Who did what, from where: written with the act, found again, and whole until somebody meddles with it. */
import { hash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { adminActSchema } from "@vigil/shared/administration";
import { faultText, type NewAuditEntry, NO_HASH, nextRow, unprovenText } from "@vigil/shared/audit";
import { courseActSchema, recordNumberSchema } from "@vigil/shared/course";
import { commandIdSchema } from "@vigil/shared/ids";
import { actorSchema } from "@vigil/shared/session";
import type { AuditPage, AuditVerification } from "@vigil/shared/wire";
import { describe, expect, it } from "vitest";
import { startServer } from "./app.ts";
import { checkAudit, openSqliteJournal } from "./journal/index.ts";
import {
  ask,
  bayId,
  call,
  closing,
  connect,
  connectAs,
  cookieOf,
  FakeClock,
  failWrites,
  inJournal,
  nurse,
  openSession,
  postJson,
  recordBaseline,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

/** The entries with which every journal of three bays begins: over what was there before, and the bays. */
const BEGINNING = 4;

async function started() {
  const clock = new FakeClock();
  const dataDir = temporaryDirectory();
  const server = closing(await startServer(serverOptions(clock, { dataDir })));
  const act = (id: string, command: unknown, bay = "1") =>
    postJson(`${server.url}/api/bays/${bay}/commands`, { id, command });
  const read = async (query = ""): Promise<AuditPage> =>
    JSON.parse(await (await call(`${server.url}/api/audit${query}`)).text());
  /** Newest first, as "action subject outcome". */
  const told = async (query = "") =>
    (await read(query)).entries
      .filter(({ seq }) => seq > BEGINNING)
      .map(({ action, subject, outcome }) => `${action} ${subject} ${outcome}`);
  return { clock, dataDir, server, act, read, told };
}

describe("the audit", () => {
  it("has every command, done or refused, with who, from where, and what it was about", async () => {
    const { act, read, told } = await started();
    await act("a", openSession("s1"));
    await act("b", { type: "discharge", override: "wants to go" });
    await act("c", { type: "set-limits", vital: "hr", limits: { low: { critical: { limit: 42 } } } });
    await act("d", { type: "pause-audio", seconds: 60 }, "9");
    expect(await told()).toEqual([
      "set-limits bay 1 done",
      "override-discharge bay 1 refused",
      "open-session bay 1 done",
      "server-start null done",
    ]);
    const { entries, people, actions, total } = await read("?action=set-limits");
    expect(entries).toEqual([
      expect.objectContaining({
        actor: { name: nurse.name, role: "nurse" },
        from: "127.0.0.1",
        detail: expect.objectContaining({ vital: "hr", session: "s1", input: 3 }),
      }),
    ]);
    expect([people, actions, total]).toEqual([
      [nurse.name],
      ["add-bay", "bind-facts", "open-session", "override-discharge", "server-start", "set-limits"],
      1,
    ]);
  });

  it("has a command once, however often it was sent, and over the socket too", async () => {
    const { server, told } = await started();
    const socket = await connect(server.url);
    for (let i = 0; i < 3; i += 1) {
      await ask(socket, "command", { id: "a", bay: "1", command: openSession("s1") });
    }
    expect(await told(`?person=${encodeURIComponent(nurse.name)}`)).toEqual(["open-session bay 1 done"]);
  });

  it("has what was refused at the door, gathered while somebody hammers at it", async () => {
    const { clock, server, told, read } = await started();
    const socket = await connect(server.url);
    for (let i = 0; i < 20; i += 1) await ask(socket, "command", { id: "?" });
    for (let i = 0; i < 5; i += 1) await postJson(`${server.url}/api/boards`, {});
    await call(`${server.url}/api/bays`, { headers: { origin: "http://evil.example" } });
    await ask(socket, "command", { id: "b", bay: "77", command: recordBaseline });
    const evil = { extraHeaders: { cookie: await cookieOf(server.url, nurse), origin: "http://evil.example" } };
    await expect(connectAs(server.url, "/", evil)).rejects.toThrow();
    clock.advance(300);
    expect(await told("?outcome=refused")).toEqual([
      "socket connect from http://evil.example refused",
      "record-baseline bay 77 refused",
      "GET /api/bays null refused",
      "POST /api/boards null refused",
      "command null refused",
    ]);
    clock.advance(60_300);
    const gathered = (await read("?outcome=refused")).entries.slice(0, 2).map(({ detail }) => detail.times);
    expect(gathered).toEqual([4, 19]);
  });

  it("has what a display or a monitor wanted of others", async () => {
    const { clock, server, told, read } = await started();
    const key = server.people.openKey({ kind: "monitor", name: "Chair 1", bays: [bayId("1")] });
    const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
    const body = JSON.stringify([
      { bay: "1", hr: 70 },
      { bay: "2", hr: 70 },
    ]);
    await fetch(`${server.url}/api/readings`, { method: "POST", headers, body });
    const monitor = await connectAs(server.url, "/ingest", { auth: { key } });
    for (let i = 0; i < 3; i += 1) await ask(monitor, "reading", { bay: "3", hr: 70 });
    const administrator = actorSchema.parse({ id: "admin", name: "Ada Admin", role: "administrator" });
    const json = { "content-type": "application/json" };
    const saved = { method: "PUT", headers: json, body: '{"name":"East","bays":["1"]}' };
    await call(`${server.url}/api/boards/east`, saved, administrator);
    const { code, secret } = (await (
      await call(`${server.url}/api/displays/codes`, { method: "POST", headers: json, body: "{}" })
    ).json()) as { code: string; secret: string };
    const approval = { code, name: "Corridor", board: "east" };
    await postJson(`${server.url}/api/displays/approve`, approval, "application/json", administrator);
    const collected = await fetch(`${server.url}/api/displays/collect`, {
      ...{ method: "POST", headers: { ...json, origin: server.url } },
      body: JSON.stringify({ secret }),
    });
    const cookie = collected.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const display = await connectAs(server.url, "/", { extraHeaders: { cookie } });
    expect(await ask(display, "watch", { board: "all" })).toMatchObject({ ok: false });
    clock.advance(60_300);
    expect((await told("?outcome=refused")).toSorted()).toEqual([
      "POST /api/readings null refused",
      "readings bay 2 refused",
      "readings bay 3 refused",
      "watch board all refused",
    ]);
    const [from] = (await read("?action=watch")).entries.map((entry) => entry.from);
    expect(from).toBe("127.0.0.1 (display Corridor)");
  });

  it("has who set a PIN or a password, who was made administrator first, and what was printed", async () => {
    const { clock, server, told } = await started();
    const json = { "content-type": "application/json" };
    const first = { token: "no", username: "ada", name: "Ada", password: "correct horse battery" };
    const begin = (token: string) =>
      fetch(`${server.url}/api/first-start`, {
        ...{ method: "POST", headers: { ...json, origin: server.url } },
        body: JSON.stringify({ ...first, token }),
      });
    await begin("x".repeat(43));
    const link = server.people.firstStart?.path ?? "";
    const entered = await begin(link.slice(link.indexOf("#") + 1));
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const put = (path: string, body: unknown) =>
      fetch(`${server.url}/api/me/${path}`, {
        ...{ method: "PUT", headers: { ...json, origin: server.url, cookie } },
        body: JSON.stringify(body),
      });
    expect((await put("pin", { password: first.password, pin: "4711" })).status).toBe(204);
    const newPassword = "another horse battery";
    expect((await put("password", { password: first.password, newPassword })).status).toBe(204);
    const printed = { report: "shift", from: "2026-03-02T07:00", to: "2026-03-02T19:00" };
    expect((await postJson(`${server.url}/api/reports/printed`, printed)).status).toBe(204);
    await postJson(`${server.url}/api/reports/printed`, { report: "session", session: "s1" });
    clock.advance(300);
    const all = (await told()).map((line) => line.replace(/(pin-set|password-changed|sign-in) \S+/, "$1"));
    expect(all.toReversed()).toEqual([
      "server-start null done",
      "first-start ada refused",
      "first-start ada done",
      "sign-in done",
      "pin-set done",
      "password-changed done",
      "print-shift-report null done",
      "print-session-report session s1 done",
    ]);
  });

  it("has exports, recordings, marks and boards", async () => {
    const { clock, server, act, told } = await started();
    await act("a", openSession("s1"));
    for (const path of ["alerts.csv?priority=high", "alerts.ndjson", "audit.csv", "sessions/s1/inputs"]) {
      await (await call(`${server.url}/api/${path}`)).text();
    }
    await call(`${server.url}/api/boards/east`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: '{"name":"East","bays":["1"]}',
    });
    clock.advance(300);
    expect((await told()).toSorted()).toEqual([
      "export-alarms null done",
      "export-alarms null done",
      "export-audit null done",
      "open-session bay 1 done",
      "read-recording session s1 done",
      "save-board board east done",
      "server-start null done",
    ]);
  });

  it("is found by time, person and outcome, and exported without formulas", async () => {
    const { clock, server, act, told } = await started();
    await act("a", openSession("s1"));
    clock.advance(60_000);
    await act("b", { type: "alarm-off", vital: "hr", reason: "=1+1" });
    expect(await told(`?from=${clock.now() - 1_000}`)).toEqual(["alarm-off bay 1 done"]);
    expect(await told(`?to=${clock.now()}&person=${encodeURIComponent(nurse.name)}`)).toEqual([
      "open-session bay 1 done",
    ]);
    expect(await told("?outcome=failed")).toEqual([]);
    const csv = await (await call(`${server.url}/api/audit.csv?action=alarm-off`)).text();
    expect(csv).toContain("2026-03-02T10:01:00.000+01:00,Nora Nurse,nurse-1,nurse,127.0.0.1,alarm-off,bay 1,done");
    expect((await call(`${server.url}/api/audit?outcome=perhaps`)).status).toBe(422);
  });

  it("is kept with the command or not at all", async () => {
    const { clock, dataDir, act, told } = await started();
    clock.advance(300);
    const mend = failWrites(dataDir, "input");
    expect((await act("a", openSession("s1"))).status).toBe(503);
    expect(await told()).toEqual(["server-start null done"]);
    mend();
    clock.advance(1_000);
    expect(await told()).toEqual(["open-session bay 1 done", "server-start null done"]);
    expect(checkAudit(dataDir).faults).toEqual([]);
  });

  it("is whole after many acts and a restart, and says so", async () => {
    const { clock, dataDir, server, act } = await started();
    for (let i = 0; i < 30; i += 1) await act(`a${i}`, { type: "pause-audio", seconds: 60 });
    await server.close();
    const again = closing(await startServer(serverOptions(clock, { dataDir })));
    clock.advance(300);
    const said: AuditVerification = JSON.parse(await (await call(`${again.url}/api/audit/verification`)).text());
    expect(said).toMatchObject({ entries: 36, faults: [], unproven: [], end: { seq: 36 } });
  });
});

describe("meddling with a journal", () => {
  /** Six acts at bay 1 (rows 1 to 6), and two each of what else is kept, beside the three bays. */
  async function written() {
    const { dataDir, clock, server, act } = await started();
    for (let i = 0; i < 6; i += 1) {
      await act(`a${i}`, i === 0 ? openSession("s1") : { type: "pause-audio", seconds: 60 + i });
    }
    await server.close();
    const journal = await openSqliteJournal(dataDir);
    const at = clock.now();
    const by = nurse;
    for (const i of [1, 2]) {
      const id = commandIdSchema.parse(`fact-${i}`);
      const backup = adminActSchema.parse({ type: "rename-bay", bay: "1", name: `Window ${i}` });
      journal.keepAdminFacts([{ id, at, by, act: backup }], "10.0.0.7");
      const booking = courseActSchema.parse({ type: "book-session", date: "2026-03-09", time: `10:0${i}` });
      const recordNumber = recordNumberSchema.parse("77");
      journal.keepCourseFacts([{ id, at, by, act: booking, recordNumber }], "10.0.0.7");
      journal.keepMark({ episode: i, at, by, actionable: "no", why: "the cuff slipped" }, "10.0.0.7");
    }
    journal.close();
    return readFileSync(join(dataDir, "journal.sqlite"));
  }

  let journalFile: Buffer | null = null;
  async function copied() {
    journalFile ??= await written();
    const dataDir = temporaryDirectory();
    const file = join(dataDir, "journal.sqlite");
    writeFileSync(file, journalFile);
    const whole = checkAudit(file);
    const meddle = (...statements: string[]) => {
      const database = new DatabaseSync(file);
      const triggers = database.prepare("select name from sqlite_master where type = 'trigger'").all();
      for (const sql of [...triggers.map(({ name }) => `drop trigger ${name}`), ...statements]) database.exec(sql);
      database.close();
    };
    const found = (checkpoint: typeof whole.end | null = null) => checkAudit(file, checkpoint).faults.map(faultText);
    return { file, dataDir, whole, meddle, found };
  }

  it("is refused by the database itself", async () => {
    const { dataDir, whole } = await copied();
    expect(whole).toMatchObject({ entries: 17, faults: [], unproven: [] });
    expect(() => inJournal(dataDir, "update audit set action = 'x'")).toThrow("the audit is append-only");
    expect(() => inJournal(dataDir, "delete from audit where seq = 2")).toThrow("the audit is append-only");
    for (const table of ["admin_fact", "course_fact", "alarm_mark"]) {
      expect(() => inJournal(dataDir, `update ${table} set at = 1`)).toThrow("facts are append-only");
      expect(() => inJournal(dataDir, `delete from ${table}`)).toThrow("facts are append-only");
    }
  });

  it.each([
    ["update audit set actor_name = 'Somebody' where seq = 3", "Entry 3 was changed after it was written."],
    ["delete from audit where seq = 4", "Entry 4 was removed."],
    [
      "insert into audit select -1, at, actor_id, actor_name, actor_role, came_from, action, subject, outcome, detail, prev, hash from audit where seq = 1",
      "Entry -1 stands elsewhere than where it was written.",
    ],
  ])("%s: is named", async (sql, sentence) => {
    const { meddle, found } = await copied();
    meddle(sql);
    expect(found()).toContain(sentence);
  });

  const columns = {
    input: "bay, at, command_id, command",
    admin_fact: "id, at, body",
    course_fact: "id, record_number, at, body",
    alarm_mark: "episode, at, by, actionable, why",
  };
  const SLIPPED = { input: "bay, at, 'slipped', command", alarm_mark: columns.alarm_mark };
  it.each([
    ["input", 3, 8, "replace(command, '62', '12')", "command"],
    ["input", 3, 8, "'2'", "bay"],
    ["input", 3, 8, "at + 1", "at"],
    ["admin_fact", 4, 12, "replace(body, 'Window', 'Door')", "body"],
    ["course_fact", 2, 16, "'78'", "record_number"],
    ["course_fact", 1, 13, "replace(body, '10:01', '11:01')", "body"],
    ["alarm_mark", 1, 14, "'yes'", "actionable"],
    ["alarm_mark", 2, 17, "null", "why"],
    ["alarm_mark", 2, 17, "1", "episode"],
  ] as const)(
    "a row of %s that was changed, removed or slipped in is named",
    async (table, row, entry, value, column) => {
      const { meddle, found, file } = await copied();
      const original = join(temporaryDirectory(), "original.sqlite");
      copyFileSync(file, original);
      meddle(`update ${table} set ${column} = ${value} where seq = ${row}`);
      expect(found()).toEqual([`Row ${row} of ${table} was changed: it is not what entry ${entry} tells of.`]);
      copyFileSync(original, file);
      meddle(`delete from ${table} where seq = ${row}`);
      expect(found()).toEqual([`Row ${row} of ${table} was removed: entry ${entry} tells of it.`]);
      copyFileSync(original, file);
      const values =
        table === "admin_fact" || table === "course_fact" ? columns[table].replace("id", "'slipped'") : SLIPPED[table];
      meddle(`insert into ${table} (seq, ${columns[table]}) select 99, ${values} from ${table} where seq = ${row}`);
      expect(found()).toEqual([`Row 99 of ${table} was slipped in: no entry tells of it.`]);
    },
  );

  it("at the end is named by a checkpoint, and by the acts that have no entry any more", async () => {
    const { meddle, found, whole } = await copied();
    const acts = [5, 6].map((row) => `Row ${row} of input was slipped in: no entry tells of it.`);
    const others = ["admin_fact 4", "admin_fact 5", "course_fact 1", "course_fact 2", "alarm_mark 1", "alarm_mark 2"]
      .map((each) => each.split(" "))
      .map(([table, row]) => `Row ${row} of ${table} was slipped in: no entry tells of it.`);
    meddle("delete from audit where seq > 9");
    expect(found()).toEqual([...acts, ...others]);
    expect(found(whole.end)).toContain("Entries 10 to 17: each is known to the checkpoint and is gone.");
  });

  /** As the version before wrote it: entries over acts alone, and none over all that was there. */
  async function ofBefore() {
    const it = await copied();
    const database = new DatabaseSync(it.file);
    const rows = database.prepare("select * from audit where action <> 'bind-facts' order by seq").all();
    it.meddle("delete from audit");
    let last = { seq: 0, hash: NO_HASH };
    for (const row of rows) {
      const { table: _table, row: _row, rowHash: _hash, ...detail } = JSON.parse(String(row.detail));
      const actor = row.actor_id === null ? null : nurse;
      const { at, action, subject } = row;
      const entry: NewAuditEntry = {
        ...{ at: Number(at), actor, from: String(row.came_from), action: String(action), outcome: "done", detail },
        subject: subject === null ? null : String(subject),
      };
      const next = nextRow(entry, last, (text) => hash("sha256", text));
      const values = [next.seq, next.at, next.actorId, next.actorName, next.actorRole, next.from, next.action];
      database
        .prepare("insert into audit values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(...values, next.subject, next.outcome, next.detail, next.prev, next.hash);
      last = next;
    }
    database.close();
    return it;
  }

  it("that an earlier version wrote verifies as before, and says what it cannot tell", async () => {
    const { file, meddle, found } = await ofBefore();
    expect(checkAudit(file).faults).toEqual([]);
    expect(checkAudit(file).unproven.map(unprovenText)).toEqual([
      "5 decisions about the clinic were kept by an earlier version, without an entry over each: whether any was changed, removed or slipped in cannot be told.",
      "2 facts of courses were kept by an earlier version, without an entry over each: whether any was changed, removed or slipped in cannot be told.",
      "2 marks of alarms were kept by an earlier version, without an entry over each: whether any was changed, removed or slipped in cannot be told.",
    ]);
    meddle("update input set command = replace(command, '62', '12') where seq = 3");
    expect(found()).toEqual(["Row 3 of input was changed: it is not what entry 7 tells of."]);
  });

  it("that an earlier version began is found from the first entry of this one on", async () => {
    const { file, meddle, found } = await ofBefore();
    const dataDir = temporaryDirectory();
    copyFileSync(file, join(dataDir, "journal.sqlite"));
    const journal = await openSqliteJournal(dataDir);
    journal.keepMark({ episode: 3, at: 1, by: nurse, actionable: "yes", why: null }, "10.0.0.7");
    journal.close();
    copyFileSync(join(dataDir, "journal.sqlite"), file);
    expect(found()).toEqual([]);
    expect(checkAudit(file).unproven).toContainEqual({ table: "alarm_mark", rows: 2, boundBy: 17 });
    meddle(
      "update alarm_mark set actionable = 'yes' where seq = 1",
      "delete from course_fact where seq = 2",
      "update input set at = at + 1 where seq = 2",
      "insert into alarm_mark (episode, at, by, actionable) select 9, at, by, actionable from alarm_mark where seq = 2",
    );
    expect(found()).toEqual([
      "Row 2 of input was changed: it is not what entry 6 tells of.",
      "The facts of courses up to row 2 of course_fact are not those over which entry 17 was written. There were 2, there are 1.",
      "The marks of alarms up to row 2 of alarm_mark are not those over which entry 17 was written.",
      "Row 4 of alarm_mark was slipped in: no entry tells of it.",
    ]);
  });
});

/** Who did what, from where: written with the act, found again, and whole until somebody meddles with it. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { faultText } from "@vigil/shared/audit";
import type { AuditPage, AuditVerification } from "@vigil/shared/wire";
import { describe, expect, it } from "vitest";
import { startServer } from "./app.ts";
import { checkAudit } from "./journal/index.ts";
import {
  ask,
  call,
  closing,
  connect,
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
    (await read(query)).entries.map(({ action, subject, outcome }) => `${action} ${subject} ${outcome}`);
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
      ["open-session", "override-discharge", "server-start", "set-limits"],
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
    clock.advance(300);
    expect(await told("?outcome=refused")).toEqual([
      "record-baseline bay 77 refused",
      "GET /api/bays null refused",
      "POST /api/boards null refused",
      "command null refused",
    ]);
    clock.advance(60_300);
    const gathered = (await read("?outcome=refused")).entries.slice(0, 2).map(({ detail }) => detail.times);
    expect(gathered).toEqual([4, 19]);
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
    expect(said).toMatchObject({ entries: 32, faults: [], end: { seq: 32 } });
  });
});

describe("meddling with a journal", () => {
  async function copied() {
    const { dataDir, server, act } = await started();
    for (let i = 0; i < 6; i += 1) {
      await act(`a${i}`, i === 0 ? openSession("s1") : { type: "pause-audio", seconds: 60 + i });
    }
    await server.close();
    const file = join(temporaryDirectory(), "copy.sqlite");
    copyFileSync(join(dataDir, "journal.sqlite"), file);
    const whole = checkAudit(file);
    const meddle = (...statements: string[]) => {
      const database = new DatabaseSync(file);
      for (const sql of ["drop trigger audit_no_update", "drop trigger audit_no_delete", ...statements]) {
        database.exec(sql);
      }
      database.close();
    };
    const found = (checkpoint: typeof whole.end | null = null) => checkAudit(file, checkpoint).faults.map(faultText);
    return { file, dataDir, whole, meddle, found };
  }

  it("is refused by the database itself", async () => {
    const { dataDir, whole } = await copied();
    expect(whole).toMatchObject({ entries: 7, faults: [] });
    expect(() => inJournal(dataDir, "update audit set action = 'x'")).toThrow("the audit is append-only");
    expect(() => inJournal(dataDir, "delete from audit where seq = 2")).toThrow("the audit is append-only");
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

  it("in the acts themselves is named by the audit", async () => {
    const { meddle, found } = await copied();
    meddle("update input set command = replace(command, '62', '12') where command like '%\"seconds\":62%'");
    expect(found()).toEqual(["Entry 4 tells of an act whose own row in the journal was changed or removed."]);
  });

  it("at the end is named by a checkpoint", async () => {
    const { meddle, found, whole } = await copied();
    meddle("delete from audit where seq > 5");
    expect(found()).toEqual([]);
    expect(found(whole.end)).toEqual(["Entries 6 to 7: each is known to the checkpoint and is gone."]);
  });
});

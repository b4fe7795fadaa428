/** Bays, protocols, targets, settings and backups over HTTP, and what follows from them on the ward. */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { protocolSchema } from "@vigil/shared/protocol";
import { type Actor, actorSchema } from "@vigil/shared/session";
import type { AdminView, AuditPage, BackupsView, ClinicView } from "@vigil/shared/wire";
import { describe, expect, it } from "vitest";
import { startServer } from "./app.ts";
import { checkAudit } from "./journal/index.ts";
import {
  ask,
  call,
  closing,
  connect,
  connectAs,
  FakeClock,
  Frames,
  inJournal,
  nurse,
  openSession,
  postJson,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

const ada = actorSchema.parse({ id: "ada", name: "Ada Admin", role: "administrator" });
const sue = actorSchema.parse({ id: "sue", name: "Sue Supervisor", role: "supervisor" });
const sam = actorSchema.parse({ id: "sam", name: "Sam Supervisor", role: "supervisor" });
const HOUR = 3_600_000;

async function started(dataDir = temporaryDirectory()) {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock, { dataDir })));
  const act = async (by: Actor, document: unknown, id: string = randomUUID()) => {
    const response = await postJson(`${server.url}/api/admin/acts`, { id, act: document }, undefined, by);
    const body: { code?: string; detail?: string } = JSON.parse(await response.text());
    return response.ok ? "done" : `${response.status} ${body.code}`;
  };
  const read = async <T>(path: string): Promise<T> =>
    JSON.parse(await (await call(`${server.url}${path}`, {}, path.includes("backups") ? ada : undefined)).text());
  const view = () => read<AdminView>("/api/admin");
  const command = async (id: string, document: unknown, bay = "1") =>
    (await postJson(`${server.url}/api/bays/${bay}/commands`, { id, command: document })).status;
  return { clock, dataDir, server, act, read, view, command };
}

describe("bays", () => {
  it("are added, renamed, retired and taken back, and boards follow at once", async () => {
    const { server, act, read, command } = await started();
    const socket = await connect(server.url);
    await ask(socket, "watch", {});
    const frames = new Frames(socket);
    const names = async () => (await read<{ bays: { name: string }[] }>("/api/bays")).bays.map(({ name }) => name);
    expect(await act(ada, { type: "add-bay", bay: "4", name: "Window" })).toBe("done");
    await frames.until(({ seq }) => seq > 0);
    expect(await names()).toEqual(["1", "2", "3", "Window"]);
    expect(await command("a", openSession("s4"), "4")).toBe(200);
    expect(await act(ada, { type: "retire-bay", bay: "4", reason: "broken" })).toBe("409 bay-occupied");
    expect(await command("b", { type: "abandon-session", reason: "left", left: "against-advice" }, "4")).toBe(200);
    expect(await act(ada, { type: "retire-bay", bay: "4", reason: "broken" })).toBe("done");
    expect(await names()).toEqual(["1", "2", "3"]);
    expect((await postJson(`${server.url}/api/readings`, { bay: "4", hr: 70 })).status).toBe(404);
    // What happened there stays.
    expect(await read("/api/sessions/s4/readings")).toMatchObject({ bay: { id: "4", name: "Window" } });
    expect(await act(ada, { type: "add-bay", bay: "4", name: "New" })).toBe("409 bay-exists");
    expect(await act(ada, { type: "return-bay", bay: "4" })).toBe("done");
    expect(await act(ada, { type: "rename-bay", bay: "4", name: "Garden" })).toBe("done");
    expect(await names()).toEqual(["1", "2", "3", "Garden"]);
  });

  it("are as they were after a restart, and the audit tells who did it", async () => {
    const { dataDir, server, act } = await started();
    await act(ada, { type: "rename-bay", bay: "2", name: "Corner" });
    await act(ada, { type: "retire-bay", bay: "3", reason: "moved" });
    await act(nurse, { type: "retire-bay", bay: "1", reason: "no" });
    await server.close();
    const again = await started(dataDir);
    const { bays } = await again.view();
    expect(bays.map(({ name, retired }) => [name, retired?.reason ?? null])).toEqual([
      ["1", null],
      ["Corner", null],
      ["3", "moved"],
    ]);
    const { entries } = await again.read<AuditPage>("/api/audit?action=retire-bay");
    expect(entries.map(({ actor, outcome }) => [actor?.name, outcome])).toEqual([[ada.name, "done"]]);
    const refused = await again.read<AuditPage>("/api/audit?outcome=refused");
    expect(refused.entries.map(({ actor, action, detail }) => [actor?.name, action, detail.refused])).toEqual([
      [nurse.name, "POST /api/admin/acts", "forbidden"],
    ]);
    expect(() => inJournal(dataDir, "delete from admin_fact")).toThrow("facts are append-only");
  });

  it("an act that is sent twice is done once", async () => {
    const { act, view } = await started();
    expect(await act(ada, { type: "add-bay", bay: "9", name: "Nine" }, "same")).toBe("done");
    expect(await act(ada, { type: "add-bay", bay: "9", name: "Nine" }, "same")).toBe("done");
    expect((await view()).bays).toHaveLength(4);
  });
});

it("monitors show when they were heard, their clock, and what was dropped", async () => {
  const { clock, server, view } = await started();
  for (let i = 0; i < 6; i += 1) {
    await postJson(`${server.url}/api/readings`, { bay: "1", hr: 70, measuredAt: clock.now() + 7_000 });
    clock.advance(1_000);
  }
  await postJson(`${server.url}/api/readings`, { bay: "1", hr: 999 });
  const { monitors } = await view();
  expect(monitors[0]).toMatchObject({
    bay: "1",
    lastMessageAt: clock.now() - 1_000,
    skewMs: 7_000,
    dropped: 1,
    lastDropped: expect.stringContaining("HR must be a number"),
  });
  expect(monitors[1]).toMatchObject({ lastMessageAt: null, skewMs: null, dropped: 0 });
});

describe("a protocol", () => {
  const draft = (recoveryMinimumMin: number, protocol = "standard") => ({
    type: "draft-protocol",
    protocol,
    document: { name: "Ours", startChecks: [], recoveryMinimumMin },
    why: "longer stay",
  });
  const approve = (version: number, inUseFrom: number) => ({
    type: "approve-protocol",
    protocol: "standard",
    version,
    inUseFrom,
  });

  it("is in use from its date, when another supervisor approved it; a running session keeps its own", async () => {
    const { clock, act, read, view, command } = await started();
    const opened = async (id: string, bay: string) => {
      await command(id, { type: "open-session", sessionId: id, patient: { initials: "AB" } }, bay);
      const { session } = await read<{ session: { protocol: { name: string; version?: number } } }>(`/api/bays/${bay}`);
      return `${session.protocol.name} ${session.protocol.version ?? "built in"}`;
    };
    expect(await act(sue, draft(90))).toBe("done");
    expect(await act(ada, approve(1, 0))).toBe("403 not-allowed");
    expect(await act(sue, approve(1, 0))).toBe("403 same-person");
    expect(await opened("s1", "1")).toBe("Adult ketamine infusion built in");
    expect(await act(sam, approve(1, clock.now() + HOUR))).toBe("done");
    expect((await view()).protocols[0]?.versions[0]?.state).toBe("approved");
    clock.advance(HOUR);
    expect((await view()).protocols[0]?.versions[0]?.state).toBe("in-use");
    expect(await opened("s2", "2")).toBe("Ours 1");
    expect(await act(sue, draft(120))).toBe("done");
    expect(await act(sam, approve(2, 0))).toBe("done");
    expect(await opened("s3", "3")).toBe("Ours 2");
    const kept = await read<{ session: { protocol: { version: number } } }>("/api/bays/2");
    expect(kept.session.protocol.version).toBe(1);
    expect((await view()).protocols[0]?.versions.map(({ state }) => state)).toEqual(["past", "in-use"]);
  });

  it("is named by who opens a session, and filled in here: nobody brings rules of their own but a test bench", async () => {
    const { server, clock, act, read } = await started();
    const cookie = await server.people.openSession(nurse);
    const bench = server.people.openKey({ kind: "bench", name: "Bench", bays: null });
    const document = protocolSchema.parse({ startChecks: [], recoveryMinimumMin: 5 });
    const open = async (bay: string, given: object, chosen: object, who: Record<string, string>) => {
      const command = { type: "open-session", sessionId: `at-${bay}`, patient: { initials: "AB" }, ...given };
      const response = await fetch(`${server.url}/api/bays/${bay}/commands`, {
        method: "POST",
        headers: { "content-type": "application/json", ...who },
        body: JSON.stringify({ id: randomUUID(), command, ...chosen }),
      });
      const { code }: { code?: string } = JSON.parse(await response.text());
      return response.ok ? "done" : `${response.status} ${code}`;
    };
    const page = { cookie, origin: server.url };
    expect(await open("1", { protocol: document }, {}, page)).toBe("403 forbidden");
    const socket = await connectAs(server.url, "/", { extraHeaders: page });
    const command = { type: "open-session", sessionId: "s", patient: { initials: "AB" }, protocol: document };
    expect(await ask(socket, "command", { id: "c", bay: "1", command })).toMatchObject({ refused: "forbidden" });
    expect(await read("/api/bays/1")).toMatchObject({ session: null });

    expect(await act(sue, draft(90, "pain"))).toBe("done");
    expect(await open("1", {}, { protocol: { id: "pain", version: 1 } }, page)).toBe("409 protocol-not-in-use");
    expect(await act(sam, { ...approve(1, clock.now()), protocol: "pain" })).toBe("done");
    expect(await open("1", {}, { protocol: { id: "pain", version: 2 } }, page)).toBe("409 protocol-not-in-use");
    expect(await open("1", {}, { protocol: { id: "pain", version: 1 } }, page)).toBe("done");
    expect(await read("/api/bays/1")).toMatchObject({
      session: { protocol: { name: "Ours", version: 1, recoveryMinimumMin: 90 } },
    });
    expect(await open("2", {}, { protocol: { id: "standard" } }, page)).toBe("done");
    expect(await open("3", { protocol: document }, {}, { authorization: `Bearer ${bench}` })).toBe("done");
    expect(await read("/api/bays/3")).toMatchObject({ session: { protocol: { recoveryMinimumMin: 5 } } });
  });

  it("that nobody could be called under, or that says nothing new, is refused in words", async () => {
    const { act } = await started();
    expect(await act(sue, { ...draft(90), document: { escalation: [{ afterS: 30, target: "doctor" }] } })).toBe(
      "409 unknown-target",
    );
    expect(await act(sue, draft(90))).toBe("done");
    expect(await act(sam, draft(90))).toBe("409 unchanged");
    expect(await act(sam, { ...draft(90), document: { limits: { hr: { lower: {} } } } })).toBe("422 malformed");
    expect(await act(sam, approve(7, 0))).toBe("404 unknown-version");
  });

  it("with another name can be chosen when a session is opened", async () => {
    const { act, read } = await started();
    await act(sue, draft(45, "pain"));
    await act(sam, { ...approve(1, 0), protocol: "pain" });
    const { protocols } = await read<ClinicView>("/api/clinic");
    expect(protocols.map(({ id, protocol }) => [id, protocol.name, protocol.recoveryMinimumMin])).toEqual([
      ["standard", "Adult ketamine infusion", 60],
      ["pain", "Ours", 45],
    ]);
  });
});

it("the clinic's time and zone are the server's", async () => {
  const { clock, read } = await started();
  const { at, zone } = await read<ClinicView>("/api/clinic");
  expect([at, zone]).toEqual([clock.now(), "Europe/Berlin"]);
});

it("a target that a ladder names cannot be dropped", async () => {
  const { act, read } = await started();
  expect(await act(ada, { type: "add-target", target: "physician" })).toBe("done");
  expect(await act(ada, { type: "drop-target", target: "supervisor" })).toBe("409 in-use");
  expect(await act(ada, { type: "drop-target", target: "physician" })).toBe("done");
  expect((await read<ClinicView>("/api/clinic")).targets).toEqual(["second nurse", "supervisor"]);
});

describe("backups", () => {
  async function until(look: () => Promise<BackupsView>): Promise<BackupsView> {
    for (;;) {
      const shown = await look();
      if (shown.runningSince === null) return shown;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it("are taken when somebody asks, listed, and given out as files that are whole", async () => {
    const { dataDir, server, read, command } = await started();
    await command("a", openSession("s1"));
    const asked = await postJson(`${server.url}/api/admin/backups`, {}, undefined, ada);
    expect(asked.status).toBe(202);
    const { backups, failed } = await until(() => read("/api/admin/backups"));
    expect([failed, backups]).toEqual([
      null,
      [expect.objectContaining({ file: "vigil-20260302T090000Z.sqlite", inputs: 1, faults: [] })],
    ]);
    const file = await call(`${server.url}/api/admin/backups/${backups[0]?.file}`, {}, ada);
    expect(Number(file.headers.get("content-length"))).toBe(backups[0]?.bytes);
    await file.arrayBuffer();
    expect(checkAudit(join(dataDir, "backups", backups[0]?.file ?? "")).faults).toEqual([]);
    // Their names tell other users of the machine nothing either.
    expect(statSync(join(dataDir, "backups")).mode & 0o777).toBe(0o700);
    for (const other of ["..%2Fjournal.sqlite", "journal.sqlite", "vigil-20260302T090001Z.sqlite"]) {
      expect((await call(`${server.url}/api/admin/backups/${other}`, {}, ada)).status).toBe(404);
    }
    expect((await postJson(`${server.url}/api/admin/backups`, {}, undefined, nurse)).status).toBe(403);
  });

  it("are taken once a day by the clinic's clocks, the oldest taken away", async () => {
    const { clock, act, read } = await started();
    expect(await act(ada, { type: "set-backup", dailyAt: "02:30", keep: 2 })).toBe("done");
    for (let day = 0; day < 3; day += 1) {
      const { nextAt } = await read<BackupsView>("/api/admin/backups");
      clock.advance((nextAt ?? 0) - clock.now());
      await until(() => read("/api/admin/backups"));
    }
    const { backups } = await read<BackupsView>("/api/admin/backups");
    expect(backups.map(({ file }) => file)).toEqual([
      "vigil-20260305T013000Z-daily.sqlite",
      "vigil-20260304T013000Z-daily.sqlite",
    ]);
  });

  it("that cannot be taken say so", async () => {
    const { dataDir, server, clock, read } = await started();
    mkdirSync(join(dataDir, "backups", "vigil-20260302T090000Z.sqlite"), { recursive: true });
    await postJson(`${server.url}/api/admin/backups`, {}, undefined, ada);
    const { failed } = await until(() => read("/api/admin/backups"));
    expect(failed).toContain("exists already");
    clock.advance(300);
    const { entries } = await read<AuditPage>("/api/audit?action=take-backup");
    expect(entries[0]).toMatchObject({ outcome: "failed", actor: { name: ada.name } });
    expect(existsSync(join(dataDir, "backups", "vigil-20260302T090000Z.sqlite.json"))).toBe(false);
  });
});

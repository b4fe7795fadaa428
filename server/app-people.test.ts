/** Passwords that change, administrators who are the last, screens that nobody touched: over a restart too. */
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  admin,
  clinic,
  closing,
  cookiesOf,
  FakeClock,
  inJournal,
  PASSWORD,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

const OWN = "another horse battery";

it("a new password ends every other session of the person, those of an earlier run of the server too", async () => {
  const first = await clinic(startServer);
  const stolen = await first.hire("nora");
  const own = cookiesOf(await first.signIn("nora", PASSWORD));
  const { dataDir, clock } = first;
  await first.server.close();
  // The server has met only one of them when the password is changed.
  const second = await clinic(startServer, { dataDir, clock });
  const body = { password: PASSWORD, newPassword: OWN };
  expect((await second.send("PUT", "/api/me/password", body, { cookie: own })).status).toBe(204);
  expect((await second.me(stolen)).person).toBeNull();
  expect((await second.me(own)).person?.name).toBe("Nurse nora");
  const rows = "select count(*) as n from person_session s join person p on p.id = s.userId where p.username = 'nora'";
  expect(inJournal(dataDir, rows)).toEqual([{ n: 1 }]);
  // Chosen at the sign-in it is the same.
  const third = await second.signIn("nora", OWN, {}, PASSWORD);
  expect(third.status).toBe(204);
  expect((await second.me(own)).person).toBeNull();
  expect(inJournal(dataDir, rows)).toEqual([{ n: 1 }]);
}, 60_000);

it("a screen that nobody touched before a restart is idle after it, and one that somebody did is not", async () => {
  const first = await clinic(startServer);
  const { dataDir, clock } = first;
  const left = await first.hire("nora");
  const touched = await first.hire("bo");
  inJournal(dataDir, "update person_session set updatedAt = '2020-01-01T00:00:00.000Z'");
  expect((await first.post("/api/me/active", {}, { cookie: touched })).status).toBe(204);
  await first.server.close();
  const second = await clinic(startServer, { dataDir, clock });
  expect(await second.me(left)).toMatchObject({ idle: true, person: { name: "Nurse nora" } });
  expect(await second.me(touched)).toMatchObject({ idle: false, person: { name: "Nurse bo" } });
  expect((await second.post("/api/me/active", {}, { cookie: left })).status).toBe(401);
}, 60_000);

it("the last administrator of a clinic stays, whoever a demonstration left there", async () => {
  const { dataDir, asAdmin } = await clinic(startServer);
  expect((await asAdmin("GET", "/api/people", undefined)).status).toBe(200);
  const lose = async () => (await asAdmin("PATCH", `/api/people/${admin.id}`, { role: "nurse" })).status;
  inJournal(
    dataDir,
    `insert into person (id, name, email, emailVerified, createdAt, updatedAt, username, role, demonstration)
      values ('demo-administrator', 'Demo', 'demo@people.invalid', 1, '2026', '2026', 'demo.administrator', 'administrator', 1)`,
  );
  expect(await lose()).toBe(409);
  inJournal(dataDir, "update person set demonstration = 0 where id = 'demo-administrator'");
  expect(await lose()).toBe(204);
});

it("tells whoever looks after patients to whom one may be handed over, by name and no more", async () => {
  const one = await clinic(startServer);
  const nora = await one.hire("nora");
  await one.list("sam", "supervisor");
  await one.list("eve", "engineer");
  await one.list("gone");
  await one.asAdmin("PATCH", `/api/people/${await one.idOf("gone")}`, { disabled: true });
  const carers = async (cookie: string) => fetch(`${one.server.url}/api/carers`, { headers: { cookie } });
  expect((await carers("")).status).toBe(401);
  inJournal(
    one.dataDir,
    `insert into person (id, name, email, emailVerified, createdAt, updatedAt, username, role, demonstration)
      values ('demo-nurse', 'Demo', 'demo@people.invalid', 1, '2026', '2026', 'demo.nurse', 'nurse', 1)`,
  );
  const listed = (await (await carers(nora)).json()) as { carers: { name: string }[] };
  expect(listed.carers.filter(({ name }) => name.startsWith("Nurse ") || name === "Demo")).toEqual([
    { id: await one.idOf("nora"), name: "Nurse nora" },
    { id: await one.idOf("sam"), name: "Nurse sam" },
  ]);
}, 60_000);

it("no other user of the machine reads what is kept", async () => {
  const dataDir = join(temporaryDirectory(), "data");
  await clinic(startServer, { dataDir });
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(dataDir).filter((name) => name.startsWith("journal") || name === "secret")) {
    expect([file, statSync(join(dataDir, file)).mode & 0o777]).toEqual([file, 0o600]);
  }
});

it.each([
  [0o755, 1, /may look into the data directory .* chmod 700/],
  [0o777, 1, /may put files into and take them out of the data directory .* chmod 700/],
  [0o700, 0, /^$/],
])(
  "shuts the files in a directory that was there with rights %o, and says who may enter it",
  async (rights, warned, text) => {
    const dataDir = join(temporaryDirectory(), "there-before");
    mkdirSync(dataDir);
    chmodSync(dataDir, rights);
    for (const name of ["secret", "lock.sqlite", "journal.sqlite"]) writeFileSync(join(dataDir, name), "");
    writeFileSync(join(dataDir, "secret"), "x".repeat(43));
    for (const name of readdirSync(dataDir)) chmodSync(join(dataDir, name), 0o644);
    const said: string[] = [];
    const log = pino({ level: "warn" }, { write: (line: string) => void said.push(String(JSON.parse(line).msg)) });
    closing(await startServer({ ...serverOptions(new FakeClock(), { dataDir }), log }));
    for (const file of readdirSync(dataDir)) {
      expect([file, statSync(join(dataDir, file)).mode & 0o077]).toEqual([file, 0]);
    }
    expect(said).toHaveLength(warned);
    expect(said.join()).toMatch(text);
    // It may be shared on purpose.
    expect(statSync(dataDir).mode & 0o777).toBe(rights);
  },
);

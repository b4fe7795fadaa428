/** The way back for an administrator who forgot the password: from the console of the machine, and from nowhere else. */
import { expect, it } from "vitest";
import { type ServerOptions, startServer } from "./app.ts";
import { reopenFirstStart } from "./journal/index.ts";
import {
  closing,
  cookiesOf,
  FakeClock,
  inJournal,
  PASSWORD,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

const OWN = "another horse battery";

const optionsOf = (dataDir: string, config: Partial<ServerOptions["config"]>): ServerOptions => {
  const usual = serverOptions(new FakeClock(), { dataDir });
  return { ...usual, config: { ...usual.config, ...config } };
};

async function start(dataDir: string, config: Partial<ServerOptions["config"]> = {}) {
  const server = closing(await startServer(optionsOf(dataDir, config)));
  const token = server.people.firstStart?.path.split("#")[1] ?? "";
  const post = (path: string, body: unknown, cookie = "") =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, cookie },
      body: JSON.stringify(body),
    });
  const begin = (username: string, password: string, tried = token) =>
    post("/api/first-start", { token: tried, username, name: `${username} A.`, password });
  const signIn = async (username: string, password: string) =>
    (await post("/api/sign-in", { username, password })).status;
  const me = async (cookie = "") =>
    (await (await fetch(`${server.url}/api/me`, { headers: { cookie } })).json()) as {
      person: object | null;
      firstStart: boolean;
      byPin: object[];
    };
  return { server, token, post, begin, signIn, me };
}

/** A clinic with its administrator, stopped and reset. @returns what her browser sends */
async function reset(dataDir: string): Promise<string> {
  const first = await start(dataDir);
  const cookie = cookiesOf(await first.begin("ada", PASSWORD));
  const pin = await fetch(`${first.server.url}/api/me/pin`, {
    method: "PUT",
    headers: { "content-type": "application/json", origin: first.server.url, cookie },
    body: JSON.stringify({ password: PASSWORD, pin: "4711" }),
  });
  expect(pin.status).toBe(204);
  expect((await first.me(cookie)).byPin).toHaveLength(1);
  await first.post("/api/people", { username: "nora", name: "Nora", role: "nurse", password: PASSWORD }, cookie);
  await first.server.close();
  await reopenFirstStart(dataDir, 5_000);
  return cookie;
}

it("gives an administrator a new password after a reset, and whoever was signed in as her is not any more", async () => {
  const dataDir = temporaryDirectory();
  const stolen = await reset(dataDir);
  const { token, begin, signIn, me, post } = await start(dataDir);
  // Nothing changes for others: they sign in as before, and she is who she was until the link is used.
  expect(await me(stolen)).toMatchObject({ firstStart: false, person: { name: "ada A." } });
  for (let i = 0; i < 5; i += 1) expect(await signIn("ada", "forgotten what it was")).toBe(401);
  expect(await signIn("ada", PASSWORD)).toBe(429);
  expect((await begin("ada", OWN, `${token.slice(1)}x`)).status).toBe(401);

  const both = await Promise.all([begin("Ada", OWN), begin("mallory", OWN)]);
  expect(both.map(({ status }) => status)).toEqual([204, 401]);
  expect((await me(cookiesOf(both[0]))).person).toMatchObject({ name: "ada A.", role: "administrator" });
  expect((await me(stolen)).person).toBeNull();
  expect((await me(stolen)).byPin).toEqual([]);
  expect(await signIn("ada", PASSWORD)).toBe(401);
  expect(await signIn("ada", OWN)).toBe(204);
  expect((await begin("ada", PASSWORD)).status).toBe(401);
  const nobody = { username: "eve", name: "Eve", role: "nurse", password: PASSWORD };
  expect((await post("/api/people", nobody, stolen)).status).toBe(401);
}, 60_000);

it("lets nobody take over who is no administrator, and makes another one by the same link", async () => {
  const dataDir = temporaryDirectory();
  await reset(dataDir);
  const { begin } = await start(dataDir);
  const taken = await begin("nora", OWN);
  expect([taken.status, await taken.json()]).toEqual([409, expect.objectContaining({ code: "name-taken" })]);
  expect((await begin("bea", OWN)).status).toBe(204);
  expect(inJournal(dataDir, "select username, role from person order by username")).toEqual([
    { username: "ada", role: "administrator" },
    { username: "bea", role: "administrator" },
    { username: "nora", role: "nurse" },
  ]);
}, 60_000);

it("an administrator whose making broke off has no password, and is finished by a reset", async () => {
  const dataDir = temporaryDirectory();
  await reset(dataDir);
  inJournal(dataDir, "delete from person_account");
  const { begin, signIn } = await start(dataDir);
  expect((await begin("ada", OWN)).status).toBe(204);
  expect(await signIn("ada", OWN)).toBe(204);
}, 60_000);

it("the link is printed by one start only, also where others can reach the server, and by none that could not listen", async () => {
  const dataDir = temporaryDirectory();
  await reset(dataDir);
  const other = await start(temporaryDirectory());
  const taken = optionsOf(dataDir, { port: Number(new URL(other.server.url).port) });
  await expect(startServer(taken)).rejects.toThrow("is taken");
  const reopened = await start(dataDir, { host: "0.0.0.0", origin: "https://vigil.clinic.example" });
  expect(reopened.server.people.firstStart).toMatchObject({ isReopened: true });
  await reopened.server.close();
  const after = await start(dataDir);
  expect(after.server.people.firstStart).toBeNull();
}, 60_000);

it("says in the audit that the console asked, and what came of it", async () => {
  const dataDir = temporaryDirectory();
  await reset(dataDir);
  const { begin, server } = await start(dataDir);
  await begin("nora", OWN);
  await begin("ada", OWN);
  await server.close();
  const told = inJournal(
    dataDir,
    `select actor_name as who, came_from as "from", action, subject, outcome from audit
      where action = 'people-reset' or (action = 'first-start' and at > 5000) order by seq desc limit 3`,
  );
  expect(told.toReversed()).toEqual([
    { who: null, from: "the machine's console", action: "people-reset", subject: null, outcome: "done" },
    { who: null, from: "127.0.0.1", action: "first-start", subject: "nora", outcome: "refused" },
    { who: null, from: "127.0.0.1", action: "first-start", subject: "ada", outcome: "done" },
  ]);
}, 60_000);

it("is refused while a server runs, where there is nobody yet or nothing at all, and in a demonstration", async () => {
  const dataDir = temporaryDirectory();
  const running = await start(dataDir);
  await expect(reopenFirstStart(dataDir, 0)).rejects.toThrow(/in use by another Vigil server\. Stop that one/);
  await running.server.close();
  await expect(reopenFirstStart(dataDir, 0)).rejects.toThrow(`There is nobody yet in ${dataDir}`);
  const empty = temporaryDirectory();
  await expect(reopenFirstStart(empty, 0)).rejects.toThrow(`There is no journal in ${empty}`);
  const demonstration = temporaryDirectory();
  await (await start(demonstration, { demo: true })).server.close();
  await expect(reopenFirstStart(demonstration, 0)).rejects.toThrow("a demonstration's");
});

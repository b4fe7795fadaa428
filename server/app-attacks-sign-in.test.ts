/** What somebody who means harm would try where people come in: the one-time link, planted cookies, finding out who works here. */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { actorSchema } from "@vigil/shared/session";
import { afterEach, expect, it, vi } from "vitest";
import { startServer } from "./app.ts";
import {
  clinic,
  closing,
  cookiesOf,
  FakeClock,
  inJournal,
  PASSWORD,
  serverOptions,
  temporaryDirectory,
} from "./testing/index.ts";

const PIN = "4711";
const people = (dataDir: string) => inJournal(dataDir, "select username, role from person order by username");
const stationOf = (response: Response): string => cookieNamed("vigil.station", cookiesOf(response));
const cookieNamed = (name: string, cookies: string): string =>
  cookies.split("; ").find((cookie) => cookie.startsWith(`${name}=`)) ?? "";

async function untouched(dataDir = temporaryDirectory()) {
  const server = closing(await startServer(serverOptions(new FakeClock(), { dataDir })));
  const token = server.people.firstStart?.path.split("#")[1] ?? "";
  const begin = async (tried: string, username = "ada") => {
    const response = await fetch(`${server.url}/api/first-start`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: tried, username, name: `${username} A.`, password: PASSWORD }),
    });
    return { status: response.status, text: await response.text() };
  };
  return { server, dataDir, token, begin };
}

it("the first start's link cannot be forged, and stays good for who has it", async () => {
  const { token, begin, dataDir } = await untouched();
  expect(token).toMatch(/^[\w-]{43}$/);
  const other = token.startsWith("A") ? "B" : "A";
  const forged = [
    `${other}${token.slice(1)}`,
    token.slice(0, -1),
    `${token}=`,
    `${token}${token}`.slice(0, 80),
    "null",
  ];
  const answers = [];
  for (const each of forged) answers.push(await begin(each));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  expect((await begin("")).status).toBe(422);
  expect(people(dataDir)).toEqual([]);
  expect((await begin(token)).status).toBe(204);
  expect(people(dataDir)).toEqual([{ username: "ada", role: "administrator" }]);
}, 60_000);

it("the first start's link makes one administrator: not two at once, not another later, not after a restart", async () => {
  const first = await untouched();
  const both = await Promise.all([first.begin(first.token, "ada"), first.begin(first.token, "mallory")]);
  expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
  const made = people(first.dataDir);
  expect(made).toHaveLength(1);
  expect((await first.begin(first.token, "eve")).status).toBe(401);
  await first.server.close();
  const second = await untouched(first.dataDir);
  expect(second.server.people.firstStart).toBeNull();
  for (const tried of [first.token, "null"]) expect((await second.begin(tried, "eve")).status).toBe(401);
  expect(people(first.dataDir)).toEqual(made);
}, 60_000);

it("the link of an earlier start that nobody used opens nothing", async () => {
  const first = await untouched();
  await first.server.close();
  const second = await untouched(first.dataDir);
  expect(second.token).not.toBe(first.token);
  expect((await second.begin(first.token)).status).toBe(401);
  expect((await second.begin(second.token)).status).toBe(204);
}, 60_000);

it("guessing the link is locked after sixty tries, the right one too", async () => {
  const { token, begin, dataDir } = await untouched();
  for (let i = 0; i < 60; i += 1) expect((await begin(`guess-${i}`)).status).toBe(401);
  expect((await begin(token)).status).toBe(429);
  expect(people(dataDir)).toEqual([]);
});

it("over https a neighbour's host cannot plant a session beside the real one, which still opens and ends", async () => {
  const usual = serverOptions(new FakeClock());
  const origin = "https://vigil.clinic.example";
  const server = closing(await startServer({ ...usual, config: { ...usual.config, origin } }));
  const token = server.people.firstStart?.path.split("#")[1] ?? "";
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
  const entered = await post("/api/first-start", { token, username: "ada", name: "Ada", password: PASSWORD });
  expect(entered.status).toBe(204);
  const set = entered.headers.getSetCookie().find((each) => each.includes("session_token")) ?? "";
  // What the prefix asks for, or a browser takes no such cookie.
  expect(set).toMatch(/^__Host-vigil\.session_token=/);
  expect(set).toMatch(/; Path=\/(;|$)/);
  expect(set).toMatch(/; Secure(;|$)/);
  expect(set).toMatch(/; HttpOnly(;|$)/);
  expect(set).not.toMatch(/domain=/i);
  const own = set.split(";")[0] ?? "";
  const whoWith = async (cookie: string) =>
    ((await (await fetch(`${server.url}/api/me`, { headers: { cookie } })).json()) as { person: object | null }).person;
  const value = own.slice(own.indexOf("="));
  for (const planted of ["vigil.session_token", "__Secure-vigil.session_token"]) {
    expect(await whoWith(`${planted}${value}`)).toBeNull();
    expect(await whoWith(`${planted}=planted; ${own}`)).toMatchObject({ name: "Ada" });
  }
  const out = await post("/api/sign-out", {}, { cookie: own });
  expect(out.headers.getSetCookie().join()).toMatch(/^__Host-vigil\.session_token=; .*Max-Age=0; Secure$/);
  expect(await whoWith(own)).toBeNull();
}, 60_000);

it("fixation: a station's cookie that somebody planted or copied is worth nothing after the next sign-in there", async () => {
  const { hire, signIn, send, post, me, idOf } = await clinic(startServer);
  const setPin = async (cookie: string) =>
    expect((await send("PUT", "/api/me/pin", { password: PASSWORD, pin: PIN }, { cookie })).status).toBe(204);
  // Who works here too plants the cookie of a station where she is known herself; a stranger one that he made up.
  const mallory = await hire("mallory");
  await setPin(mallory);
  await setPin(await hire("nora"));
  const nora = { person: await idOf("nora"), pin: PIN };
  for (const planted of [cookieNamed("vigil.station", mallory), "vigil.station=made-up-by-somebody"]) {
    const entered = await signIn("nora", PASSWORD, { cookie: planted });
    expect(entered.status).toBe(204);
    expect(stationOf(entered)).toMatch(/^vigil\.station=[\w-]{43}$/);
    expect(stationOf(entered)).not.toBe(planted);
    expect((await me(planted)).byPin).toEqual([]);
    // Who was known there still is.
    const known = (await me(stationOf(entered))).byPin.map(({ id }) => id);
    expect(known.includes(await idOf("mallory"))).toBe(mallory.includes(planted));
    expect((await post("/api/sign-in/pin", nora, { cookie: planted })).status).toBe(401);
    expect((await post("/api/sign-in/pin", nora, { cookie: stationOf(entered) })).status).toBe(204);
  }
}, 60_000);

it("fixation: a session's cookie that nobody was given opens nothing, and a PIN or a click gives another", async () => {
  const { hire, post, send, me, idOf } = await clinic(startServer);
  const own = await hire("nora");
  expect((await send("PUT", "/api/me/pin", { password: PASSWORD, pin: PIN }, { cookie: own })).status).toBe(204);
  const station = cookieNamed("vigil.station", own);
  const planted = `vigil.session_token=${"a".repeat(32)}.${"b".repeat(44)}`;
  const nora = { person: await idOf("nora"), pin: PIN };
  for (const before of [planted, cookieNamed("vigil.session_token", own)]) {
    const entered = await post("/api/sign-in/pin", nora, { cookie: `${before}; ${station}` });
    expect(entered.status).toBe(204);
    const given = cookieNamed("vigil.session_token", cookiesOf(entered));
    expect(given).not.toBe(before);
    expect((await me(given)).person?.name).toBe("Nurse nora");
    expect((await me(before)).person).toBeNull();
  }
}, 60_000);

/** Every password and PIN is looked at by this, wherever the look is asked for; it is by far the most of the work. */
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});
function countHashes() {
  const counting = vi.spyOn(crypto, "scrypt");
  syncBuiltinESMExports();
  return async (asking: Promise<Response>) => {
    counting.mockClear();
    const response = await asking;
    return { status: response.status, answer: await response.json(), hashes: counting.mock.calls.length };
  };
}

it("enumeration: who works here shows neither in what is answered nor in the work done for it", async () => {
  const { hire, list, signIn, asAdmin, idOf, server, post, send } = await clinic(startServer);
  const station = await hire("nora");
  await hire("shut-out");
  expect((await asAdmin("PATCH", `/api/people/${await idOf("shut-out")}`, { disabled: true })).status).toBe(204);
  await list("never-came");
  // Whose making broke off before there was a password.
  await server.people.openSession(actorSchema.parse({ id: "no-password", name: "No Password", role: "nurse" }));
  const tell = countHashes();

  const byPassword = [];
  for (const name of [
    "nora",
    "NORA",
    "nobody-here",
    "shut-out",
    "never-came",
    "no.password",
    "' or 1=1 --",
    "ß".repeat(80),
  ]) {
    byPassword.push(await tell(signIn(name, "not the right one")));
  }
  byPassword.push(await tell(signIn("shut-out", PASSWORD)));
  expect(byPassword[0]).toMatchObject({ status: 401, hashes: 1 });
  for (const each of byPassword) expect(each).toEqual(byPassword[0]);

  // At a station that knows her, and has no PIN of hers; there, and knows others; and somebody whom nobody knows.
  const known = await idOf("nora");
  const byPin = [];
  for (const person of [known, await idOf("never-came"), "nobody-here"]) {
    byPin.push(await tell(post("/api/sign-in/pin", { person, pin: "0000" }, { cookie: station })));
  }
  expect((await send("PUT", "/api/me/pin", { password: PASSWORD, pin: PIN }, { cookie: station })).status).toBe(204);
  byPin.push(await tell(post("/api/sign-in/pin", { person: known, pin: "0000" }, { cookie: station })));
  expect(byPin[0]).toMatchObject({ status: 401, hashes: 1 });
  for (const each of byPin) expect(each).toEqual(byPin[0]);

  // A second person who signs at somebody's screen.
  const witness = { bay: "1", command: { type: "confirm-check", check: "identity" } };
  const bySecond = [];
  for (const username of ["bo-not-here", "shut-out", "never-came"]) {
    bySecond.push(
      await tell(post("/api/witness", { ...witness, username, secret: "not the right one" }, { cookie: station })),
    );
  }
  expect(bySecond[0]).toMatchObject({ status: 401, hashes: 1 });
  for (const each of bySecond) expect(each).toEqual(bySecond[0]);
}, 60_000);

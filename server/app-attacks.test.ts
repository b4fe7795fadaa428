/** What somebody who means harm would try at the doors. */
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  ask,
  bayId,
  call,
  clinic,
  connect,
  connectAs,
  cookieOf,
  cookiesOf,
  heard,
  inJournal,
  nurse,
  PASSWORD,
  supervisor,
} from "./testing/index.ts";

it("fixation: signing in makes a new session, and what the browser brought is over", async () => {
  const { hire, signIn, me } = await clinic(startServer);
  const planted = await hire("mallory");
  await hire("nora");
  const entered = await signIn("nora", PASSWORD, { cookie: planted });
  expect(entered.status).toBe(204);
  expect(cookiesOf(entered)).not.toContain(planted.split(";")[0]);
  expect((await me(planted)).person).toBeNull();
  expect((await me(cookiesOf(entered))).person?.name).toBe("Nurse nora");
  for (const cookie of entered.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Strict/i);
});

it("forgery: a page of another site gets nothing done in somebody's browser", async () => {
  const { server, dataDir } = await clinic(startServer);
  const cookie = await cookieOf(server.url);
  const body = JSON.stringify({
    id: "x",
    command: { type: "open-session", sessionId: "x", patient: { initials: "XX" } },
  });
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    // Nothing said of where it comes from: no page of ours.
    {},
  ]) {
    const response = await fetch(`${server.url}/api/bays/1/commands`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie, ...headers } as Record<string, string>,
      body,
    });
    expect(response.status).toBe(403);
  }
  expect(inJournal(dataDir, "select seq from input")).toEqual([]);
});

it("brute force: five wrong passwords lock the name, even for the right one, known or not, with the same answer", async () => {
  const { clock, hire, signIn } = await clinic(startServer);
  await hire("nora");
  const tried: Record<string, unknown[]> = {};
  for (const name of ["nora", "nobody-here"]) {
    const answers: unknown[] = [];
    for (let i = 0; i < 5; i += 1) {
      const response = await signIn(name, `wrong ${i}`);
      answers.push([response.status, await response.json()]);
    }
    const response = await signIn(name, PASSWORD);
    answers.push([response.status, await response.json()]);
    tried[name] = answers;
  }
  expect(tried.nora?.map((each) => (each as [number])[0])).toEqual([401, 401, 401, 401, 401, 429]);
  expect(tried.nora).toEqual(tried["nobody-here"]);
  clock.advance(15 * 60_000 + 1);
  expect((await signIn("nora", PASSWORD)).status).toBe(204);
}, 60_000);

it("brute force: a hundred tries at once are a hundred tries", async () => {
  const { hire, signIn } = await clinic(startServer);
  await hire("nora");
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => signIn("nora", `guess ${i}`)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
}, 60_000);

it("a PIN opens nothing where its owner never gave the password, and five wrong ones end it there", async () => {
  const { hire, server, post, me } = await clinic(startServer);
  const station = await hire("nora");
  const set = await fetch(`${server.url}/api/me/pin`, {
    method: "PUT",
    headers: { "content-type": "application/json", origin: server.url, cookie: station },
    body: JSON.stringify({ password: PASSWORD, pin: "4711" }),
  });
  expect(set.status).toBe(204);
  const here = await fetch(`${server.url}/api/me`, { headers: { cookie: station } });
  const known = (await here.json()) as { byPin: { id: string }[] };
  const person = known.byPin[0]?.id ?? "";
  expect((await post("/api/sign-in/pin", { person, pin: "4711" })).status).toBe(401);
  const entered = await post("/api/sign-in/pin", { person, pin: "4711" }, { cookie: station });
  expect(entered.status).toBe(204);
  expect((await me(cookiesOf(entered))).person?.name).toBe("Nurse nora");
  const answers = [];
  for (let i = 0; i < 5; i += 1)
    answers.push((await post("/api/sign-in/pin", { person, pin: `000${i}` }, { cookie: station })).status);
  answers.push((await post("/api/sign-in/pin", { person, pin: "4711" }, { cookie: station })).status);
  expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
}, 60_000);

it("a monitor sends for its own bays only, and does nothing else", async () => {
  const { server } = await clinic(startServer);
  const key = server.people.openKey({ kind: "monitor", name: "Bay 1", bays: [bayId("1")] });
  const reads = (bay: string) =>
    fetch(`${server.url}/api/readings`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ bay, hr: 70 }),
    });
  expect((await reads("1")).status).toBe(200);
  const other = await reads("2");
  expect([other.status, await other.json()]).toMatchObject([403, { code: "forbidden", accepted: 0 }]);
});

it("a screen becomes a display by a supervisor's approval, holds its key in a cookie, and is out when it is revoked", async () => {
  const { server, post } = await clinic(startServer);
  const { code, secret } = (await (await post("/api/displays/codes", {})).json()) as { code: string; secret: string };
  expect((await post("/api/displays/collect", { secret })).status).toBe(202);
  const approve = (entered: string) =>
    call(
      `${server.url}/api/displays/approve`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code: entered, name: "Hall" }),
      },
      supervisor,
    );
  expect((await approve("BCDF-GHJK")).status).toBe(404);
  expect((await approve(code.toLowerCase())).status).toBe(204);
  const collected = await post("/api/displays/collect", { secret });
  expect(collected.status).toBe(204);
  expect((await post("/api/displays/collect", { secret })).status).toBe(404);
  const headers = { cookie: cookiesOf(collected) };
  expect((await fetch(`${server.url}/api/bays`, { headers })).status).toBe(200);
  expect((await post("/api/bays/1/commands", {}, headers)).status).toBe(403);
  const [device] = (await (await call(`${server.url}/api/devices`)).json()) as { id: string; name: string }[];
  expect(device?.name).toBe("Hall");
  expect((await call(`${server.url}/api/devices/${device?.id}`, { method: "DELETE" })).status).toBe(204);
  expect((await fetch(`${server.url}/api/bays`, { headers })).status).toBe(401);
});

it("who acts is who is signed in, whatever the body says; a display sees initials and no more", async () => {
  const { server, dataDir } = await clinic(startServer);
  const socket = await connect(server.url);
  const command = { type: "open-session", sessionId: "s1", patient: { initials: "AB", name: "Alma Secret" } };
  const forged = { id: "c1", bay: "1", by: { id: "boss", name: "The Boss", role: "supervisor" }, command };
  expect(await ask(socket, "command", forged)).toMatchObject({ ok: true });
  const kept = String(inJournal(dataDir, "select command from input where command_id = 'c1'")[0]?.command);
  expect(kept).toContain(nurse.name);
  expect(kept).not.toContain("The Boss");
  const display = server.people.openKey({ kind: "display", name: "Wall", bays: null });
  for (const path of ["/api/bays", "/api/boards", "/api/bays/1", "/api/sessions/s1", "/api/alerts", "/api/courses"]) {
    const text = await (await fetch(server.url + path, { headers: { authorization: `Bearer ${display}` } })).text();
    expect(text).not.toContain("Alma");
  }
});

it("a person who is shut out is out at once, socket and page", async () => {
  const { hire, server, me, idOf, asAdmin } = await clinic(startServer);
  const cookie = await hire("nora");
  const socket = await connectAs(server.url, "/", { extraHeaders: { cookie } });
  expect(await ask(socket, "watch", {})).toMatchObject({ ok: true });
  const cut = heard(socket, "disconnect");
  expect((await asAdmin("PATCH", `/api/people/${await idOf("nora")}`, { disabled: true })).status).toBe(204);
  expect(await cut).toBe("io server disconnect");
  expect((await me(cookie)).person).toBeNull();
  await expect(connectAs(server.url, "/", { extraHeaders: { cookie } })).rejects.toThrow("Sign in first.");
}, 60_000);

it.each([["websocket"], ["polling"]] as const)(
  "a page of another site opens no %s in somebody's browser",
  async (way) => {
    const { server } = await clinic(startServer);
    const cookie = await cookieOf(server.url);
    const key = server.people.openKey({ kind: "monitor", name: "Gateway", bays: null });
    const open = (namespace: "/" | "/ingest", origin: string) =>
      connectAs(server.url, namespace, {
        transports: [way],
        extraHeaders: { cookie, origin },
        ...(namespace === "/ingest" ? { auth: { key } } : {}),
      });
    for (const namespace of ["/", "/ingest"] as const) {
      for (const origin of ["https://evil.example", "null", `${server.url}.evil.example`, "http://127.0.0.1:1"]) {
        await expect(open(namespace, origin)).rejects.toThrow();
      }
      // The same browser, cookie and key from a page of ours.
      expect((await open(namespace, server.url)).connected).toBe(true);
    }
    expect(server.doors.io.engine.clientsCount).toBe(2);
  },
);

it.each([
  ["/api/alerts?patient=' or 1=1 --&sort=newest", 200],
  ["/api/sessions?text=%27%3B%20drop%20table%20person%3B--", 200],
  ["/api/..%2f..%2fsecret", 404],
  ["/api/admin/backups/..%2f..%2fsecret", 403],
])("SQL and paths in %s do nothing", async (path, status) => {
  const { server, dataDir } = await clinic(startServer);
  const response = await call(server.url + path, {}, supervisor);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain("sqlite");
  expect(inJournal(dataDir, "select count(*) as n from person")[0]?.n).toBe(1);
});

it("answers with headers that let nothing foreign run, frame or read", async () => {
  const { server } = await clinic(startServer);
  const { headers } = await fetch(`${server.url}/api/me`);
  for (const [path, init] of [
    ["/api/bays", {}],
    ["/api/sign-out", { method: "POST", headers: { origin: "https://evil.example" } }],
  ] as const) {
    const refused = await fetch(server.url + path, init);
    expect(refused.status).toBeGreaterThanOrEqual(401);
    expect(refused.headers.get("content-security-policy")).toBe(headers.get("content-security-policy"));
    expect(refused.headers.get("cache-control")).toBe("no-store");
  }
  const read = await call(`${server.url}/api/sessions`);
  expect([read.status, read.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-(inline|eval)/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("x-powered-by")).toBeNull();
  expect(headers.get("access-control-allow-origin")).toBeNull();
});

/** What becomes of a connection whose credential ends while it is open. */
import type { Socket } from "socket.io-client";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  ask,
  call,
  closing,
  connectAs,
  FakeClock,
  Frames,
  heard,
  nurse,
  postJson,
  serverOptions,
  supervisor,
} from "./testing/index.ts";

const DAY_MS = 24 * 3_600_000;

async function ward() {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock)));
  /** A screen that was approved as a display, by its cookie. */
  const approved = async (board?: string) => {
    const post = (path: string, body: unknown) =>
      fetch(server.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const { code, secret } = (await (await post("/api/displays/codes", {})).json()) as { code: string; secret: string };
    const body = { code, name: "Hall", ...(board === undefined ? {} : { board }) };
    expect((await postJson(`${server.url}/api/displays/approve`, body, "application/json", supervisor)).status).toBe(
      204,
    );
    const [cookie = ""] = (await post("/api/displays/collect", { secret })).headers.getSetCookie();
    return cookie.split(";")[0] ?? "";
  };
  const open = (cookie: string) => connectAs(server.url, "/", { extraHeaders: { cookie } });
  return { clock, server, approved, open };
}

const whyNot = (opening: Promise<Socket>): Promise<unknown> =>
  opening.then(
    () => "it was let in",
    (error: unknown) => Reflect.get(Object(error), "data"),
  );

it("cuts a screen when its sign-in ends by the passing of time, and tells it why when it comes back", async () => {
  const { clock, server, open } = await ward();
  const cookie = await server.people.openSession(nurse, { idleAfterMs: DAY_MS, endsAfterMs: 60_000 });
  const screen = await open(cookie);
  const frames = new Frames(screen);
  expect(await ask(screen, "watch", {})).toMatchObject({ ok: true });
  const cut = heard(screen, "disconnect");
  clock.advance(65_000);
  expect(await cut).toBe("io server disconnect");
  await postJson(`${server.url}/api/readings`, { bay: "1", hr: 70 });
  clock.advance(1_000);
  expect(frames.all).toEqual([]);
  expect(await whyNot(open(cookie))).toEqual({ code: "sign-in" });
});

it("cuts at its first word a screen whose sign-in has ended, and gives it a sentence and no time", async () => {
  const { clock, server, open } = await ward();
  const cookie = await server.people.openSession(nurse, { idleAfterMs: DAY_MS, endsAfterMs: 61_000 });
  const screen = await open(cookie);
  const cut = heard(screen, "disconnect");
  clock.advance(61_000);
  expect(await ask(screen, "time")).toMatchObject({ ok: false, code: "sign-in" });
  expect(await cut).toBe("io server disconnect");
});

it("renews a display by what it says within one connection, for as long as it hangs there", async () => {
  const { clock, approved, open } = await ward();
  const cookie = await approved();
  const display = await open(cookie);
  for (let i = 0; i < 4; i++) {
    clock.jump(60 * DAY_MS);
    expect(await ask(display, "time")).toBe(clock.now());
  }
  display.close();
  clock.jump(89 * DAY_MS);
  await open(cookie);
});

it("asks about a display anew that said nothing for a quarter of a year", async () => {
  const { clock, approved, open } = await ward();
  const cookie = await approved();
  const display = await open(cookie);
  const cut = heard(display, "disconnect");
  clock.jump(91 * DAY_MS);
  expect(await cut).toBe("io server disconnect");
  expect(await whyNot(open(cookie))).toEqual({ code: "sign-in" });
});

it("cuts a display at once when it is revoked", async () => {
  const { server, approved, open } = await ward();
  const display = await open(await approved());
  const cut = heard(display, "disconnect");
  const [device] = (await (await call(`${server.url}/api/devices`, {}, supervisor)).json()) as { id: string }[];
  expect((await call(`${server.url}/api/devices/${device?.id}`, { method: "DELETE" }, supervisor)).status).toBe(204);
  expect(await cut).toBe("io server disconnect");
});

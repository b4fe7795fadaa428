/** What becomes of a rung on the screens that attend, over the real socket. */
import type { AlertPage, AlertStory } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { startServer } from "../app.ts";
import {
  ask,
  call,
  closing,
  connect,
  FakeClock,
  Frames,
  heard,
  nurse,
  serverOptions,
  toInfusion,
} from "../testing/index.ts";

const LIMITS = { sbp: { low: { warning: { limit: 90 }, critical: { limit: 80 } } } };

/** A server with a high alarm at bay 1 that began to call now, and a wall that watches. */
async function alarmed() {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock)));
  const wall = await connect(server.url);
  const frames = new Frames(wall);
  await ask(wall, "watch", {});
  for (const [i, command] of toInfusion("s1", { limits: LIMITS }).entries()) {
    await ask(wall, "command", { id: `c${i}`, bay: "1", command });
  }
  const monitor = await connect(server.url, "/ingest");
  await ask(monitor, "reading", { bay: "1", sbp: 70, cadence: 600 });
  /** The wall is shown that the last rung has come to this. */
  const shown = (state: string) =>
    frames.until(({ rows }) => rows.some(({ alarms }) => alarms[0]?.escalatedTo?.state === state));
  return { clock, server, shown };
}

it("fails at once, in words, when no screen attends", async () => {
  const { clock, shown } = await alarmed();
  clock.advance(30_000);
  await Promise.resolve();
  clock.advance(100);
  await shown("failed");
});

it("is confirmed as soon as one of the screens shows it", async () => {
  const { clock, server, shown } = await alarmed();
  const [quick, mute] = [await connect(server.url), await connect(server.url)];
  for (const screen of [quick, mute]) await ask(screen, "attend", { targets: ["second nurse"] });
  quick.on("escalation", (_notice: unknown, confirm: () => void) => confirm());
  const came = heard(mute, "escalation");
  clock.advance(30_000);
  expect(await came).toMatchObject({ bay: "1", alarm: "sbp.low", rung: 0, target: "second nurse" });
  while ((await rowOf(server.url)).state === "sent") clock.advance(10);
  clock.advance(100);
  await shown("confirmed");
  // Who looks at it later is told on whose screen it was.
  clock.advance(300);
  const { alerts }: AlertPage = JSON.parse(await (await call(`${server.url}/api/alerts?vital=sbp`)).text());
  const { steps }: AlertStory = JSON.parse(await (await call(`${server.url}/api/alerts/${alerts[0]?.id}`)).text());
  expect(steps.find(({ what }) => what.includes("confirmed"))?.who).toBe(`screen of ${nurse.name}`);
});

it("has failed when no screen has confirmed within five seconds", async () => {
  const { clock, server, shown } = await alarmed();
  const mute = await connect(server.url);
  await ask(mute, "attend", { targets: ["second nurse"] });
  const came = heard(mute, "escalation");
  clock.advance(30_000);
  await came;
  clock.advance(4_999);
  expect(await rowOf(server.url)).toEqual({ target: "second nurse", state: "sent" });
  clock.advance(101);
  await shown("failed");
});

async function rowOf(url: string): Promise<{ state: string; target: string }> {
  const body: { bays: { row: { alarms: { escalatedTo: { state: string; target: string } }[] } }[] } = JSON.parse(
    await (await call(`${url}/api/bays`)).text(),
  );
  return body.bays[0]!.row.alarms[0]!.escalatedTo;
}

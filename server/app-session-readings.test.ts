/** A session's readings over HTTP: from the journal, open or over, with its extremes. */
import { sessionReadingsSchema } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { startServer } from "./app.ts";
import { call, closing, FakeClock, nurse, postJson, serverOptions, toInfusion } from "./testing/index.ts";

async function wardWithSession() {
  const clock = new FakeClock();
  const options = serverOptions(clock);
  const server = closing(await startServer(options));
  let sent = 0;
  const send = async (document: unknown, by = nurse) => {
    sent += 1;
    const reply = await postJson(
      `${server.url}/api/bays/1/commands`,
      { id: `c${sent}`, command: document },
      undefined,
      by,
    );
    expect(reply.status).toBe(200);
  };
  const read = async (query = "", id = "s1", url = server.url) => {
    const response = await call(`${url}/api/sessions/${id}/readings${query}`);
    const body: unknown = await response.json();
    return { status: response.status, body };
  };
  const readings = async (query = "") => sessionReadingsSchema.parse((await read(query)).body);
  const seconds = async (count: number, values: (second: number) => object) => {
    for (let second = 0; second < count; second += 1) {
      clock.advance(1_000);
      const others = second % 10 === 0 ? [{ bay: "2", hr: 111 }] : [];
      await postJson(`${server.url}/api/readings`, [{ bay: "1", ...values(second) }, ...others]);
    }
    clock.advance(1_000);
  };
  return { clock, options, server, send, read, readings, seconds };
}

it("gives the bay, the zone and the chart of an open session, going on where it stood", async () => {
  const { send, readings, seconds, clock } = await wardWithSession();
  for (const document of toInfusion("s1")) await send(document);
  await seconds(20, (s) => ({ hr: 70 + s }));
  const first = await readings();
  expect(first).toMatchObject({ bay: { id: "1", name: "1" }, zone: "Europe/Berlin" });
  expect(first.chart).toMatchObject({ phase: "infusing", endedAt: null, at: clock.now() });
  expect(first.chart.vitals.hr?.value).toEqual(Array.from({ length: 20 }, (_, i) => 70 + i));
  await seconds(3, () => ({ hr: 99 }));
  const again = await readings();
  expect(again.chart.vitals.hr?.value).toHaveLength(23);
});

it("keeps the extreme of a window that is asked for in few points", async () => {
  const { send, readings, seconds } = await wardWithSession();
  for (const document of toInfusion("s1")) await send(document);
  await seconds(120, (s) => ({ hr: s === 77 ? 133 : 70 + (s % 3) }));
  const { chart } = await readings("?points=10");
  expect(chart.vitals.hr?.value).toContain(133);
  expect(chart.vitals.hr?.value.length).toBeLessThanOrEqual(41);
  const part = await readings(`?from=${chart.openedAt + 10_000}&to=${chart.openedAt + 20_000}`);
  expect(part.chart.vitals.hr?.at.length).toBeLessThanOrEqual(13);
});

it("tells a session that is over the same after the server was started anew", async () => {
  const { clock, options, server, send, readings, read, seconds } = await wardWithSession();
  for (const document of toInfusion("s1")) await send(document);
  await seconds(30, () => ({ hr: 70, spo2: 97 }));
  await send({ type: "abandon-session", reason: "left", left: "against-advice" });
  const before = (await readings()).chart;
  expect(before).toMatchObject({ phase: "abandoned", endedAt: clock.now() });
  await server.close();
  const next = closing(await startServer(options));
  const after = sessionReadingsSchema.parse((await read("", "s1", next.url)).body).chart;
  expect({ ...after, at: 0 }).toEqual({ ...before, at: 0 });
});

it("refuses what is not there or not a window", async () => {
  const { read, send } = await wardWithSession();
  expect(await read("", "nobody")).toMatchObject({ status: 404, body: { code: "unknown-session" } });
  for (const document of toInfusion("s1")) await send(document);
  for (const query of ["?points=1", "?from=x", "?from=5&to=5", "?points=9999"]) {
    expect(await read(query), query).toMatchObject({ status: 422, body: { code: "malformed" } });
  }
});

it("of a session that moved tells the readings of every bay, and is one session of the patient's course", async () => {
  const { send, readings, seconds, server, clock } = await wardWithSession();
  const [open, ...rest] = toInfusion("s1");
  await send({ ...open, patient: { initials: "AB", recordNumber: "KET-1", weightKg: 70 } });
  for (const document of rest) await send(document);
  await seconds(3, () => ({ hr: 70 }));
  await send({ type: "transfer-session", to: "3" });
  for (let second = 0; second < 3; second += 1) {
    clock.advance(1_000);
    await postJson(`${server.url}/api/readings`, [
      { bay: "1", hr: 140 },
      { bay: "3", hr: 80 },
    ]);
  }
  clock.advance(1_000);
  const { bay, bays, chart } = await readings();
  expect([bay.id, bays.map(({ id }) => id)]).toEqual(["3", ["1", "3"]]);
  expect(chart.vitals.hr?.value.filter((value) => value !== null)).toEqual([70, 70, 70, 80, 80, 80]);
  expect(chart).toMatchObject({ phase: "infusing", endedAt: null });
  expect((await readings()).chart).toEqual(chart);
  const course: unknown = await (await call(`${server.url}/api/courses/KET-1`)).json();
  expect(course).toMatchObject({
    standing: { sessions: [{ id: "s1", bay: "3", startedAt: chart.infusion?.startedAt }] },
  });
});

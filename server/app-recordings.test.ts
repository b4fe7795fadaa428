/** Recordings over HTTP: whole, in pieces, as they come, and refused in words. */
import { FeedLines, inputsOfLine } from "@vigil/shared/feed";
import { describe, expect, it } from "vitest";
import { startServer } from "./app.ts";
import {
  bayId,
  call,
  clinic,
  closing,
  commandInput,
  FakeClock,
  reading,
  serverOptions,
  toInfusion,
} from "./testing/index.ts";

const session = (clock: FakeClock, id: string) => {
  const at = clock.now() - 60_000;
  const acts = toInfusion(id).map((document, i) => commandInput(at, `${id}-${i}`, document));
  const readings = Array.from({ length: 60 }, (_, i) => reading(at + i * 1000, { hr: 70, spo2: i < 30 ? 98 : 85 }));
  return [...acts, ...readings];
};

async function started() {
  const clock = new FakeClock();
  const server = closing(await startServer(serverOptions(clock)));
  const inputs = session(clock, "s1");
  server.backfill([{ bay: bayId("1"), inputs }]);
  return { clock, server, inputs };
}

function parsed(text: string) {
  const lines = new FeedLines();
  const inputs = text
    .trim()
    .split("\n")
    .flatMap((each) => {
      const line = lines.take(each);
      if (line !== null && "reason" in line) throw new Error(line.reason);
      return line === null || lines.header === null ? [] : inputsOfLine(line, lines.header);
    });
  return { header: lines.header, inputs };
}

describe("a session's inputs", () => {
  it("are a feed that holds every one of them, and how far the time is known", async () => {
    const { clock, server, inputs } = await started();
    const response = await call(`${server.url}/api/sessions/s1/inputs`);
    expect(response.headers.get("content-type")).toContain("application/x-ndjson");
    const { header, inputs: read } = parsed(await response.text());
    expect(header).toMatchObject({ bays: ["1"], cadence: null, other: { zone: "Europe/Berlin" } });
    expect(read.at(-1)).toEqual({ kind: "tick", at: clock.now() });
    expect(read.slice(0, -1)).toEqual(JSON.parse(JSON.stringify(inputs)));
  });

  it("of nobody are refused", async () => {
    const { server } = await started();
    const response = await call(`${server.url}/api/sessions/s2/inputs`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ detail: "There is no such session." });
  });
});

it("a recording that goes on is broken off when whoever asked is shut out, or their key revoked", async () => {
  const { server, hire, idOf, asAdmin } = await clinic(startServer);
  const bench = await asAdmin("POST", "/api/devices", { kind: "bench", name: "Bench" });
  const { id, key } = (await bench.json()) as { id: string; key: string };
  const follow = async (headers: Record<string, string>) => {
    const { body } = await fetch(`${server.url}/api/bays/1/recording?follow=1`, { headers });
    const reader = body?.getReader();
    await reader?.read();
    return async () => {
      while ((await reader?.read())?.done === false);
    };
  };
  const ofPerson = await follow({ cookie: await hire("eve", "engineer") });
  const ofDevice = await follow({ authorization: `Bearer ${key}` });
  expect((await asAdmin("PATCH", `/api/people/${await idOf("eve")}`, { disabled: true })).status).toBe(204);
  await expect(ofPerson()).rejects.toThrow();
  expect((await asAdmin("DELETE", `/api/devices/${id}`, undefined)).status).toBe(204);
  await expect(ofDevice()).rejects.toThrow();
}, 60_000);

describe("a bay's recording", () => {
  it("ends at its end, and begins with the session that was open", async () => {
    const { clock, server } = await started();
    const from = clock.now() - 20_000;
    const to = clock.now() - 10_000;
    const { inputs } = parsed(await (await call(`${server.url}/api/bays/1/recording?from=${from}&to=${to}`)).text());
    expect(inputs[0]).toMatchObject({ kind: "command", command: { type: "open-session" } });
    expect(inputs.at(-1)).toEqual({ kind: "tick", at: to });
    expect(inputs.every(({ at }) => at <= to)).toBe(true);
  });

  it("of a free bay begins where it was asked to", async () => {
    const { clock, server } = await started();
    const from = clock.now() - 20_000;
    const { header, inputs } = parsed(
      await (await call(`${server.url}/api/bays/2/recording?from=${from}&to=${clock.now()}`)).text(),
    );
    expect(header?.startedAt).toBe(new Date(from).toISOString());
    expect(inputs).toEqual([{ kind: "tick", at: clock.now() }]);
  });

  it("goes on as readings come, until its end", async () => {
    const { clock, server } = await started();
    const from = clock.now() - 20_000;
    const response = await call(`${server.url}/api/bays/1/recording?from=${from}&to=${clock.now() + 2_000}`);
    const text = response.text();
    clock.advance(1_000);
    await call(`${server.url}/api/readings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"bay":"1","hr":71}',
    });
    const readAt = clock.now();
    for (let i = 0; i < 20; i += 1) {
      clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { inputs } = parsed(await text);
    expect(inputs.filter(({ kind, at }) => kind === "reading" && at === readAt)).toHaveLength(1);
    expect(inputs.at(-1)).toMatchObject({ kind: "tick" });
  });

  it.each([
    ["/api/bays/9/recording", 404, "There is no such bay."],
    ["/api/bays/1/recording?from=5&to=4", 422, "from must be before to"],
    ["/api/bays/1/recording?from=yesterday", 422, "from: "],
  ])("%s is refused", async (path, status, said) => {
    const { server } = await started();
    const response = await call(server.url + path);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining(said) });
  });
});

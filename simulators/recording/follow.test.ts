import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { systemClock } from "../clock/index.ts";
import { followRecording, RecordingRefused } from "./index.ts";

/** Answers each request with the next of these texts; every one but the last breaks off. */
async function serverOf(...answers: readonly string[]): Promise<URL> {
  let asked = 0;
  const server = createServer((_request, response) => {
    const answer = answers[asked] ?? "";
    asked += 1;
    response.write(answer, () => (asked < answers.length ? response.destroy() : response.end()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

const HEADER = '{"feed":"vigil/1"}\n';
const line = (t: number) => `{"t":${t},"hr":70}\n`;

it("goes on after a break, each line once, the last tick at the end", async () => {
  const tick = (t: number) => `{"t":${t},"tick":true}\n`;
  const address = await serverOf(
    `${HEADER + line(0) + tick(0.5) + line(1)}{"t":2,"h`,
    HEADER + line(0) + line(1) + tick(1.5) + line(2) + tick(2.5) + tick(3),
  );
  const written: string[] = [];
  const said: string[] = [];
  const lines = await followRecording(address, {
    key: null,
    clock: { now: () => 0, at: (_at, fire) => systemClock.at(0, fire) },
    signal: new AbortController().signal,
    write: async (text) => void written.push(`${text}\n`),
    known: () => undefined,
    lost: () => said.push("lost"),
    again: () => said.push("again"),
  });
  expect(written.join("")).toBe(HEADER + line(0) + line(1) + line(2) + tick(3));
  expect(lines).toBe(3);
  expect(said).toEqual(["lost", "again"]);
});

it("does not insist where the server says no", async () => {
  const server = createServer((_request, response) =>
    response.writeHead(404).end('{"detail":"There is no such bay."}'),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const listener = {
    write: async () => undefined,
    known: () => undefined,
    lost: () => undefined,
    again: () => undefined,
  };
  const asked = followRecording(address, {
    ...listener,
    key: null,
    clock: systemClock,
    signal: new AbortController().signal,
  });
  await expect(asked).rejects.toThrow(new RecordingRefused("There is no such bay."));
});

import { bayIdSchema } from "@vigil/shared/ids";
import { actorSchema } from "@vigil/shared/session";
import { expect, it } from "vitest";
import { FakeTime } from "../live/testing/fake-time.ts";
import { send } from "./send.ts";
import { FakeActSocket } from "./testing/fake-act-socket.ts";

const by = actorSchema.parse({ id: "ada", name: "Ada", role: "nurse" });
const act = { bay: bayIdSchema.parse("1"), by, command: { type: "resume-audio" as const } };

it("gives what the server answers: done, or refused with the reason", async () => {
  const parts = { time: new FakeTime(), newId: () => "x" };
  expect(await send({ ...parts, socket: new FakeActSocket() }, act)).toEqual({ kind: "ok" });
  const refused = new FakeActSocket();
  refused.reply = () => ({ ok: false, refused: "already-done", reason: "The sound is not paused." });
  expect(await send({ ...parts, socket: refused }, act)).toEqual({
    kind: "refused",
    code: "already-done",
    reason: "The sound is not paused.",
  });
});

it("asks again with the same id while nobody answers, and gives up after six seconds", async () => {
  const time = new FakeTime();
  const socket = new FakeActSocket();
  socket.reply = () => null;
  let ids = 0;
  const sent = send({ socket, time, newId: () => `id-${++ids}` }, act);
  time.advance(6_000);
  expect(await sent).toEqual({ kind: "unreachable" });
  expect(socket.commands.map(({ id }) => id)).toEqual(["id-1", "id-1", "id-1"]);
});

it("sends it when the connection is back, and never keeps it for later", async () => {
  const time = new FakeTime();
  const socket = new FakeActSocket();
  socket.up.next(false);
  const sent = send({ socket, time, newId: () => "one" }, act);
  time.advance(1_000);
  expect(socket.commands).toEqual([]);
  socket.up.next(true);
  expect(await sent).toEqual({ kind: "ok" });

  socket.up.next(false);
  const lost = send({ socket, time, newId: () => "two" }, act);
  time.advance(6_000);
  expect(await lost).toEqual({ kind: "unreachable" });
  socket.up.next(true);
  expect(socket.commands.map(({ id }) => id)).toEqual(["one"]);
});

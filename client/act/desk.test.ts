import { bayIdSchema } from "@vigil/shared/ids";
import { expect, it } from "vitest";
import { FakeTime } from "../live/testing/fake-time.ts";
import { openHere } from "../people/index.ts";
import { aPerson, FakePeople } from "../people/testing/fake-people.ts";
import { openDesk } from "./desk.ts";
import { FakeActSocket } from "./testing/fake-act-socket.ts";
import { openWho } from "./who.ts";

const BAY = bayIdSchema.parse("1");
const ACKNOWLEDGE = { type: "acknowledge-alarm" as const, alarm: "spo2.low" };

async function scene({ known = true } = {}) {
  const time = new FakeTime();
  const socket = new FakeActSocket();
  const here = openHere(new FakePeople(known ? aPerson("Ada") : null, aPerson("Ada Lund", "supervisor")), time);
  await here.refresh();
  const who = openWho(here);
  const desk = openDesk({ socket, who, time, newId: () => "id" });
  return { time, socket, who, desk };
}

it("says a refusal at the place of the press, and there alone, for ten seconds", async () => {
  const { desk, socket, time } = await scene();
  socket.reply = () => ({ ok: false, refused: "already-done", reason: "Bo has already acknowledged it." });
  expect(await desk.act("here", BAY, ACKNOWLEDGE)).toBe(false);
  expect([...desk.notes.value]).toEqual([["here", { bay: BAY, text: "Bo has already acknowledged it." }]]);
  time.advance(9_000);
  expect(desk.notes.value.size).toBe(1);
  time.advance(1_000);
  expect(desk.notes.value.size).toBe(0);
});

it("forgets what it said when the same place is pressed again", async () => {
  const { desk, socket } = await scene();
  socket.reply = () => ({ ok: false, refused: "already-done", reason: "No." });
  await desk.act("here", BAY, ACKNOWLEDGE);
  socket.reply = () => ({ ok: true, seq: 1 });
  expect(await desk.act("here", BAY, ACKNOWLEDGE)).toBe(true);
  expect(desk.notes.value.size).toBe(0);
});

it("takes no second press while the first waits for its answer", async () => {
  const { desk, socket, time } = await scene();
  socket.reply = () => null;
  const first = desk.act("here", BAY, ACKNOWLEDGE);
  await Promise.resolve();
  expect([...desk.waiting.value]).toEqual(["here"]);
  expect(await desk.act("here", BAY, ACKNOWLEDGE)).toBe(false);
  time.advance(6_000);
  expect(await first).toBe(false);
  expect(desk.waiting.value.size).toBe(0);
  expect(desk.notes.value.get("here")?.text).toContain("The server does not answer");
});

it("asks who acts before the first act, sends nothing without an answer, and says so", async () => {
  const { desk, socket, who } = await scene({ known: false });
  const pressed = desk.act("here", BAY, ACKNOWLEDGE);
  expect(who.asking.value).toBe(1);
  who.dismiss();
  expect(await pressed).toBe(false);
  expect(socket.commands).toEqual([]);
  expect(desk.notes.value.get("here")?.text).toBe("Nothing was done: say who acts first.");

  const again = desk.act("here", BAY, ACKNOWLEDGE);
  expect(await who.enter((client) => client.signIn("ada lund", "right"))).toBeNull();
  expect(await again).toBe(true);
  expect(socket.commands).toEqual([{ id: "id", bay: BAY, command: ACKNOWLEDGE }]);
});

it("knows that nobody acts any more when the server says so", async () => {
  const { desk, socket } = await scene();
  socket.reply = () => ({ ok: false, refused: "idle", reason: "Nobody has acted here for a while." });
  expect(await desk.act("here", BAY, ACKNOWLEDGE)).toBe(false);
  expect(desk.notes.value.get("here")?.text).toBe("Nobody has acted here for a while.");
});

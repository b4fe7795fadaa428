import { bayIdSchema } from "@vigil/shared/ids";
import type { EscalationNotice } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { openAttendance } from "./attendance.ts";
import { FakeActSocket } from "./testing/fake-act-socket.ts";
import { FakeStorage } from "./testing/fake-storage.ts";

const notice = (rung: number): EscalationNotice => ({
  bay: bayIdSchema.parse("1"),
  alarm: "spo2.low",
  priority: "high",
  rung,
  target: rung === 0 ? "second nurse" : "supervisor",
  at: 0,
});

it("stands for nobody until it is made a station, and then for everybody", () => {
  const socket = new FakeActSocket();
  const attendance = openAttendance(socket, () => new FakeStorage());
  expect(socket.attended).toEqual([]);
  attendance.begin();
  expect(socket.attended).toEqual([["second nurse", "supervisor"]]);
});

it("tells the server anew with every connection, and keeps what a person chose", () => {
  const storage = new FakeStorage();
  const socket = new FakeActSocket();
  const attendance = openAttendance(socket, () => storage);
  attendance.begin();
  attendance.set("supervisor", false);
  socket.up.next(false);
  socket.up.next(true);
  expect(socket.attended.slice(1)).toEqual([["second nurse"], ["second nurse"]]);
  const later = new FakeActSocket();
  openAttendance(later, () => storage).begin();
  expect(later.attended).toEqual([["second nurse"]]);
});

it("keeps one call for each rung, and drops those that are over", () => {
  const socket = new FakeActSocket();
  const attendance = openAttendance(socket, () => new FakeStorage());
  for (const rung of [0, 1, 0]) socket.call(notice(rung));
  expect(attendance.calls.value.map((call) => call.notice.rung)).toEqual([1, 0]);
  attendance.drop(({ rung }) => rung === 0);
  expect(attendance.calls.value.map((call) => call.notice.rung)).toEqual([1]);
});

it("stands for a new target of the clinic too, unless a person chose otherwise", () => {
  const storage = new FakeStorage();
  const everybody = new FakeActSocket();
  const attendance = openAttendance(everybody, () => storage);
  attendance.begin();
  attendance.learn(["second nurse", "supervisor", "physician"]);
  expect(everybody.attended.at(-1)).toEqual(["second nurse", "supervisor", "physician"]);
  attendance.set("supervisor", false);
  attendance.learn(["supervisor", "physician", "pharmacist"]);
  expect(everybody.attended.at(-1)).toEqual(["physician"]);
  expect(attendance.known.value).toEqual(["supervisor", "physician", "pharmacist"]);
});

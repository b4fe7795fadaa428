import { boardRow } from "@vigil/shared/board";
import type { BayId } from "@vigil/shared/ids";
import type { Board } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { Bays, bayId, boardId, commandInput, NINE_O_CLOCK, nurse, reading, toInfusion } from "../testing/index.ts";
import { BoardStream } from "./board-stream.ts";

function streamOf(...names: string[]) {
  const bays = new Bays(["1", "2", "3"]);
  const board: Board = { id: boardId("east"), name: "East", bays: names.map((name) => ({ id: bayId(name), name })) };
  const rowOf = (id: BayId) => {
    const bay = bays.bay(id);
    if (bay === null) throw new Error(`no bay ${id}`);
    return boardRow(bay);
  };
  const stream = new BoardStream({ board, epoch: "first", seq: 0, rowOf });
  const read = (name: string, at: number, values: Parameters<typeof reading>[1]) =>
    stream.add(bays.step(name, reading(NINE_O_CLOCK + at, values)), true);
  const infuse = (name: string) =>
    toInfusion(`s${name}`).map((document, i) =>
      stream.add(bays.step(name, commandInput(NINE_O_CLOCK + i, `${name}-${i}`, document)), false),
    );
  return { bays, stream, read, infuse };
}

it("sends one plain reading as its values, with the bay's place on the board", () => {
  const { stream, read } = streamOf("3", "1");
  expect(read("1", 5, { hr: 70, spo2: null, map: 0 })).toBe(false);
  expect(stream.take(NINE_O_CLOCK + 9, NINE_O_CLOCK)).toEqual({
    board: "east",
    seq: 1,
    at: NINE_O_CLOCK + 9,
    readings: [[1, NINE_O_CLOCK + 5, 70, null, null, null, null, 0]],
    rows: [],
    alarms: [],
    flood: NINE_O_CLOCK,
  });
});

it("sends the row instead when a bay had more than one reading: the latest value of each vital wins", () => {
  const { stream, read } = streamOf("1", "2");
  read("1", 1, { hr: 70, spo2: 98 });
  read("1", 2, { hr: 75 });
  read("1", 3, { hr: null });
  read("2", 3, { hr: 60 });
  const frame = stream.take(NINE_O_CLOCK + 9, null);
  expect(frame.readings.map(([index]) => index)).toEqual([1]);
  expect(frame.rows).toHaveLength(1);
  expect(frame.rows[0]?.vitals.hr).toMatchObject({ value: 75, at: NINE_O_CLOCK + 2 });
  expect(frame.rows[0]?.vitals.spo2).toMatchObject({ value: 98, at: NINE_O_CLOCK + 1 });
});

it("sends the row, as it is when the frame leaves, when more than a reading changed", () => {
  const { stream, infuse, read } = streamOf("1");
  infuse("1");
  read("1", 10, { hr: 70 });
  const frame = stream.take(NINE_O_CLOCK + 20, null);
  expect(frame.readings).toEqual([]);
  expect(frame.rows).toMatchObject([{ bay: "1", phase: "infusing", vitals: { hr: { value: 70 } } }]);
});

it("calls for a frame at once when an alarm changes, and keeps every transition in order", () => {
  const { stream, infuse, read } = streamOf("1");
  expect(infuse("1")).toEqual([false, false, false]);
  expect(read("1", 10, { sbp: 170 })).toBe(true);
  expect(read("1", 20, { sbp: 190 })).toBe(true);
  expect(read("1", 30, { sbp: 120 })).toBe(true);
  const { alarms } = stream.take(NINE_O_CLOCK + 40, null);
  expect(alarms.map(({ bay, event }) => [bay, event.change, event.at - NINE_O_CLOCK])).toEqual([
    ["1", "raised", 10],
    ["1", "escalated", 20],
    ["1", "cleared", 30],
  ]);
  expect(stream.isDue).toBe(false);
  expect(stream.take(NINE_O_CLOCK + 50, null).alarms).toEqual([]);
});

it("tells no wall who acknowledged", () => {
  const { stream, bays, infuse, read } = streamOf("1");
  infuse("1");
  read("1", 10, { sbp: 190 });
  const change = bays.step(
    "1",
    commandInput(NINE_O_CLOCK + 20, "seen", { type: "acknowledge-alarm", alarm: "sbp.high" }),
  );
  expect(change.events.at(-1)).toMatchObject({ change: "acknowledged", by: nurse.id });
  stream.add(change, false);
  const { alarms, rows } = stream.take(NINE_O_CLOCK + 30, null);
  expect(alarms.map(({ event }) => event.change)).toEqual(["raised", "acknowledged"]);
  const sent = JSON.stringify([alarms, rows]);
  expect(sent).not.toContain(nurse.id);
  expect(sent).not.toContain(nurse.name);
});

it("leaves other boards' bays alone", () => {
  const { stream, read } = streamOf("1");
  expect(read("2", 1, { hr: 70 })).toBe(false);
  expect(stream.isDue).toBe(false);
});

it("gives back the frames after a number, and says when they are no longer all there", () => {
  const { stream } = streamOf("1");
  const sent = Array.from({ length: 1_000 }, (_, i) => stream.take(NINE_O_CLOCK + i, null));
  expect(stream.seq).toBe(1_000);
  expect(stream.since(1_000)).toEqual([]);
  expect(stream.since(997)).toEqual(sent.slice(997));
  expect(stream.since(1_001)).toBeNull();
  expect(stream.since(0)).toBeNull();
  const oldest = sent.findIndex((frame) => stream.since(frame.seq) !== null);
  expect(stream.since(oldest + 1)).toEqual(sent.slice(oldest + 1));
  expect(1_000 - oldest).toBeGreaterThanOrEqual(150);
});

it("keeps no more frames than a short absence needs", () => {
  const { stream } = streamOf("1");
  for (let i = 0; i < 2_000; i++) stream.take(i, null);
  expect(stream.since(2_000 - 301)).toBeNull();
});

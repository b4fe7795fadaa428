/** What becomes of a board that nobody watches, or that was changed; and what a display makes of the frames. */
import { type BoardRow, boardRow } from "@vigil/shared/board";
import type { BoardId } from "@vigil/shared/ids";
import { VITALS } from "@vigil/shared/vitals";
import type { Board, Frame, WatchReply } from "@vigil/shared/wire";
import { describe, expect, it } from "vitest";
import { Bays, bayId, boardId, commandInput, FakeClock, reading, toInfusion } from "../testing/index.ts";
import { Hub } from "./hub.ts";

const ALL = boardId("all");
const boardOf = (names: readonly string[]): Board => ({
  id: ALL,
  name: "All",
  bays: names.map((name) => ({ id: bayId(name), name })),
});

function openHub() {
  const clock = new FakeClock();
  const bays = new Bays(["1", "2"]);
  const sent: Frame[] = [];
  const change = { board: boardOf(["1", "2"]) };
  const hub = new Hub({
    clock,
    zone: "UTC",
    epoch: "first",
    findBoard: (_id: BoardId | undefined) => change.board,
    bayOf: bays.bay,
    send: (_board, frame) => sent.push(frame),
    frameEveryMs: 50,
  });
  let commands = 0;
  const read = (name: string, values: Parameters<typeof reading>[1]) => {
    hub.take(bays.step(name, reading(clock.now(), values)));
    clock.advance(50);
  };
  const act = (name: string, ...documents: unknown[]) => {
    for (const document of documents) hub.take(bays.step(name, commandInput(clock.now(), `c${++commands}`, document)));
    clock.advance(50);
  };
  return { clock, bays, change, sent, hub, read, act };
}

const isSnapshot = (reply: WatchReply): boolean => reply.ok && "snapshot" in reply;
const lastSeq = (sent: readonly Frame[]): number => sent.at(-1)?.seq ?? 0;

it("keeps frames for a display that comes back within seconds", () => {
  const { clock, hub, read, sent } = openHub();
  hub.watch({});
  read("1", { hr: 70 });
  hub.unwatch(ALL);
  clock.advance(20_000);
  read("1", { hr: 71 });
  const reply = hub.watch({ resume: { epoch: "first", seq: 1 } });
  expect(reply).toMatchObject({ ok: true, resumed: [{ seq: 2 }] });
  clock.advance(60_000);
  read("1", { hr: 72 });
  expect(lastSeq(sent)).toBe(3);
});

it("forgets a board that nobody watches any more", () => {
  const { clock, hub, read, sent } = openHub();
  hub.watch({});
  hub.watch({});
  hub.unwatch(ALL);
  clock.advance(60_000);
  read("1", { hr: 70 });
  expect(sent).toHaveLength(1);
  hub.unwatch(ALL);
  clock.advance(60_000);
  read("1", { hr: 71 });
  expect(sent).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});

it("keeps frames as long after the last absence as after the first", () => {
  const { clock, hub, read } = openHub();
  hub.watch({});
  read("1", { hr: 70 });
  hub.unwatch(ALL);
  clock.advance(25_000);
  hub.watch({});
  hub.unwatch(ALL);
  clock.advance(10_000);
  expect(isSnapshot(hub.watch({ resume: { epoch: "first", seq: 1 } }))).toBe(false);
});

it("never resumes a display with frames of another numbering after the board was forgotten", () => {
  const { clock, hub, read, act, sent } = openHub();
  hub.watch({});
  act("1", ...toInfusion("s1"));
  read("1", { hr: 70 });
  const away = { epoch: "first", seq: lastSeq(sent) };
  hub.unwatch(ALL);
  clock.advance(60_000);
  read("1", { sbp: 190 });
  hub.watch({});
  for (let i = 0; i < 5; i++) read("2", { hr: 70 });
  // What this display missed, the alarm of bay 1, is in no frame: only a snapshot can tell.
  expect(isSnapshot(hub.watch({ resume: away }))).toBe(true);
});

it("goes on sending to those who watch when their board is changed", () => {
  const { change, hub, read, act, sent } = openHub();
  hub.watch({});
  act("1", ...toInfusion("s1"));
  change.board = boardOf(["2", "1"]);
  hub.changed(ALL);
  const before = sent.length;
  read("1", { sbp: 190 });
  // Whatever it is that they are sent, it must let them notice: a wall that hears nothing shows no alarm.
  expect(sent.length).toBeGreaterThan(before);
});

it("never resumes a display of the old board with frames of the changed one", () => {
  const { change, hub, read, sent } = openHub();
  hub.watch({});
  read("1", { hr: 70 });
  const old = { epoch: "first", seq: lastSeq(sent) };
  change.board = boardOf(["2", "1"]);
  hub.changed(ALL);
  hub.watch({});
  for (let i = 0; i < 5; i++) read("2", { hr: 70 });
  expect(isSnapshot(hub.watch({ resume: old }))).toBe(true);
});

it("does not forget a changed board for those who watch it because one who watched the old one leaves", () => {
  const { clock, change, hub, read, sent } = openHub();
  hub.watch({});
  change.board = boardOf(["2", "1"]);
  hub.changed(ALL);
  hub.watch({});
  hub.unwatch(ALL);
  clock.advance(60_000);
  const before = sent.length;
  read("1", { hr: 70 });
  expect(sent.length).toBeGreaterThan(before);
});

/** A display's rows after a frame, as shared/wire/live.ts tells it to make them. */
function applied(rows: readonly BoardRow[], { readings, rows: whole }: Frame): readonly BoardRow[] {
  return rows.map((row, index) => {
    let next = row;
    for (const [place, at, ...values] of readings) {
      if (place !== index) continue;
      const vitals = { ...next.vitals };
      VITALS.forEach((vital, i) => {
        const value = values[i] ?? null;
        if (value !== null) vitals[vital] = { ...vitals[vital], value, at };
      });
      next = { ...next, vitals, lastMessageAt: at, monitor: "talking" };
    }
    return whole.find((each) => each.bay === row.bay) ?? next;
  });
}

it.each([
  ["heart rate and saturation", { hr: 70, spo2: 97 }],
  ["a cuff measurement", { hr: 70, spo2: 97, sbp: 121, dbp: 81, map: 94 }],
])("sends enough for a display to have the same rows as the server: %s", (_what, values) => {
  const { clock, bays, hub, act, read, sent } = openHub();
  act("1", ...toInfusion("s1"));
  const reply = hub.watch({});
  if (!reply.ok || !("snapshot" in reply)) throw new Error("no snapshot");
  let rows = reply.snapshot.rows;
  for (let minute = 0; minute < 4; minute++) {
    for (let i = 0; i < 10; i++) {
      read("1", i === 5 ? values : { hr: 70, spo2: 98 });
      clock.advance(950);
    }
  }
  for (const frame of sent.filter(({ seq }) => seq > reply.snapshot.seq)) rows = applied(rows, frame);
  expect(rows).toEqual(["1", "2"].map((name) => boardRow(bays.bay(bayId(name))!)));
});

/** Raises and ends the alarm of a pressure so many times, a second apart. */
function chatter({ clock, read }: ReturnType<typeof openHub>, times: number) {
  for (let i = 0; i < times; i++) {
    read("1", { sbp: i % 2 === 0 ? 170 : 120 });
    clock.advance(950);
  }
}

describe("a flood of alarms", () => {
  const MIN = 60_000;

  it("is told with the alarm it begins with, and to whoever comes later", () => {
    const opened = openHub();
    const { hub, act, sent } = opened;
    hub.watch({});
    act("1", ...toInfusion("s1"));
    chatter(opened, 20);
    expect(sent.every(({ flood }) => flood === null)).toBe(true);
    chatter(opened, 1);
    const begins = sent.find(({ flood }) => flood !== null);
    expect(begins?.alarms).toMatchObject([{ event: { change: "raised" } }]);
    expect(begins?.flood).toBe(begins?.alarms[0]?.event.at);
    expect(hub.watch({})).toMatchObject({ snapshot: { flood: begins?.flood } });
  });

  it("is over when fewer than five were raised in ten minutes, and a frame says so though nothing else happens", () => {
    const opened = openHub();
    const { clock, hub, act, sent } = opened;
    hub.watch({});
    act("1", ...toInfusion("s1", { cuffIntervalMin: { infusing: 60 } }));
    chatter(opened, 22);
    const before = sent.length;
    clock.advance(10 * MIN - 12_000);
    expect(sent.slice(before).every(({ flood }) => flood !== null)).toBe(true);
    clock.advance(10_000);
    expect(sent.at(-1)?.flood).toBeNull();
    expect(clock.waiting).toBe(0);
  });

  it("is the same to a wall that reloads, however long nobody looked", () => {
    const opened = openHub();
    const { clock, hub, act } = opened;
    hub.watch({});
    act("1", ...toInfusion("s1"));
    chatter(opened, 22);
    hub.unwatch(ALL);
    clock.advance(2 * MIN);
    expect(hub.watch({})).toMatchObject({ snapshot: { flood: expect.any(Number) } });
    hub.unwatch(ALL);
    clock.advance(9 * MIN);
    expect(hub.watch({})).toMatchObject({ snapshot: { flood: null } });
  });

  it("is known from replayed steps, and concerns the board’s own bays only", () => {
    const { clock, bays, change, hub } = openHub();
    const steps = toInfusion("s1").map((document, i) => bays.step("1", commandInput(clock.now(), `r${i}`, document)));
    for (let i = 0; i < 22; i++)
      steps.push(bays.step("1", reading(clock.now() + i * 1_000, { sbp: i % 2 === 0 ? 170 : 120 })));
    clock.advance(MIN);
    for (const step of steps) hub.take(step, true);
    expect(hub.watch({})).toMatchObject({ snapshot: { flood: expect.any(Number) } });
    change.board = boardOf(["2"]);
    hub.changed(ALL);
    expect(hub.watch({})).toMatchObject({ snapshot: { flood: null } });
  });
});

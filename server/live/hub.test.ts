import { boardRow } from "@vigil/shared/board";
import type { BoardId } from "@vigil/shared/ids";
import type { Board, Frame, Snapshot, WatchReply } from "@vigil/shared/wire";
import { expect, it } from "vitest";
import { Bays, bayId, boardId, commandInput, FakeClock, NINE_O_CLOCK, reading, toInfusion } from "../testing/index.ts";
import { Hub } from "./hub.ts";

const NAMES = ["1", "2", "3"];
const boardOf = (id: string, names: readonly string[]): Board => ({
  id: boardId(id),
  name: id,
  bays: names.map((name) => ({ id: bayId(name), name })),
});

function openHub(epoch = "first") {
  const clock = new FakeClock();
  const bays = new Bays(NAMES);
  const boards = new Map([boardOf("all", NAMES), boardOf("east", ["2"])].map((board) => [board.id, board]));
  const sent: Frame[] = [];
  const hub = new Hub({
    clock,
    zone: "UTC",
    epoch,
    findBoard: (id: BoardId = boardId("all")) => boards.get(id) ?? null,
    bayOf: bays.bay,
    send: (board, frame) => {
      expect(frame.board).toBe(board);
      sent.push(frame);
    },
    frameEveryMs: 50,
  });
  let commands = 0;
  const read = (name: string, values: Parameters<typeof reading>[1]) =>
    hub.take(bays.step(name, reading(clock.now(), values)));
  const act = (name: string, ...documents: unknown[]) => {
    for (const document of documents) hub.take(bays.step(name, commandInput(clock.now(), `c${++commands}`, document)));
  };
  // A monitor's first message is more than a plain reading.
  for (const name of NAMES) read(name, { hr: 69 });
  return { clock, bays, boards, sent, hub, read, act };
}

function snapshotOf(reply: WatchReply): Snapshot {
  if (!reply.ok || !("snapshot" in reply)) throw new Error(`no snapshot: ${JSON.stringify(reply)}`);
  return reply.snapshot;
}

function resumedOf(reply: WatchReply): readonly Frame[] {
  if (!reply.ok || !("resumed" in reply)) throw new Error(`not resumed: ${JSON.stringify(reply)}`);
  return reply.resumed;
}

it("begins with a snapshot of every bay in the board's order", () => {
  const { hub, bays, read } = openHub();
  read("2", { hr: 70 });
  const snapshot = snapshotOf(hub.watch({}));
  expect(snapshot).toMatchObject({ epoch: "first", seq: 0, at: NINE_O_CLOCK, board: { id: "all", name: "all" } });
  expect(snapshot.rows).toEqual(NAMES.map((name) => boardRow(bays.bay(bayId(name))!)));
  expect(snapshot.trends).toHaveLength(3);
});

it("refuses a board that does not exist, by its name", () => {
  const { hub } = openHub();
  expect(hub.watch({ board: boardId("west") })).toEqual({
    ok: false,
    code: "unknown-board",
    reason: 'There is no board "west".',
  });
});

it("sends a value at once after a quiet time, and lets those that follow closely wait and go together", () => {
  const { clock, hub, read, sent } = openHub();
  hub.watch({});
  read("1", { hr: 70 });
  clock.advance(1);
  expect(sent).toHaveLength(1);
  read("1", { hr: 71 });
  clock.advance(30);
  read("3", { hr: 72 });
  clock.advance(18);
  expect(sent).toHaveLength(1);
  clock.advance(1);
  expect(sent.map((frame) => frame.readings.map(([index, , hr]) => [index, hr]))).toEqual([
    [[0, 70]],
    [
      [0, 71],
      [2, 72],
    ],
  ]);
  clock.advance(10_000);
  expect(sent).toHaveLength(2);
});

it("tells how long a value holds that was stale and is measured again, though nothing was decided", () => {
  const { clock, bays, hub, read, sent } = openHub();
  hub.watch({});
  clock.advance(6_000);
  hub.take(bays.settle("1", clock.now()));
  expect(bays.bay(bayId("1"))?.vitals.hr.stale).toBe(true);
  clock.advance(100);
  read("1", { hr: 70 });
  clock.advance(100);
  expect(sent.at(-1)?.rows).toMatchObject([{ bay: "1", vitals: { hr: { value: 70, staleAfterMs: 5_000 } } }]);
});

it("sends an alarm at once, with what was waiting", () => {
  const { clock, hub, read, act, sent } = openHub();
  hub.watch({});
  act("1", ...toInfusion("s1"));
  clock.advance(50);
  read("2", { hr: 70 });
  read("1", { sbp: 190 });
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({
    seq: 2,
    readings: [[1, NINE_O_CLOCK + 50, 70, null, null, null, null, null]],
    rows: [{ bay: "1", alarms: [{ id: "sbp.high" }] }],
    alarms: [{ bay: "1", event: { change: "raised", alarm: "sbp.high" } }],
  });
  clock.advance(50);
  expect(sent).toHaveLength(2);
});

it("lets values wait after an alarm's frame as after any other", () => {
  const { clock, hub, read, act, sent } = openHub();
  hub.watch({});
  act("1", ...toInfusion("s1"));
  clock.advance(1_000);
  sent.length = 0;
  read("3", { hr: 70 });
  clock.advance(20);
  read("1", { sbp: 190 });
  expect(sent).toHaveLength(2);
  read("3", { hr: 71 });
  clock.advance(49);
  expect(sent).toHaveLength(2);
  clock.advance(1);
  expect(sent).toHaveLength(3);
  expect(sent.at(-1)?.readings.map(([index, , hr]) => [index, hr])).toEqual([[2, 71]]);
});

it("holds up no board for the alarms of another", () => {
  const { clock, hub, read, act, sent } = openHub();
  hub.watch({});
  hub.watch({ board: boardId("east") });
  act("1", ...toInfusion("s1"));
  clock.advance(1_000);
  sent.length = 0;
  for (let i = 0; i < 40; i++) {
    read("1", { sbp: i % 2 === 0 ? 190 : 120 });
    read("2", { hr: 60 + i });
    clock.advance(10);
  }
  expect(sent.filter(({ board }) => board === "all").length).toBeGreaterThanOrEqual(40);
  // The first at once, then one every 50 ms.
  expect(sent.filter(({ board }) => board === "east")).toHaveLength(9);
});

it("numbers the frames of each board without a gap", () => {
  const { clock, hub, read, act, sent } = openHub();
  hub.watch({});
  hub.watch({ board: boardId("east") });
  act("2", ...toInfusion("s2"));
  for (let i = 0; i < 200; i++) {
    read(NAMES[i % 3] ?? "1", { hr: 70, ...(i % 20 === 1 ? { sbp: i % 40 === 1 ? 190 : 120 } : {}) });
    clock.advance(i % 70);
  }
  for (const board of ["all", "east"]) {
    const numbers = sent.filter((frame) => frame.board === board).map((frame) => frame.seq);
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  }
});

it("sends a board what happens in its own bays only", () => {
  const { clock, hub, read, sent } = openHub();
  hub.watch({ board: boardId("east") });
  read("1", { hr: 70 });
  clock.advance(50);
  expect(sent).toEqual([]);
});

it("rebuilds trends from replayed steps without sending anything", () => {
  const { clock, hub, bays, sent } = openHub();
  hub.watch({});
  const steps = toInfusion("s1").map((document, i) =>
    bays.step("1", commandInput(NINE_O_CLOCK + i, `r${i}`, document)),
  );
  for (const step of steps) hub.take(step, true);
  hub.take(bays.step("1", reading(NINE_O_CLOCK + 10, { hr: 60, spo2: 97, sbp: 120, dbp: 80 })), true);
  hub.take(bays.step("1", reading(NINE_O_CLOCK + 20, { hr: 90, spo2: null })), true);
  clock.advance(1_000);
  expect(sent).toEqual([]);
  expect(snapshotOf(hub.watch({})).trends[0]).toEqual({
    buckets: [[NINE_O_CLOCK / 5_000, 60, 90, 97, 97]],
    cuffs: [[NINE_O_CLOCK + 10, 120, 80]],
  });
});

it("shows nobody the trend of the patient before", () => {
  const { clock, hub, act, read } = openHub();
  act("1", ...toInfusion("s1"));
  read("1", { hr: 60 });
  act("1", { type: "abandon-session", reason: "left", left: "against-advice" });
  clock.advance(1_000);
  expect(snapshotOf(hub.watch({})).trends[0]).toEqual({ buckets: [], cuffs: [] });
  // What the monitor of the free bay sends is nobody's of before, and not of whoever comes next.
  read("1", { hr: 61 });
  expect(snapshotOf(hub.watch({})).trends[0]?.buckets).toEqual([[expect.any(Number), 61, 61, null, null]]);
  act("1", ...toInfusion("s2"));
  read("1", { hr: 62 });
  expect(snapshotOf(hub.watch({})).trends[0]?.buckets).toEqual([[expect.any(Number), 62, 62, null, null]]);
});

it("sends nothing after it was closed, and leaves no timer", () => {
  const { clock, hub, read, sent } = openHub();
  hub.watch({});
  read("1", { hr: 70 });
  hub.close();
  clock.advance(1_000);
  expect(sent).toEqual([]);
  expect(clock.waiting).toBe(0);
});

it("resumes with exactly the frames that were missed, those not sent yet included", () => {
  const { clock, hub, read, sent } = openHub();
  const { seq, epoch } = snapshotOf(hub.watch({}));
  for (let i = 0; i < 5; i++) {
    read("1", { hr: 70 + i });
    clock.advance(50);
  }
  read("1", { hr: 80 });
  const resumed = resumedOf(hub.watch({ resume: { epoch, seq: seq + 2 } }));
  expect(resumed.map((frame) => frame.seq)).toEqual([3, 4, 5, 6]);
  expect(resumed).toEqual(sent.slice(2));
});

it("resumes with nothing when nothing was missed", () => {
  const { hub } = openHub();
  const { seq, epoch } = snapshotOf(hub.watch({}));
  expect(resumedOf(hub.watch({ resume: { epoch, seq } }))).toEqual([]);
});

it.each([
  ["numbers of another start of the server", { epoch: "before", seq: 1 }],
  ["a number that is still to come", { epoch: "first", seq: 400 }],
  ["a number that is too long ago", { epoch: "first", seq: 0 }],
])("begins anew for %s", (_what, resume) => {
  const { clock, hub, read } = openHub();
  hub.watch({});
  for (let i = 0; i < 350; i++) {
    read("1", { hr: 70 });
    clock.advance(50);
  }
  expect(snapshotOf(hub.watch({ resume }))).toMatchObject({ epoch: "first", seq: 350 });
});

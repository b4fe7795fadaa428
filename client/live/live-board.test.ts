import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BoardState, type LiveBoard, openLiveBoard } from "./live-board.ts";
import { FakeSocket } from "./testing/fake-socket.ts";
import { FakeTime } from "./testing/fake-time.ts";
import { alarm, BOARD, frame, infusing, reading, row, snapshot } from "./testing/rows.ts";

let time: FakeTime;
let socket: FakeSocket;
let live: LiveBoard;

beforeEach(() => {
  time = new FakeTime();
  socket = new FakeSocket(time);
  socket.reply = () => ({ ok: true, snapshot: snapshot([infusing("1", 900_000), row("2")]) });
  live = openLiveBoard(socket, time, undefined);
});
afterEach(() => live.close());

function bays() {
  const state: BoardState = live.state.value;
  if (state.kind !== "board") throw new Error(`the board is ${state.kind}`);
  return state.bays;
}
const hr = (index: number) => bays()[index]?.row.value.vitals.hr.value;

describe("a live board", () => {
  it("watches as soon as it is connected, and is live", () => {
    expect(live.state.value.kind).toBe("connecting");
    socket.up.next(true);
    expect(bays().map((bay) => bay.name)).toEqual(["1", "2"]);
    expect(live.link.value.state).toBe("live");
    expect(live.summary.value).toMatchObject({ infusing: 1, recovering: 0 });
  });

  it("tells with every connection, and when it changes, whether alarms are heard here", () => {
    live.tellSound("off");
    expect(socket.sounds).toEqual([]);
    socket.up.next(true);
    live.tellSound("off");
    live.tellSound("blocked");
    socket.up.next(false);
    live.tellSound("heard");
    socket.up.next(true);
    expect(socket.sounds).toEqual(["off", "blocked", "heard"]);
  });

  it("touches only the bays a frame touches", () => {
    socket.up.next(true);
    const touched: string[] = [];
    for (const bay of bays()) bay.row.subscribe(() => touched.push(bay.name));
    touched.length = 0;
    socket.frames.next(frame(11, { readings: [reading(0, 1_000_100, 71)] }));
    expect(touched).toEqual(["1"]);
    expect(hr(0)).toBe(71);
  });

  it("does not render facts anew for a plain reading", () => {
    socket.up.next(true);
    const before = bays()[0]?.facts.value;
    socket.frames.next(frame(11, { readings: [reading(0, 1_000_100, 71)] }));
    expect(bays()[0]?.facts.value).toBe(before);
  });

  it("lets the latest reading of a frame win, and a null leave what stands", () => {
    socket.up.next(true);
    socket.frames.next(frame(11, { readings: [reading(0, 1, 70, 97), reading(0, 2, 72), reading(0, 3, null, 96)] }));
    expect(bays()[0]?.row.value.vitals).toMatchObject({ hr: { value: 72, at: 2 }, spo2: { value: 96, at: 3 } });
    expect(bays()[0]?.row.value.lastMessageAt).toBe(3);
  });

  it("lets a whole row replace what was there", () => {
    socket.up.next(true);
    socket.frames.next(frame(11, { rows: [infusing("1", 900_000, { alarms: [alarm()] })] }));
    expect(live.summary.value.alarms.map(({ alarm }) => alarm.id)).toEqual(["spo2.low"]);
    socket.frames.next(frame(12, { rows: [row("1")] }));
    expect(bays()[0]?.row.value.phase).toBeNull();
    expect(live.summary.value.alarms).toEqual([]);
  });

  it("leaves nothing of the patient before in the trend", () => {
    socket.up.next(true);
    socket.frames.next(frame(11, { readings: [reading(0, 1_000_100, 71, 98)] }));
    expect(bays()[0]?.trend.buckets).toHaveLength(1);
    socket.frames.next(frame(12, { rows: [row("1")] }));
    expect(bays()[0]?.trend.buckets).toHaveLength(0);
  });

  it("fills a gap by resuming from the last number it has", () => {
    socket.up.next(true);
    socket.reply = () => ({
      ok: true,
      board: BOARD,
      at: 1,
      resumed: [11, 12, 13].map((seq) => frame(seq, { readings: [reading(0, seq, seq)] })),
    });
    socket.frames.next(frame(13, { readings: [reading(0, 13, 99)] }));
    expect(socket.asked.at(-1)).toEqual({ board: BOARD, resume: { epoch: "first", seq: 10 } });
    expect(hr(0)).toBe(13);
    socket.frames.next(frame(14, { readings: [reading(0, 14, 14)] }));
    expect(hr(0)).toBe(14);
    expect(socket.asked).toHaveLength(2);
  });

  it("passes over frames it has had", () => {
    socket.up.next(true);
    socket.frames.next(frame(10, { readings: [reading(0, 1, 55)] }));
    expect(hr(0)).toBeNull();
    expect(socket.asked).toHaveLength(1);
  });

  it("begins anew when what is resumed has a gap itself", () => {
    socket.up.next(true);
    socket.reply = (ask) =>
      ask.resume === undefined
        ? { ok: true, snapshot: snapshot([infusing("1", 900_000), row("2")], { seq: 40 }) }
        : { ok: true, board: BOARD, at: 1, resumed: [frame(20)] };
    socket.frames.next(frame(21));
    expect(socket.asked).toHaveLength(3);
    expect(socket.asked.at(-1)?.resume).toBeUndefined();
    socket.frames.next(frame(41, { readings: [reading(0, 1, 77)] }));
    expect(hr(0)).toBe(77);
  });

  it("resumes after a reconnect, and takes a new snapshot of a server that began anew; bays stay the same objects", () => {
    socket.up.next(true);
    const [first] = bays();
    socket.up.next(false);
    const rows = [infusing("1", 900_000, { initials: "B.C." }), row("2")];
    socket.reply = () => ({ ok: true, snapshot: snapshot(rows, { epoch: "second", seq: 0 }) });
    socket.up.next(true);
    expect(socket.asked.at(-1)?.resume).toEqual({ epoch: "first", seq: 10 });
    expect(bays()[0]).toBe(first);
    expect(first?.facts.value.initials).toBe("B.C.");
    socket.frames.next(frame(1, { readings: [reading(0, 1, 64)] }));
    expect(hr(0)).toBe(64);
  });

  it("shows a new second with the next frame where frames come all the time, and without one soon", () => {
    socket.up.next(true);
    time.advance(950);
    socket.frames.next(frame(11, { readings: [reading(0, 1_000_950, 70)] }));
    time.advance(60);
    expect(live.shown.value.now).toBe(1_000_000);
    socket.frames.next(frame(12, { readings: [reading(0, 1_001_010, 71)] }));
    expect(live.shown.value.now).toBe(1_001_000);
    time.advance(950);
    socket.frames.next(frame(13, { readings: [reading(0, 1_001_960, 70)] }));
    time.advance(139);
    expect(live.shown.value.now).toBe(1_001_000);
    time.advance(1);
    expect(live.shown.value.now).toBe(1_002_000);
  });

  it("waits with a new second where a frame shows what is there already: no picture is made for that", () => {
    socket.up.next(true);
    time.advance(950);
    socket.frames.next(frame(11, { readings: [reading(0, 1_000_950, 70)] }));
    time.advance(60);
    socket.frames.next(frame(12, { readings: [reading(0, 1_001_010, 70)] }));
    expect(live.shown.value.now).toBe(1_000_000);
    socket.frames.next(frame(13, { rows: [row("2")] }));
    expect(live.shown.value.now).toBe(1_001_000);
  });

  it("is lost after 3 s without a sign of life, shows estimates, and drops the dead connection", () => {
    socket.up.next(true);
    time.advance(10_000);
    expect(live.link.value.state).toBe("live");
    expect(live.shown.value).toEqual({ now: 1_010_000, estimated: false });
    socket.silent = true;
    time.advance(4_000);
    expect(live.link.value.state).toBe("lost");
    expect(live.shown.value).toEqual({ now: 1_014_000, estimated: true });
    time.advance(3_000);
    expect(socket.reconnects).toBeGreaterThan(0);
    expect(live.shown.value.now).toBe(1_017_000);
  });

  it("asks for the time seldom while frames come, and every second while none do", () => {
    socket.up.next(true);
    time.advance(1_000);
    let seq = 10;
    const asksIn = (seconds: number, frames: boolean): number => {
      const before = socket.timesAsked;
      for (let i = 0; i < seconds * 10; i++) {
        time.advance(100);
        if (frames) socket.frames.next(frame(++seq, { at: time.now() + socket.offset }));
      }
      return socket.timesAsked - before;
    };
    expect(asksIn(60, true)).toBe(12);
    expect(live.link.value.state).toBe("live");
    expect(asksIn(60, false)).toBe(60);
    expect(live.link.value.state).toBe("live");
    expect(socket.reconnects).toBe(0);
  });

  it("asks for the time soon when a frame tells that a clock was set", () => {
    socket.up.next(true);
    time.advance(10_000);
    let seq = 10;
    const framesFor = (tenths: number) => {
      for (let i = 0; i < tenths; i++) {
        time.advance(100);
        socket.frames.next(frame(++seq, { at: time.now() + socket.offset }));
      }
    };
    framesFor(10);
    socket.offset += 20_000;
    framesFor(15);
    expect(live.shown.value.now).toBe(Math.floor((time.now() + socket.offset) / 1000) * 1000);
  });

  it("is not live on heartbeats alone while the board does not come", () => {
    socket.up.next(true);
    socket.up.next(false);
    socket.reply = () => ({ ok: false, code: "journal-failed", reason: "the disk is full" });
    socket.up.next(true);
    time.advance(3_500);
    expect(live.link.value.state).toBe("lost");
    expect(live.state.value.kind).toBe("board");
  });

  it("says that a board is unknown, and asks again", () => {
    socket.reply = () => ({ ok: false, code: "unknown-board", reason: "no board “x”" });
    socket.up.next(true);
    expect(live.state.value).toMatchObject({ kind: "refused", code: "unknown-board" });
    socket.reply = () => ({ ok: true, snapshot: snapshot([row("1")]) });
    time.advance(2_500);
    expect(live.state.value.kind).toBe("board");
  });

  it("takes no refusal for the server's clock, and is not live while that is all it hears", () => {
    socket.up.next(true);
    time.advance(2_000);
    const before = live.shown.value.now;
    socket.refusesTime = true;
    time.advance(4_000);
    expect(live.shown.value.now).toBe(before + 4_000);
    expect(live.link.value.state).toBe("lost");
    time.advance(2_000);
    expect(socket.reconnects).toBeGreaterThan(0);
  });

  it("shows nothing more to a screen whose sign-in has run out, until somebody signs in", () => {
    socket.reply = () => ({ ok: true, snapshot: snapshot([infusing("1", 900_000, { alarms: [alarm()] })]) });
    socket.up.next(true);
    socket.up.next(false);
    socket.refusals.next({ code: "sign-in", reason: "Sign in first." });
    expect(live.state.value).toEqual({ kind: "refused", code: "sign-in", reason: "Sign in first." });
    expect(live.summary.value.alarms).toEqual([]);
    socket.up.next(true);
    expect(socket.asked.at(-1)?.resume).toBeUndefined();
    expect(bays()).toHaveLength(1);
  });

  it("keeps the view, growing old, when the server merely failed", () => {
    socket.up.next(true);
    socket.up.next(false);
    socket.refusals.next({ code: "refused", reason: "The server failed." });
    expect(live.state.value.kind).toBe("board");
  });

  it("asks again when a watch is not answered", () => {
    socket.silent = true;
    socket.up.next(true);
    socket.silent = false;
    time.advance(5_000);
    expect(live.state.value.kind).toBe("board");
  });

  it("measures from the reading to the painted screen", () => {
    socket.up.next(true);
    time.advance(1_000);
    socket.frames.next(frame(11, { readings: [reading(0, 1_000_900, 70)] }));
    time.advance(40);
    time.paint();
    expect(live.delay()).toBeCloseTo(140, 0);
    time.advance(11_000);
    expect(live.delay()).toBeNull();
  });

  it("measures it with a picture that is made anyway, and where values stay as they are, now and then with one of its own", () => {
    socket.up.next(true);
    time.advance(1_000);
    const read = (n: number, hr: number) => {
      socket.frames.next(frame(11 + n, { readings: [reading(0, 1_000_900 + n * 400, hr)] }));
      time.advance(40);
      time.paint();
      time.advance(360);
      return live.delay();
    };
    expect(read(0, 70)).toBeCloseTo(140, 0);
    const asked: (number | null)[] = [];
    for (let n = 1; n <= 40; n++) asked.push(read(n, 70));
    expect(asked.every((ms) => ms !== null)).toBe(true);
  });

  it("measures it by a whole row too, when a reading came with it and not when an act did", () => {
    socket.up.next(true);
    time.advance(1_000);
    socket.frames.next(frame(11, { rows: [row("1", { lastMessageAt: 1_000_900 })] }));
    time.advance(40);
    time.paint();
    expect(live.delay()).toBeCloseTo(140, 0);
    time.advance(11_000);
    socket.frames.next(frame(12, { rows: [row("1", { lastMessageAt: 1_000_900, audioPausedUntil: 1_100_000 })] }));
    time.paint();
    expect(live.delay()).toBeNull();
  });

  it("stops for good when closed", () => {
    socket.up.next(true);
    live.close();
    expect(socket.closed).toBe(true);
    expect(socket.unwatched).toEqual([BOARD]);
    socket.frames.next(frame(11, { readings: [reading(0, 1, 70)] }));
    expect(hr(0)).toBeNull();
    expect(time.scheduler.actions.every((action) => action.closed)).toBe(true);
  });
});

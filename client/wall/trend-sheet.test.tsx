import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type LiveBoard, openLiveBoard } from "../live/live-board.ts";
import { FakeSocket } from "../live/testing/fake-socket.ts";
import { FakeTime } from "../live/testing/fake-time.ts";
import { frame, infusing, reading, row, snapshot, vital } from "../live/testing/rows.ts";
import { wallLayout } from "./layout.ts";
import { LiveContext } from "./live-context.ts";
import { TrendSheet } from "./trend-sheet.tsx";

/** The server's clock when a test begins. */
const NOW = 1_000_000;

let time: FakeTime;
let socket: FakeSocket;
let live: LiveBoard;
let seq: number;

beforeEach(() => {
  time = new FakeTime();
  socket = new FakeSocket(time);
  seq = 10;
  live = openLiveBoard(socket, time, undefined);
});
afterEach(() => live.close());

type Row = ReturnType<typeof row>;

function show(...rows: Row[]) {
  socket.reply = () => ({ ok: true, snapshot: snapshot(rows) });
  socket.up.next(true);
  if (live.state.value.kind !== "board") throw new Error("there is no board");
  const { bays } = live.state.value;
  const layout = wallLayout(bays.length, { width: 1920, height: 1080 }, 0);
  const { container } = render(
    <LiveContext value={live}>
      <TrendSheet bays={bays} layout={layout} />
    </LiveContext>,
  );
  const path = (kind: string, monitor: string) =>
    [...container.querySelectorAll(`.${kind}[data-vital=hr][data-monitor=${monitor}]`)]
      .map((line) => line.getAttribute("d") ?? "")
      .join("");
  return {
    columns: layout.columns,
    rows: container.querySelectorAll("g").length,
    lines: (monitor = "talking") => path("trend-line", monitor).split("M").length - 1,
    limits: (monitor = "talking") => path("trend-limits", monitor).split("M").length - 1,
    path,
  };
}
/** What is new is drawn once for all that came with it, before the picture: so the work of a task is awaited. */
const send = (given: Parameters<typeof frame>[1]) =>
  act(async () => {
    socket.frames.next(frame(++seq, given));
  });

const measured = (bay: string, given: Partial<Row> = {}) =>
  infusing(bay, NOW, {
    vitals: { ...row("x").vitals, hr: { ...vital(78, NOW), low: 50, high: 120 } },
    ...given,
  });

it("draws the bays of a row of tiles as one, and each row by itself", () => {
  const trends = show(...Array.from({ length: 8 }, (_, n) => measured(String(n + 1))));
  expect(trends.rows).toBe(Math.ceil(8 / trends.columns));
  expect(trends.limits()).toBe(16);
});

it("draws nothing of a bay that shows no values", () => {
  const trends = show(measured("1"), row("2"), infusing("3", NOW, { monitor: "never" }));
  expect(trends.limits()).toBe(2);
});

it("draws a new value with the row's next turn, and new facts at once", async () => {
  const trends = show(measured("1"), measured("2"));
  expect(trends.lines()).toBe(0);
  await send({ readings: [reading(0, NOW + 500, 81)] });
  expect(trends.lines()).toBe(0);
  act(() => time.advance(10_000));
  expect(trends.lines()).toBe(1);
  const hr = { ...vital(81, NOW), low: null, high: 120 };
  await send({ rows: [measured("1", { vitals: { ...row("x").vitals, hr } })] });
  expect(trends.limits()).toBe(3);
});

it("dims the trend of a silent monitor, and no other", async () => {
  const trends = show(measured("1"), measured("2"));
  const other = trends.path("trend-limits", "talking");
  await send({ rows: [measured("1", { monitor: "silent" })] });
  expect(trends.limits("silent")).toBe(2);
  expect(trends.limits()).toBe(2);
  expect(other.endsWith(trends.path("trend-limits", "talking"))).toBe(true);
  await send({ rows: [measured("1")] });
  expect(trends.limits("silent")).toBe(0);
  expect(trends.path("trend-limits", "talking")).toBe(other);
});

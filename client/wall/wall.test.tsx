import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { act, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LiveBoard, openLiveBoard } from "../live/live-board.ts";
import { FakeSocket } from "../live/testing/fake-socket.ts";
import { FakeTime } from "../live/testing/fake-time.ts";
import { alarm, frame, infusing, reading, row, snapshot, vital } from "../live/testing/rows.ts";
import { WallOf } from "./wall-of.tsx";

/** The server's clock when a test begins. */
const NOW = 1_000_000;

let time: FakeTime;
let socket: FakeSocket;
let live: LiveBoard;
let seq: number;

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  time = new FakeTime();
  socket = new FakeSocket(time);
  seq = 10;
  live = openLiveBoard(socket, time, undefined);
});
afterEach(() => {
  live.close();
  vi.restoreAllMocks();
});

function show(...rows: Parameters<typeof snapshot>[0]) {
  socket.reply = () => ({ ok: true, snapshot: snapshot(rows) });
  const shown = render(<WallOf live={live} below={0} reading={null} />);
  act(() => socket.up.next(true));
  return shown;
}
const send = (given: Parameters<typeof frame>[1]) => act(() => socket.frames.next(frame(++seq, given)));
const pass = (ms: number) => act(() => time.advance(ms));
const tile = (name: RegExp) => screen.getByRole("article", { name });
const vitals = (hr: number, spo2: number) => ({ ...row("x").vitals, hr: vital(hr, NOW), spo2: vital(spo2, NOW) });

it("shows who, which phase, how long and the vital signs", () => {
  show(infusing("1", NOW - 1_458_000, { vitals: vitals(78, 97) }), row("2"));
  expect(tile(/^Bay 1, A\.R\., Infusing$/).textContent).toMatch(
    /A\.R\..*Infusing.*24:18.*of 40:00.*HR.*78.*SpO₂.*97.*BP/,
  );
  expect(tile(/^Bay 2, free$/).textContent).toBe("2free");
  expect(screen.getByText("1 infusing · 0 recovering")).toBeTruthy();
});

it("shows what the monitor of a free bay sends, and that there is no session", () => {
  show(row("1"));
  expect(tile(/^Bay 1, free$/).textContent).toBe("1free");
  send({ readings: [reading(0, NOW, 98, 97)] });
  const text = () => tile(/^Bay 1, free$/).textContent;
  expect(text()).toMatch(/^1no session.*HR.*98.*SpO₂.*97.*BP.*not measured/);
  send({ readings: [reading(0, NOW, 99, null)] });
  expect(text()).toMatch(/HR.*99/);
  pass(7_000);
  expect(text()).toContain("0:07 ago");
  // Between patients monitors are switched off: that is no news.
  send({ rows: [row("1", { monitor: "silent", vitals: vitals(99, 97) })] });
  expect(text()).toBe("1free");
});

it("writes readings and seconds without rendering the tile anew", () => {
  show(infusing("1", NOW, { vitals: vitals(78, 97) }));
  const figure = within(tile(/Bay 1/)).getByText("78");
  send({ readings: [reading(0, NOW + 500, 81)] });
  expect(figure.textContent).toBe("81");
  pass(2_000);
  expect(tile(/Bay 1/).textContent).toContain("00:02");
});

it("greys what is stale and says its age", () => {
  show(infusing("1", NOW, { vitals: vitals(78, 97) }));
  const box = within(tile(/Bay 1/)).getByText("97").closest(".vital");
  expect(box?.getAttribute("data-freshness")).toBe("live");
  pass(7_000);
  expect(box?.getAttribute("data-freshness")).toBe("stale");
  expect(box?.textContent).toContain("0:07 ago");
});

it("names the alarm with its sign on the tile and at the top, with bay and age, and flashes", () => {
  const { container } = show(infusing("1", NOW), row("2"));
  send({ rows: [infusing("1", NOW, { alarms: [alarm({ raisedAt: NOW - 14_000 })] })] });
  expect(tile(/high alarm: SpO₂ 88 < 90/).textContent).toContain("!!!SpO₂ 88 < 90");
  const bar = within(screen.getByRole("region", { name: "Alarms now" }));
  expect(bar.getByRole("listitem").textContent).toBe("!!!1SpO₂ 88 < 900:14");
  expect(container.querySelectorAll('.flashes[data-priority="high"] .flash')).toHaveLength(1);
});

const HIGH_IDS = ["hr.high", "spo2.low", "rr.high", "sbp.high", "dbp.high"] as const;
const chips = () => within(screen.getByRole("region", { name: "Alarms now" })).getAllByRole("listitem");
const sick = (bay: string, given: Parameters<typeof alarm>[0]) =>
  infusing(bay, NOW, { alarms: HIGH_IDS.map((id) => alarm({ id, ...given })) });

it("names each bay once in the list of high alarms for which there is no room, and what calls nobody apart", () => {
  show(sick("1", {}), sick("2", {}), sick("3", { acknowledged: true }), sick("4", { condition: "gone" }));
  const listed = chips()
    .filter((chip) => chip.classList.contains("chip-names"))
    .map((chip) => [chip.getAttribute("data-look"), chip.textContent]);
  expect(listed).toEqual([
    ["flashing", "!!!1 · 2"],
    ["counted", "!!!4 · 3"],
  ]);
});

it("names as many alarms while a band takes the bottom of the screen: the top is as wide as ever", () => {
  const { rerender } = show(infusing("1", NOW, { alarms: [alarm()] }), sick("2", { priority: "medium" }));
  const whole = chips().map((chip) => chip.textContent);
  rerender(<WallOf live={live} below={300} reading={null} />);
  expect(chips().map((chip) => chip.textContent)).toEqual(whole);
});

it("stops flashing when acknowledged, and marks it", () => {
  const acknowledged = infusing("1", NOW, { alarms: [alarm({ acknowledged: true })] });
  const { container } = show(acknowledged);
  expect(within(tile(/acknowledged/)).getByRole("img", { name: "acknowledged" })).toBeTruthy();
  expect(tile(/acknowledged/).textContent).toContain("SpO₂ 88 < 90");
  expect(tile(/acknowledged/).getAttribute("data-priority")).toBe("high");
  expect(container.querySelector(".flash")).toBeNull();
});

it("names first what nobody has acknowledged, and counts the rest", () => {
  const low = alarm({ id: "plan-elapsed", priority: "low", value: null, limit: null });
  show(infusing("1", NOW, { alarms: [alarm({ acknowledged: true }), low] }));
  expect(tile(/low alarm: Planned time reached, and 1 more/).textContent).toContain("!Planned time reached+1");
  expect(tile(/Bay 1/).getAttribute("data-priority")).toBe("high");
});

it("says that a latched alarm is over and not seen", () => {
  show(infusing("1", NOW, { alarms: [alarm({ condition: "gone", tier: null })] }));
  expect(tile(/Bay 1/).textContent).toContain("SpO₂ 88 < 90 · cleared, not seen");
});

it("says to whom an alarm was taken, and whether they have it", () => {
  const taken = (state: "sent" | "failed" | "cancelled") =>
    infusing("1", NOW, { alarms: [alarm({ escalatedTo: { target: "second nurse", state } })] });
  show(taken("sent"));
  expect(tile(/SpO₂ 88 < 90, calling second nurse/).textContent).toContain("calling second nurse");
  send({ rows: [taken("failed")] });
  expect(tile(/Bay 1/).textContent).toContain("not reached: second nurse");
  send({ rows: [taken("cancelled")] });
  expect(tile(/Bay 1/).textContent).not.toContain("second nurse");
});

it("shows that somebody was reminded of an acknowledged alarm, before those that are acknowledged only", () => {
  const seen = alarm({ acknowledged: true });
  const reminded = alarm({ id: "hr.high", value: 160, extreme: 162, limit: 150, acknowledged: true, remindedAt: NOW });
  show(infusing("1", NOW, { alarms: [seen, reminded] }));
  const of = within(tile(/HR 162 > 150 · still so, acknowledged, and 1 more/));
  expect(of.getByRole("img", { name: "reminder" })).toBeTruthy();
});

it("leads from each alarm, in the bar and on the tile, to what to do first", () => {
  show(infusing("1", NOW, { alarms: [alarm()] }), row("2"));
  const bar = within(screen.getByRole("region", { name: "Alarms now" }));
  expect(bar.getByRole("link", { name: "SpO₂ 88 < 90" }).getAttribute("data-href")).toBe("/?runbook=spo2.low&bay=1");
  const links = within(screen.getByRole("navigation", { name: "What to do first" }));
  const link = links.getByRole("link", { name: "Bay 1: what to do first for SpO₂ 88 < 90" });
  expect(link.getAttribute("data-href")).toBe("/?runbook=spo2.low&bay=1");
  send({ rows: [infusing("1", NOW)] });
  expect(screen.queryByRole("navigation", { name: "What to do first" })).toBeNull();
});

/** The wall of a board with a runbook opened on it, within the address bar of a browser. */
async function showRunbook(alarmId: string, ...rows: Parameters<typeof snapshot>[0]) {
  socket.reply = () => ({ ok: true, snapshot: snapshot(rows) });
  const history = createMemoryHistory({ initialEntries: [`/?runbook=${alarmId}`] });
  const root = createRootRoute({
    component: () => <WallOf live={live} below={0} reading={{ alarm: alarmId, bay: "1" }} />,
  });
  render(<RouterProvider router={createRouter({ routeTree: root, history })} />);
  await screen.findByText("Connecting to the server");
  act(() => socket.up.next(true));
  return history;
}

it("reads a runbook in place of the bays: the alarms stay above it, without a server too", async () => {
  await showRunbook("server-lost", infusing("1", NOW, { alarms: [alarm()] }));
  await screen.findByRole("heading", { level: 1, name: "No link to the server" });
  const bar = within(screen.getByRole("region", { name: "Alarms now" }));
  expect(bar.getByRole("link", { name: "SpO₂ 88 < 90" })).toBeTruthy();
  expect(screen.queryByRole("article")).toBeNull();
  socket.silent = true;
  pass(5_000);
  expect(screen.getByRole("alert").textContent).toContain("No link to the server");
  expect(screen.getByRole("heading", { level: 1, name: "No link to the server" })).toBeTruthy();
});

it("leads from the runbook of an alarm to those of the bay's others", async () => {
  const other = alarm({ id: "hr.high", priority: "medium", value: 130, extreme: 131, limit: 120 });
  await showRunbook(
    "spo2.low",
    infusing("1", NOW, { alarms: [alarm(), other] }),
    infusing("2", NOW, { alarms: [other] }),
  );
  const others = within(await screen.findByRole("navigation", { name: "Other alarms of bay 1" }));
  expect(others.getAllByRole("link").map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["!!HR 131 > 120", "/?runbook=hr.high&bay=1"],
  ]);
});

it("is a wall again by itself when nobody touches anything for a minute", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const history = await showRunbook("spo2.low", infusing("1", NOW));
  await screen.findByRole("heading", { level: 1, name: "SpO₂ low" });
  await act(() => vi.advanceTimersByTimeAsync(50_000));
  act(() => void window.dispatchEvent(new Event("pointermove")));
  await act(() => vi.advanceTimersByTimeAsync(50_000));
  expect(history.location.href).toBe("/?runbook=spo2.low");
  await act(() => vi.advanceTimersByTimeAsync(10_500));
  expect(history.location.href).toBe("/");
  vi.useRealTimers();
});

it("names in a flood the high alarms only, counts the others for each bay, and each alarm again after it", () => {
  const medium = alarm({ id: "hr.high", priority: "medium", value: 130, extreme: 131, limit: 120 });
  const low = alarm({ id: "clock-skew", priority: "low", value: null, extreme: null, limit: null });
  show(infusing("1", NOW, { alarms: [alarm(), medium] }), infusing("2", NOW, { alarms: [medium, low] }));
  const bar = () => within(screen.getByRole("region", { name: "Alarms now" }));
  const chips = () =>
    bar()
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent);
  send({ flood: NOW });
  expect(chips()).toEqual([
    "Flood",
    expect.stringMatching(/^!!!1SpO₂ 88 < 90/),
    "1!! 1 of medium priority",
    "2!! 1 of medium priority! 1 of low priority",
  ]);
  expect(
    bar()
      .getByRole("link", { name: /^2.*1 of medium.*1 of low/ })
      .getAttribute("data-href"),
  ).toBe("/?runbook=hr.high&bay=2");
  send({ flood: null });
  expect(chips()).toEqual([
    expect.stringMatching(/^!!!1SpO₂ 88 < 90/),
    "!!+2more of medium priority",
    "!+1more of low priority",
  ]);
});

it("says on the tile that its monitor is silent, whatever alarm it names", () => {
  const silent = alarm({ id: "monitor-silent", priority: "medium", value: null, limit: null });
  const given = { monitor: "silent", lastMessageAt: NOW - 72_000, alarms: [alarm(), silent] } as const;
  show(infusing("1", NOW, { ...given, vitals: vitals(78, 97) }));
  expect(tile(/SpO₂ 88 < 90, and 1 more/).textContent).toContain("monitor silent 1:12");
  send({ rows: [infusing("1", NOW, { vitals: vitals(78, 97) })] });
  expect(tile(/Bay 1/).textContent).not.toContain("monitor silent");
});

it("counts how long a monitor is silent", () => {
  const silent = alarm({ id: "monitor-silent", priority: "medium", raisedAt: NOW - 2_000, value: null, limit: null });
  show(infusing("1", NOW, { monitor: "silent", lastMessageAt: NOW - 12_000, alarms: [silent] }));
  expect(tile(/Monitor silent/).textContent).toContain("Monitor silent0:12");
  pass(3_000);
  expect(tile(/Monitor silent/).textContent).toContain("Monitor silent0:15");
});

it("shows no more bays than can be read, and says which boards to make", () => {
  vi.spyOn(globalThis, "fetch").mockReturnValue(new Promise(() => undefined));
  show(...Array.from({ length: 130 }, (_, n) => row(String(n + 1))));
  expect(screen.queryByRole("article")).toBeNull();
  expect(screen.getByText(/130 bays, and a wall shows 64/).textContent).toContain(
    "3 boards of them: 1 to 44, 45 to 88, 89 to 130",
  );
});

it("says when there is no monitor", () => {
  show(infusing("1", NOW, { monitor: "never" }));
  expect(tile(/Bay 1/).textContent).toContain("no monitor");
});

it("shows what a person switched off, and for how long the sound is paused", () => {
  show(infusing("1", NOW, { alarmsOff: ["spo2", "rr", "sbp"], audioPausedUntil: NOW + 72_000 }));
  const of = within(tile(/Bay 1/));
  for (const name of ["SpO₂ alarms off", "RR alarms off", "SBP alarms off"])
    expect(of.getByRole("img", { name })).toBeTruthy();
  expect(of.getByRole("img", { name: "alarm sound paused" }).nextElementSibling?.textContent).toBe("1:12");
});

it("shows what a person switched off although no monitor has been heard", () => {
  show(infusing("1", NOW, { monitor: "never", alarmsOff: ["hr", "sbp"] }));
  expect(within(tile(/Bay 1/)).getByRole("img", { name: "HR, SBP alarms off" })).toBeTruthy();
});

it("marks on a dense wall too that somebody could not be reached", () => {
  const failed = alarm({ escalatedTo: { target: "second nurse", state: "failed" } });
  const others = Array.from({ length: 63 }, (_, i) => row(String(i + 2)));
  show(infusing("1", NOW, { alarms: [failed] }), ...others);
  expect(document.querySelector(".wall")?.getAttribute("data-density")).toBe("dense");
  expect(within(tile(/Bay 1,/)).getByRole("img", { name: "not reached: second nurse" })).toBeTruthy();
});

it("says so when the link is lost, goes on counting from the last facts, and comes back", () => {
  const { container } = show(infusing("1", NOW, { vitals: vitals(78, 97) }));
  pass(2_000);
  socket.silent = true;
  pass(5_000);
  expect(screen.getByRole("alert").textContent).toContain("No link to the server");
  expect(container.querySelector(".wall")?.getAttribute("data-link")).toBe("lost");
  expect(tile(/Bay 1/).textContent).toContain("≈00:07");
  socket.silent = false;
  pass(2_000);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(tile(/Bay 1/).textContent).not.toContain("≈");
});

it("keeps the promise of a secondary display on the screen", () => {
  show(row("1"));
  expect(screen.getByText("Secondary display. The bedside monitor is the primary alarm.")).toBeTruthy();
});

it("is never empty-handed", () => {
  render(<WallOf live={live} below={0} reading={null} />);
  expect(screen.getByRole("heading").textContent).toBe("Connecting to the server");
  act(() => socket.refusals.next({ code: "refused", reason: "this display is not paired" }));
  expect(screen.getByText("this display is not paired")).toBeTruthy();
  socket.reply = () => ({ ok: true, snapshot: snapshot([]) });
  act(() => socket.up.next(true));
  expect(screen.getByText("This board has no bays yet.")).toBeTruthy();
});

it("leaves nobody listening when it goes", () => {
  const { unmount } = show(infusing("1", NOW), row("2"));
  unmount();
  expect(live.shown.observed).toBe(false);
  expect(live.summary.observed).toBe(false);
  const state = live.state.value;
  for (const bay of state.kind === "board" ? state.bays : []) {
    expect(bay.row.observed).toBe(false);
    expect(bay.facts.observed).toBe(false);
  }
});

import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { alarm, infusing, row, vital } from "../live/testing/rows.ts";
import { StationPage } from "./station-page.tsx";
import { Scene } from "./testing/scene.tsx";

/** The server's clock when a test begins. */
const NOW = 1_000_000;

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.close());

const alarms = () => within(screen.getByRole("region", { name: "Alarms" })).getAllByRole("article");
const one = (name: RegExp) => screen.getByRole("article", { name });
const press = (name: RegExp) => act(async () => fireEvent.click(screen.getByRole("button", { name })));
const key = (name: string) =>
  act(async () => fireEvent.keyDown(document.activeElement ?? document.body, { key: name }));
const medium = { id: "hr.high", priority: "medium", tier: "warning", value: 131, extreme: 131, limit: 120 } as const;

it("lists alarms highest first, then newest, and acknowledging moves nothing", async () => {
  const older = alarm({ raisedAt: NOW - 60_000 });
  const newer = alarm({ raisedAt: NOW - 5_000, id: "sbp.high", value: 190, extreme: 190, limit: 180 });
  const yellow = alarm({ ...medium, raisedAt: NOW });
  await scene.show(
    <StationPage />,
    infusing("1", NOW, { alarms: [older, yellow] }),
    infusing("2", NOW, { alarms: [newer] }),
  );
  const names = () => alarms().map((each) => each.dataset.key);
  expect(names()).toEqual(["2 sbp.high", "1 spo2.low", "1 hr.high"]);
  await scene.send(infusing("2", NOW, { alarms: [{ ...newer, acknowledged: true, annunciation: "silent" }] }));
  expect(names()).toEqual(["2 sbp.high", "1 spo2.low", "1 hr.high"]);
});

it("tells the four facts of an alarm, its worst, its beginning and the value now", async () => {
  scene.detail = { acknowledgements: [{ alarm: "spo2.low", name: "Bo", at: NOW }] };
  const vitals = { ...row("x").vitals, spo2: vital(93, NOW) };
  const escalatedTo = { target: "second nurse", state: "confirmed" } as const;
  await scene.show(
    <StationPage />,
    infusing("1", NOW, { vitals, alarms: [alarm({ raisedAt: NOW - 34_000, escalatedTo })] }),
  );
  const text = () => alarms()[0]?.textContent;
  expect(text()).toContain("SpO₂ 88 < 90lowest 88 · began at 89 · now 93 %");
  expect(text()).toContain("for 0:34");
  expect(text()).toContain("presentnot acknowledgedsoundingsecond nurse: delivered");
  await scene.send(
    infusing("1", NOW, { vitals, alarms: [alarm({ acknowledged: true, annunciation: "silent", condition: "gone" })] }),
  );
  expect(text()).toMatch(/cleared, not seenacknowledged Bo \d\d:\d\d:\d\dsilent/);
  expect(one(/acknowledged by Bo/)).toBeTruthy();
});

it("acknowledges at one touch, as the person at this screen", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  await press(/^Acknowledge: bay 1/);
  expect(scene.desk.commands).toEqual([
    {
      id: "id-1",
      bay: "1",
      command: { type: "acknowledge-alarm", alarm: "spo2.low" },
    },
  ]);
});

it("says a refusal in the row that was pressed", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "already-done", reason: "Bo has already acknowledged it." });
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm(), alarm({ ...medium })] }));
  await press(/^Acknowledge: bay 1 SpO₂/);
  expect(within(one(/SpO₂ 88 < 90/)).getByRole("alert").textContent).toContain("Bo has already acknowledged it.");
  expect(within(one(/HR 131 > 120/)).queryByRole("alert")).toBeNull();
});

it("still says it when the alarm has gone meanwhile", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "no-such-alarm", reason: "This alarm does not stand any more." });
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  await press(/^Acknowledge/);
  await scene.send(infusing("1", NOW));
  expect(screen.getByRole("alert").textContent).toContain("Bay 1: This alarm does not stand any more.");
});

it("says a refused pause at the alarm's row, and above the list once that alarm is gone", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "no-session", reason: "No session is open at this bay." });
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  const row = within(screen.getByRole("article"));
  await act(async () => fireEvent.click(row.getByRole("button", { name: /^Pause sound/ })));
  expect(row.getByRole("alert").textContent).toContain("No session is open at this bay.");
  await scene.send(infusing("1", NOW));
  expect(screen.getByRole("alert").textContent).toContain("Bay 1: No session is open at this bay.");
});

it("tells of every rung what became of it", async () => {
  scene.detail = {
    deliveries: [
      { alarm: "hr.high", rung: 0, target: "somebody else", state: "failed" },
      { alarm: "spo2.low", rung: 0, target: "second nurse", state: "failed" },
      { alarm: "spo2.low", rung: 1, target: "supervisor", state: "confirmed" },
    ],
  };
  const escalatedTo = { target: "supervisor", state: "confirmed" } as const;
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm({ escalatedTo })] }));
  const facts = within(screen.getByRole("list", { name: "State" })).getAllByRole("listitem");
  expect(facts.slice(-2).map(({ textContent }) => textContent)).toEqual([
    "second nurse: NOT delivered",
    "supervisor: delivered",
  ]);
  expect(screen.getByRole("article", { name: /second nurse: NOT delivered, supervisor: delivered/ })).toBeTruthy();
});

it("is worked by keys: they act on the framed row and on no other", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm(), alarm({ ...medium })] }));
  await key("a");
  expect(scene.desk.commands).toEqual([]);
  await key("ArrowDown");
  await key("j");
  await key("Enter");
  await key("p");
  expect(scene.desk.commands.map(({ command }) => command)).toEqual([
    { type: "acknowledge-alarm", alarm: "hr.high" },
    { type: "pause-audio", seconds: 120 },
  ]);
  expect(document.activeElement?.getAttribute("data-key")).toBe("1 hr.high");
});

it("leads to the alarm's runbook, which knows the way back", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  expect(screen.getByRole("link", { name: /^Runbook/ }).getAttribute("href")).toBe("/runbook/spo2.low?from=%2F");
});

it("lets no key meant for an alarm that went act on the one that takes its place", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm(), alarm({ ...medium })] }));
  await key("ArrowDown");
  await scene.send(infusing("1", NOW, { alarms: [alarm({ ...medium })] }));
  await key("Enter");
  expect(scene.desk.commands).toEqual([]);
});

it("pauses the sound of a bay, counts down, names the owner, and ends it early", async () => {
  scene.detail = { audioPause: { since: NOW, until: NOW + 120_000, name: "Bo", reason: "suctioning" } };
  await scene.show(<StationPage />, infusing("1", NOW));
  await press(/Pause sound 2 min/);
  await scene.send(infusing("1", NOW, { audioPausedUntil: NOW + 120_000 }));
  const silenced = within(screen.getByRole("region", { name: "Silenced by people" }));
  expect(silenced.getByRole("listitem").textContent).toContain("2:00");
  await scene.pass(30_000);
  expect(silenced.getByRole("listitem").textContent).toContain("1:30");
  expect(screen.getByText("sound paused by Bo: suctioning")).toBeTruthy();
  await press(/End now/);
  expect(scene.desk.commands.map(({ command }) => command)).toEqual([
    { type: "pause-audio", seconds: 120 },
    { type: "resume-audio" },
  ]);
});

it("shows what is switched off, by whom and why, without a click", async () => {
  scene.detail = { alarmsOff: [{ vital: "hr", name: "Bo", reason: "pacemaker" }] };
  await scene.show(<StationPage />, infusing("1", NOW, { alarmsOff: ["hr"] }), row("2"));
  expect(screen.getByText(/Bo: pacemaker/).textContent).toContain("HR alarms off");
  expect(within(screen.getByRole("region", { name: "Silenced by people" })).getByText(/HR off/)).toBeTruthy();
  expect(screen.getByText("No alarms")).toBeTruthy();
});

it("asks who acts before anything is sent, and goes on with the act", async () => {
  scene.close();
  scene = new Scene({ person: null });
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  await press(/^Acknowledge/);
  expect(scene.desk.commands).toEqual([]);
  const band = within(screen.getByRole("region", { name: "Who acts here" }));
  fireEvent.change(band.getByRole("textbox", { name: "Sign-in name" }), { target: { value: "cy berg" } });
  fireEvent.change(band.getByLabelText("Password"), { target: { value: "wrong" } });
  await act(async () => fireEvent.submit(screen.getByRole("form")));
  expect(band.getByRole("alert").textContent).toContain("not known here");
  expect(scene.desk.commands).toEqual([]);
  fireEvent.change(band.getByLabelText("Password"), { target: { value: "right" } });
  await act(async () => fireEvent.submit(screen.getByRole("form")));
  expect(scene.desk.commands).toHaveLength(1);
  expect(screen.getByText("Cy Berg")).toBeTruthy();
});

it("attends, shows a call, confirms that it is seen, and lets it go when somebody acknowledges", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm({ callsSince: NOW - 34_000 })] }));
  expect(scene.desk.attended.at(-1)).toEqual(["second nurse", "supervisor"]);
  const notice = {
    bay: infusing("1", NOW).bay,
    alarm: "spo2.low",
    priority: "high",
    rung: 0,
    target: "second nurse",
    at: NOW,
  } as const;
  await act(async () => scene.desk.call(notice));
  expect(scene.desk.confirmed).toEqual([notice]);
  expect(screen.getByRole("alert", { name: "Call, bay 1" }).textContent).toContain(
    "Second nurse called: bay 1, SpO₂ 88 < 90. Nobody has acknowledged it for 0:34.",
  );
  await scene.send(infusing("1", NOW, { alarms: [alarm({ acknowledged: true })] }));
  expect(screen.queryByRole("alert", { name: "Call, bay 1" })).toBeNull();
});

it("does not claim to be live when the link is lost", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  scene.board.silent = true;
  await scene.pass(5_000);
  expect(screen.getByRole("alert", { name: "Link to the server" }).textContent).toContain("Nothing here is live");
  expect(screen.getByRole("heading", { name: /Alarms when last heard/ })).toBeTruthy();
});

it("keeps the screen on, or says that it cannot, and finds that its picture stands still", async () => {
  await scene.show(<StationPage />, infusing("1", NOW));
  expect(screen.getByRole("complementary", { name: "About this screen" }).textContent).toMatch(/may switch itself off/);
  const painted = vi.spyOn(performance, "now");
  painted.mockReturnValue(performance.now() + 20_000);
  await scene.pass(1_000);
  const band = within(screen.getByRole("alert"));
  expect(band.getByText("SCREEN WAS FROZEN")).toBeTruthy();
  expect(band.getByRole("link", { name: "Runbook" }).getAttribute("href")).toMatch(/^\/runbook\/screen-frozen/);
  painted.mockRestore();
});

it("leaves nobody listening when it is closed", () => {
  scene.close();
  expect([scene.board.closed, scene.desk.closed, scene.desk.calls.observed]).toEqual([true, true, false]);
});

it("shows the ward to nobody when the sign-in has run out, says so, and asks who it is", async () => {
  await scene.show(<StationPage />, infusing("1", NOW, { alarms: [alarm()] }));
  scene.people.here = null;
  await act(async () => scene.board.refusals.next({ code: "sign-in", reason: "Sign in first." }));
  expect(screen.getByRole("heading", { name: "Sign in again" })).toBeTruthy();
  expect(screen.queryByRole("article")).toBeNull();
  await press(/^Say who you are/);
  expect(screen.getByRole("region", { name: "Who acts here" })).toBeTruthy();
});

import { act, fireEvent, screen, within } from "@testing-library/react";
import { advance, type Bay, newBay, sessionView } from "@vigil/shared/bay";
import { boardRow } from "@vigil/shared/board";
import { bayIdSchema } from "@vigil/shared/ids";
import { type ProtocolDocument, protocolSchema } from "@vigil/shared/protocol";
import { commandRequestSchema } from "@vigil/shared/wire";
import { afterEach, beforeEach, expect, it } from "vitest";
import { aPerson } from "../people/testing/fake-people.ts";
import { Scene } from "../station/testing/scene.tsx";
import { BayOf } from "./bay-page.tsx";

const PROTOCOL: ProtocolDocument = {
  startChecks: ["identity", "dose double-checked"],
  secondPersonChecks: ["dose double-checked"],
};

let scene: Scene;
let bay: Bay;
/** The server's clock. */
let now: number;

beforeEach(() => {
  sessionStorage.clear();
  now = 1_000_000;
  scene = new Scene();
  bay = newBay(bayIdSchema.parse("1"), protocolSchema.parse(PROTOCOL));
  tell();
  // A server of one bay: the engine decides, as everywhere.
  scene.desk.reply = (given) => {
    const { id, command, witness } = commandRequestSchema.parse(given);
    const by = scene.people.known.find(({ id }) => id === (witness ?? "ada")) ?? aPerson("Nobody");
    const { bay: next, events } = advance(bay, { kind: "command", at: now, id, by, command });
    const refused = events.find((event) => event.type === "refused");
    if (refused !== undefined) return { ok: false, refused: refused.code, reason: refused.reason };
    bay = next;
    tell();
    return { ok: true, seq: 1 };
  };
});
afterEach(() => scene.close());

function tell(): void {
  scene.detail = { at: now, zone: "Europe/Berlin", protocol: bay.protocol, session: sessionView(bay, now) };
}
const show = () => scene.show(<BayOf id="1" />, boardRow(bay));
const press = async (name: string | RegExp) => {
  await act(async () => fireEvent.click(screen.getByRole("button", { name })));
  await scene.send(boardRow(bay));
};
const type = (name: string | RegExp, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name }), { target: { value } });
const text = (name: string) => screen.getByRole("region", { name }).textContent ?? "";
const sent = () => scene.desk.commands.map(({ command }) => command.type);

async function open(): Promise<void> {
  await show();
  await fillIn();
}

async function fillIn(): Promise<void> {
  type("Name", "Maria Weber");
  type("Weight, kg", "70");
  type("Drug", "ketamine");
  type("Dose, mg/kg", "0.5");
  type("Planned minutes", "40");
  type("In the bag, mg/mL", "1");
  await press("Open the session");
}

it("names the protocol that was chosen by its id and version, and leaves its rules to the server", async () => {
  const pain = protocolSchema.parse({ name: "Pain", version: 3, startChecks: [] });
  scene.detail = {
    ...{ at: now, zone: "Europe/Berlin", protocol: bay.protocol, session: null },
    protocols: [
      { id: "standard", protocol: bay.protocol },
      { id: "pain", protocol: pain },
    ],
  };
  await show();
  fireEvent.change(screen.getByRole("combobox", { name: /Protocol/ }), { target: { value: "1" } });
  await fillIn();
  const [opening] = scene.desk.commands;
  expect(opening).toMatchObject({ command: { type: "open-session" }, protocol: { id: "pain", version: 3 } });
  expect(opening?.command).not.toHaveProperty("protocol");
});

async function start(): Promise<void> {
  await open();
  const values = { hr: 72, spo2: 98, sbp: 126, dbp: 79 };
  for (const command of [
    { type: "record-baseline", values },
    { type: "confirm-check", check: "identity" },
    { type: "confirm-check", check: "dose double-checked" },
  ] as const) {
    await act(() => scene.acting.desk.act("test", bay.id, command));
  }
  await act(() =>
    scene.acting.desk.act("test", bay.id, { type: "confirm-check", check: "dose double-checked" }, { witness: "bo" }),
  );
  await scene.send(boardRow(bay));
  await press("Start the infusion");
}

it("shows the arithmetic while it is typed, and sends nothing implausible", async () => {
  await show();
  type("Weight, kg", "70");
  type("Dose, mg/kg", "0,5");
  expect(screen.getByLabelText("How it is worked out").textContent).toBe("Dose0.5 mg/kg × 70 kg = 35 mg");
  type("Dose, mg/kg", "5");
  expect(screen.getByRole("alert").textContent).toBe("A dose of 5 mg/kg is outside the protocol's 0.1 to 2 mg/kg.");
  await press("Open the session");
  expect(screen.getByText("Which drug?")).toBeTruthy();
  expect(screen.getByText(/^Name or initials are needed/)).toBeTruthy();
  expect(sent()).toEqual([]);
});

it("keeps what was typed, and says why at the button, when the server refuses", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "session-open", reason: "A session of A.B. is open at this bay." });
  await open();
  expect(within(screen.getByRole("region", { name: "Open a session" })).getByText(/A.B. is open/)).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Name" }).value).toBe("Maria Weber");
});

it("does not bring what was typed for one visit up in the next", async () => {
  await open();
  expect(text("Patient")).toContain("Maria Weber");
  await act(() => scene.acting.desk.act("test", bay.id, { type: "abandon-session", reason: "patient left" }));
  await scene.send(boardRow(bay));
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Name" }).value).toBe("");
});

it("says what the start still needs, and takes a double-check from another person only", async () => {
  await open();
  expect(screen.getByText(/^baseline vital signs, identity, dose double-checked$/)).toBeTruthy();
  await press(/^Confirm: dose double-checked/);
  expect(screen.getByText(/dose double-checked \(second person\)$/)).toBeTruthy();
  await press(/^Second person: dose double-checked/);
  type("Second person: sign-in name", "ada");
  fireEvent.change(screen.getByLabelText("Their PIN or password"), { target: { value: "wrong" } });
  await press("I have checked it");
  expect(text("Checklist")).toContain("not known here");
  fireEvent.change(screen.getByLabelText("Their PIN or password"), { target: { value: "1234" } });
  await press("I have checked it");
  expect(text("Checklist")).toContain('Ada has confirmed "dose double-checked"; somebody else must check it too.');
  type("Second person: sign-in name", "bo");
  fireEvent.change(screen.getByLabelText("Their PIN or password"), { target: { value: "1234" } });
  await press("I have checked it");
  expect(text("Checklist")).toMatch(/dose double-checkedAda \d\d:\d\d, Bo \d\d:\d\d/);
  expect(document.querySelector(".who")?.textContent).toContain("Ada, nurse");
});

it("tells which vital signs the monitor has not, and takes none of them by itself", async () => {
  await open();
  expect(text("Baseline vital signs")).toContain("Not fresh: HR, SpO₂, SBP, DBP. Measure, or enter by hand.");
  await press("Take from the monitor");
  expect(text("Baseline vital signs")).toContain("The monitor has no fresh and plausible heart rate");
  await press("By hand …");
  await press("Take as baseline");
  expect(screen.getByText("HR is needed.")).toBeTruthy();
});

it("offers the undoing for ten seconds, counts them down, and marks what was undone", async () => {
  await start();
  const bar = () => screen.queryByRole("complementary", { name: "Undo" });
  expect(bar()?.textContent).toBe("Infusion started, AdaUndo 10 s");
  await scene.pass(3_000);
  expect(bar()?.textContent).toContain("Undo 7 s");
  now += 3_000;
  await press(/^Undo/);
  expect(text("What was done")).toContain("Infusion startedAda · undone by Ada");
  expect(screen.getByRole("button", { name: "Start the infusion" })).toBeTruthy();
  await scene.pass(10_000);
  expect(bar()).toBeNull();
});

it("counts elapsed, remaining and dose on between two answers of the server", async () => {
  await start();
  await scene.pass(4 * 60_000);
  expect(text("Infusion")).toContain("Elapsed04:00Remaining36:00");
  expect(text("Infusion")).toContain("Dose given 3.5 mgof 35 mg3.5 mL10 % of plan");
});

it("tells when the drug ends at the rate that is set, and asks why it is stopped at the planned time all the same", async () => {
  await start();
  await act(() => scene.acting.desk.act("test", bay.id, { type: "change-rate", rateMlPerH: 26.25 }));
  await scene.send(boardRow(bay));
  await scene.pass(20 * 60_000);
  expect(text("Infusion")).toContain("Remaining1:00:00");
  expect(text("Infusion")).toMatch(/Planned end\d\d:\d\d at this rate \d\d:\d\d/);
  await scene.pass(20 * 60_000);
  now += 40 * 60_000;
  await press("Stop early …");
  expect(screen.getByRole("dialog").textContent).toMatch(/50 % of the dose is given. At this rate all of it/);
});

it("extends by the drug that the pump gives in that time, and by time alone only when that is chosen", async () => {
  await start();
  await press("Extend …");
  await press("10");
  const mg = () => screen.getByRole<HTMLInputElement>("textbox", { name: "More drug, mg" }).value;
  expect(mg()).toBe("8.75");
  await press("5");
  expect(mg()).toBe("4.38");
  type("More drug, mg", "");
  type("More minutes", "5");
  type("More drug, mg", "");
  await press("Extend");
  expect(within(screen.getByRole("dialog")).getByText(/^How many mg in that time/)).toBeTruthy();
  await press("same dose, more time");
  await press("Extend");
  expect(bay.session?.infusion?.extensions).toMatchObject([{ minutes: 5, mg: 0 }]);
});

it("keeps a form in front of the page when somebody else was quicker, with the reason", async () => {
  await start();
  await press("Pause …");
  await act(() => scene.acting.desk.act("test", bay.id, { type: "pause-infusion", reason: "line" }, { witness: "bo" }));
  await scene.send(boardRow(bay));
  type("Reason", "nausea");
  await press("Pause");
  expect(within(screen.getByRole("dialog")).getByRole("alert").textContent).toContain(
    "Bo has already paused the infusion",
  );
  expect(text("Infusion")).toMatch(/Paused since \d\d:\d\d, line/);
});

it("asks for a reason to stop early and for none at the end", async () => {
  await start();
  await press("Stop early …");
  await press("Stop the infusion");
  expect(within(screen.getByRole("dialog")).getByText(/Say why it stops early/)).toBeTruthy();
  await press("Cancel");
  await scene.pass(40 * 60_000);
  now += 40 * 60_000;
  await press("Finish");
  expect(sent().at(-1)).toBe("end-infusion");
  expect(text("What was done")).toContain("Infusion ended");
});

it("corrects the time of an act that was pressed late, and tells who did so, when and why", async () => {
  await open();
  const values = { hr: 72, spo2: 98, sbp: 126, dbp: 79 };
  await act(() => scene.acting.desk.act("test", bay.id, { type: "record-baseline", values }));
  for (const check of ["identity", "dose double-checked"]) {
    await act(() => scene.acting.desk.act("test", bay.id, { type: "confirm-check", check }));
  }
  await act(() =>
    scene.acting.desk.act("test", bay.id, { type: "confirm-check", check: "dose double-checked" }, { witness: "bo" }),
  );
  const doneAt = now + 5 * 60_000 - (now % 60_000);
  now = doneAt + 10 * 60_000;
  await scene.pass(10 * 60_000 + 5 * 60_000 - (1_000_000 % 60_000));
  await scene.send(boardRow(bay));
  await press("Start the infusion");
  await press("Correct a time …");
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByRole<HTMLInputElement>("radio", { name: /Infusion started/ }).checked).toBe(true);
  await press("Correct the time");
  expect(dialog.getByText(/^When was it done/)).toBeTruthy();
  expect(dialog.getByText("Say why, in a few words.")).toBeTruthy();
  // The first of what is missing has the focus, so that it is in sight.
  expect(document.activeElement?.getAttribute("aria-invalid")).toBe("true");
  type("Done at, Europe/Berlin", new Date(doneAt + 3_600_000).toISOString().slice(11, 16));
  await press("pressed late");
  await press("Correct the time");
  expect(bay.session?.infusion?.startedAt).toBe(doneAt);
  expect(text("What was done")).toMatch(
    /Infusion startedAda · corrected from \d\d:\d\d:\d\d by Ada, \d\d:\d\d: pressed late/,
  );
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("enters a forgotten start late, after the baseline and the checks that had been done by then", async () => {
  await open();
  now += 20 * 60_000;
  await scene.send(boardRow(bay));
  const late = async (kind: string, time: string, more: () => void | Promise<void> = () => {}) => {
    await press("Enter late …");
    fireEvent.click(screen.getByRole("radio", { name: kind }));
    type(/^Done at/, time);
    await more();
    await press("Enter late");
  };
  await late("Start of the infusion", "01:20");
  const refused = within(screen.getByRole("dialog")).getByText(/^Record baseline vital signs first\./);
  expect(refused.textContent).toContain("if it had been done by then, enter it late, or correct its time");
  await press("Cancel");
  await late("Baseline vital signs", "01:17", () => {
    for (const [name, value] of [
      ["Heart rate, /min", "70"],
      ["SpO₂, %", "98"],
      ["Systolic, mmHg", "120"],
      ["Diastolic, mmHg", "75"],
    ] as const)
      type(name, value);
  });
  await late("A confirmation of the checklist", "01:18", () => press("identity"));
  for (const given of [{}, { witness: "bo" }]) {
    const check = { type: "confirm-check", check: "dose double-checked", effectiveAt: 1_000_000 + 2 * 60_000 } as const;
    await act(() => scene.acting.desk.act("test", bay.id, check, given));
  }
  await scene.send(boardRow(bay));
  await late("Start of the infusion", "01:20");
  expect(bay.session).toMatchObject({ phase: "infusing", infusion: { startedAt: 1_200_000 } });
  expect(bay.session?.baseline).toMatchObject({ hr: 70, sbp: 120 });
});

it("puts right who the patient is and what the bag holds while the infusion runs, with a reason, and then changes the rate", async () => {
  await show();
  type("Name", "Maria Weber");
  type("Record number", "R-7");
  type("Weight, kg", "70");
  type("Drug", "ketamine");
  type("Dose, mg/kg", "0.5");
  type("Planned minutes", "40");
  await press("Open the session");
  const values = { hr: 72, spo2: 98, sbp: 126, dbp: 79 };
  await act(() => scene.acting.desk.act("test", bay.id, { type: "record-baseline", values }));
  for (const [check, given] of [
    ["identity", {}],
    ["dose double-checked", {}],
    ["dose double-checked", { witness: "bo" }],
  ] as const)
    await act(() => scene.acting.desk.act("test", bay.id, { type: "confirm-check", check }, given));
  now += 60_000;
  await scene.send(boardRow(bay));
  await press("Start the infusion");
  now += 60_000;
  await press("Correct the patient …");
  type("Record number", "R-8");
  await press("Correct the patient");
  expect(within(screen.getByRole("dialog")).getByText("Say why, in a few words.")).toBeTruthy();
  await press("misspelt");
  await press("Correct the patient");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text("Patient and plan")).toContain("R-8 · 70 kg");
  expect(text("What was done")).toContain("Patient corrected: misspeltrecord number R-8 (was R-7) · Ada");

  expect(text("Infusion")).toContain("The plan tells no concentration");
  await press("Give the mg/mL in the bag …");
  type("In the bag, mg/mL", "500");
  await press("concentration was missing");
  await press("Correct the plan");
  expect(within(screen.getByRole("dialog")).getByText(/outside the protocol/)).toBeTruthy();
  type("In the bag, mg/mL", "1");
  await press("Correct the plan");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(text("What was done")).toMatch(/Plan: ketamine .*, 1 mg\/mL: concentration was missingAda · entered late/);
  await press("Change rate …");
  type("New rate, mL/h", "30");
  await press("Set the rate");
  expect(bay.session?.infusion?.rate.rateMlPerH).toBe(30);
  expect(text("Infusion")).not.toContain("The plan tells no concentration");
});

import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { row } from "../../live/testing/rows.ts";
import { aPerson } from "../../people/testing/fake-people.ts";
import { Scene } from "../../station/testing/scene.tsx";
import { BayOf } from "../bay-page.tsx";
import { Visit } from "../testing.ts";

const MIN = 60_000;
const WELL = { scale: "aldrete", activity: 2, respiration: 2, circulation: 2, consciousness: 2, oxygen: 2 };
const NOW = 1_000_000_000;
let scene: Scene;
let visit: Visit;

beforeEach(() => {
  scene = new Scene();
  scene.at = NOW;
  visit = new Visit("1").toRecovery(NOW, 80);
});
afterEach(() => scene.close());

async function show(): Promise<void> {
  scene.detail = visit.detail(NOW);
  await scene.show(<BayOf id="1" />, visit.row(NOW), row("2"));
}
const press = (name: RegExp) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const write = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });
const sent = () => scene.desk.commands.map(({ command }) => command);
const criterion = (name: RegExp) => {
  const list = within(screen.getByRole("list", { name: "Discharge criteria" }));
  const found = list.getAllByRole("listitem").find(({ textContent }) => name.test(textContent ?? ""));
  if (found === undefined) throw new Error(`no criterion ${name}`);
  return found;
};

it("shows by fact what holds, with the fact, and in words what is missing", async () => {
  visit
    .command(NOW - 10 * MIN, {
      type: "record-observation",
      observation: { dissociation: 0, oriented: true, score: { ...WELL, oxygen: 1 } },
    })
    .command(NOW - 5 * MIN, { type: "name-escort", name: "Jo Doe", phone: "555 0100" });
  await show();
  expect(screen.getByRole("timer").textContent).toBe("22:00 left of the minimum stay, until 14:08");
  expect(criterion(/Discharge score/).textContent).toContain("9 of 10");
  expect(criterion(/Discharge score/).dataset.holds).toBe("true");
  expect(criterion(/Escort named/).textContent).toContain("Jo Doe, 555 0100");
  expect(criterion(/Vital signs/).dataset.holds).toBe("false");
  expect(screen.getByText(/missing:/).parentElement?.textContent).toContain("Minimum recovery time over");
});

it("takes the escort's name and phone, and no half of them", async () => {
  await show();
  await press(/^Name the escort/);
  expect(screen.getByText("Enter the escort’s name.")).toBeTruthy();
  write(/^Escort’s name/, "Jo Doe");
  await press(/^Name the escort/);
  expect(screen.getByText(/^Enter a phone number/)).toBeTruthy();
  write(/^Escort’s phone/, " 555 0100 ");
  await press(/^Name the escort/);
  expect(sent()).toEqual([{ type: "name-escort", name: "Jo Doe", phone: "555 0100" }]);
});

it("confirms what no record can show, and says at the place of the press why not", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "second-person", reason: "Somebody else must check it too." });
  await show();
  await press(/^Confirm: line removed/);
  expect(sent()).toEqual([{ type: "confirm-check", check: "line removed" }]);
  expect(within(criterion(/Line removed/)).getByText("Somebody else must check it too.")).toBeTruthy();
});

it("lets a second person sign for one confirmation where they stand, while the other stays at the screen", async () => {
  visit = new Visit("1", { dischargeChecks: ["line removed"], secondPersonChecks: ["line removed"] })
    .toRecovery(NOW, 80)
    .command(NOW - MIN, { type: "confirm-check", check: "line removed" });
  scene.close();
  scene = new Scene({ person: "Nora" });
  scene.at = NOW;
  await show();
  await press(/^Second person: line removed/);
  expect(sent()).toEqual([]);
  write(/^Second person: sign-in name/, "Bo");
  fireEvent.change(screen.getByLabelText(/^Their PIN or password/), { target: { value: "right" } });
  await press(/^I have checked it/);
  expect(scene.desk.commands).toMatchObject([
    { command: { type: "confirm-check", check: "line removed" }, witness: "bo" },
  ]);
});

it("tells the refusal of a discharge under the button, and overrides only with a reason", async () => {
  scene.desk.reply = () => ({ ok: false, refused: "criteria-missing", reason: "The minimum is not over." });
  await show();
  await press(/^Discharge$/);
  expect(screen.getByText("The minimum is not over.")).toBeTruthy();
  scene.desk.reply = () => ({ ok: true, seq: 1 });
  await press(/^Discharge against a criterion/);
  await press(/^Discharge all the same/);
  expect(screen.getByText("A reason is needed.")).toBeTruthy();
  write(/^Reason/, "goes to the ward");
  await press(/^Discharge all the same/);
  expect(sent()).toEqual([{ type: "discharge" }, { type: "discharge", override: "goes to the ward" }]);
});

it("tells whoever was slower who discharged the patient, although the button has gone with the session", async () => {
  await show();
  const reason = "Bo Ek has already discharged the patient. No session is open at this bay.";
  scene.desk.reply = () => ({ ok: false, refused: "no-session", reason });
  await press(/^Discharge$/);
  visit.command(NOW, { type: "abandon-session", reason: "went home", left: "against-advice" });
  scene.detail = visit.detail(NOW);
  await scene.send(visit.row(NOW));
  expect(screen.queryByRole("button", { name: /^Discharge$/ })).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain(reason);
});

it("before a session is abandoned after the drug it shows what is missing, and takes how the patient went", async () => {
  await show();
  await press(/^Abandon …/);
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText(/discharge criteria do not hold/).parentElement?.textContent).toContain(
    "Minimum recovery time over",
  );
  await press(/^Abandon the session/);
  expect(dialog.getByText("Say why, in a few words.")).toBeTruthy();
  fireEvent.click(dialog.getByRole("radio", { name: "The patient left against advice" }));
  write(/^Reason/, "would not stay");
  await press(/^Abandon the session/);
  expect(sent()).toEqual([{ type: "abandon-session", reason: "would not stay", left: "against-advice" }]);
});

it("tells where the patient was moved to, and keeps the form that was open with the reason why it came too late", async () => {
  await show();
  await press(/^Medication …/);
  write(/^Medication/, "ondansetron");
  write(/^Dose/, "4");
  visit.command(NOW, { type: "transfer-session", to: "2" }, "free");
  scene.detail = visit.detail(NOW);
  const reason = "Nora has already moved the patient to bay 2. No session is open at this bay.";
  scene.desk.reply = () => ({ ok: false, refused: "no-session", reason });
  await scene.send(visit.row(NOW));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByRole<HTMLInputElement>("textbox", { name: /^Medication/ }).value).toBe("ondansetron");
  await press(/^Given$/);
  expect(dialog.getByText(reason)).toBeTruthy();
  expect(screen.getByText(/^Nora moved A.R. to/).textContent).toMatch(/bay \d+ at 13:46\.$/);
  expect(screen.getByRole("link", { name: /^bay/ }).getAttribute("href")).toBe("/bays/2");
});

it("moves the patient to a free bay", async () => {
  await show();
  await press(/^Move to another bay/);
  const dialog = within(screen.getByRole("dialog"));
  fireEvent.click(dialog.getByRole("radio", { name: /Bay 2/ }));
  await press(/^Move to bay 2/);
  expect(sent()).toEqual([{ type: "transfer-session", to: "2" }]);
});

it("hands over with a summary of what counts now", async () => {
  visit.command(NOW - 10 * MIN, { type: "record-observation", observation: { dissociation: 2, nausea: 4 } });
  await show();
  await press(/^Hand over …/);
  const summary = screen.getByRole<HTMLTextAreaElement>("textbox", { name: /What they need/ }).value;
  for (const part of [
    "A.R., 70 kg. Recovery.",
    "ketamine 0.5 mg/kg over 40 min",
    "35.0 mg given",
    "dissociation 2/10, nausea 4/10",
    "Still missing for discharge: minimum recovery time over",
  ]) {
    expect(summary).toContain(part);
  }
  const to = screen.getByRole<HTMLSelectElement>("combobox", { name: "To" });
  expect([...to.options].map(({ text }) => text)).toEqual(["Choose …", "Ada", "Bo", "Cy Berg"]);
  await act(async () => void fireEvent.submit(to));
  expect(screen.getByText("Choose who looks after the patient from now on.")).toBeTruthy();
  fireEvent.change(to, { target: { value: "cy-berg" } });
  await act(async () => void fireEvent.submit(to));
  expect(sent()).toEqual([{ type: "hand-over", to: { id: "cy-berg", name: "Cy Berg" }, summary }]);
});

it("takes a written name for a hand-over only where nobody else is listed", async () => {
  scene.people.known.splice(0, scene.people.known.length, aPerson("Nora"));
  await show();
  await press(/^Hand over …/);
  await act(async () => {});
  write(/^To/, "Bo Ek");
  await act(async () => void fireEvent.submit(screen.getByRole("textbox", { name: /^To/ })));
  expect(sent()).toMatchObject([{ type: "hand-over", to: { id: "bo-ek", name: "Bo Ek" } }]);
});

it("shows whoever comes to the bay what the last hand-over said", async () => {
  const to = { id: "bo-ek", name: "Bo Ek" };
  visit.command(NOW - 9 * MIN, { type: "hand-over", to, summary: "calm" });
  visit.command(NOW - 5 * MIN, { type: "hand-over", to: { id: "cy", name: "Cy" }, summary: "nausea 4, watch the BP" });
  await show();
  const where = screen.getByRole("region", { name: "Who and where" }).textContent;
  expect(where).toContain("Cy looks after this patient");
  expect(where).toMatch(/Handed over by Nora, \d\d:\d\d:nausea 4, watch the BP/);
  expect(where).not.toContain("calm");
});

it("says until when the patient who left must not drive", async () => {
  const reason = "observed elsewhere";
  visit.command(NOW - MIN, { type: "abandon-session", reason, left: "against-advice" });
  await show();
  expect(screen.getByText(/No driving or machinery until/).textContent).toContain("Tue 13 Jan 1970");
  expect(screen.getByRole("link", { name: "Report" })).toBeTruthy();
});

it("says nothing of a patient who left hours ago to whoever sits at the bay now", async () => {
  visit = new Visit("1").toRecovery(NOW - 200 * MIN, 80);
  visit.command(NOW - 180 * MIN, { type: "abandon-session", reason: "observed elsewhere", left: "against-advice" });
  await show();
  expect(screen.getByRole("button", { name: "Open the session" })).toBeTruthy();
  expect(screen.queryByText(/session abandoned|No driving/)).toBeNull();
});

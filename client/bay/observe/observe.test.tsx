import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Scene } from "../../station/testing/scene.tsx";
import { zoneText } from "../../ui/zone-text.ts";
import { BayOf } from "../bay-page.tsx";
import { Visit } from "../testing.ts";
import { checkDraft, lateInstant, NOTHING_SEEN } from "./observation-draft.ts";

const MIN = 60_000;
/** The server's clock when a test begins: 12:00 UTC. */
const NOW = Date.UTC(2026, 2, 10, 12);
const zone = zoneText("UTC", NOW, NOW);
const facts = { scale: "aldrete", openedAt: NOW - 60 * MIN, now: NOW, zone } as const;
const values = (part: Partial<(typeof NOTHING_SEEN)["values"]>) => ({
  ...NOTHING_SEEN,
  values: { ...NOTHING_SEEN.values, ...part },
});

describe("what is entered", () => {
  it.each([
    [values({ hr: "999" }), { hr: "HR is a number from 0 to 350 /min." }],
    [values({ spo2: "9o" }), { spo2: "SpO₂ is a number from 0 to 100 %." }],
    [values({ tempC: "12" }), { tempC: "Temperature is a number from 25 to 45 °C." }],
    [values({ sbp: "80", dbp: "120" }), { dbp: "Diastolic is not below systolic." }],
    [NOTHING_SEEN, { whole: "Nothing is entered yet. Press what you saw." }],
    [
      { ...NOTHING_SEEN, cadss6: [1, 0, null, 0, 0, 0] },
      { cadss6: "“Disconnected from the own body” is not answered: all six, or none." },
    ],
    [{ ...NOTHING_SEEN, score: { activity: 2 } }, { score: "“Respiration” is not answered: all five, or none." }],
  ])("is refused in words: %#", (draft, errors) => {
    expect(checkDraft(draft, facts)).toEqual({ ok: false, errors });
  });

  it("takes a comma for a point, and leaves out what was not looked at", () => {
    expect(checkDraft(values({ tempC: "36,6" }), facts)).toEqual({
      ok: true,
      observation: { values: { tempC: 36.6 } },
      effectiveAt: undefined,
    });
  });
});

describe("the time of a late entry", () => {
  const at = (time: string, given: Partial<Parameters<typeof lateInstant>[1]> = {}) =>
    lateInstant(time, { ...facts, ...given });

  it("is the last time the clinic's clock showed it, within the session", () => {
    expect(at("11:30")).toBe(NOW - 30 * MIN);
    expect(at("11:00")).toBe(NOW - 60 * MIN);
    expect(at("10:59")).toBeNull();
    expect(at("12:01")).toBeNull();
  });

  it("is yesterday's when the session goes over midnight", () => {
    const now = Date.UTC(2026, 2, 10, 0, 20);
    expect(at("23:50", { now, openedAt: now - 60 * MIN })).toBe(now - 30 * MIN);
  });

  it("keeps to the wall clock when the clocks go forward in between", () => {
    // 29 March 2026, Berlin: 02:00 becomes 03:00 at 01:00 UTC.
    const now = Date.UTC(2026, 2, 29, 1, 30);
    const berlin = zoneText("Europe/Berlin", now - 120 * MIN, now);
    expect(at("01:40", { now, zone: berlin, openedAt: now - 120 * MIN })).toBe(Date.UTC(2026, 2, 29, 0, 40));
  });
});

describe("the form", () => {
  let scene: Scene;
  let visit: Visit;
  beforeEach(async () => {
    scene = new Scene();
    const now = 1_000_000_000;
    scene.at = now;
    visit = new Visit("1").toRecovery(now, 70);
    visit.command(now - 20 * MIN, { type: "record-observation", observation: { sedation: 4, dissociation: 3 } });
    scene.detail = visit.detail(now);
    await scene.show(<BayOf id="1" />, visit.row(now));
  });
  afterEach(() => scene.close());

  const choose = (group: RegExp, answer: RegExp) =>
    fireEvent.click(within(screen.getByRole("group", { name: group })).getByRole("radio", { name: answer }));
  const press = (name: RegExp) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
  const sent = () => scene.desk.commands.map(({ command }) => command);

  it("shows the last values beside the steps, and sends what was pressed and nothing else", async () => {
    expect(screen.getByRole("group", { name: /^Sedation/ }).textContent).toContain("last 4 at");
    choose(/^Dissociation/, /^0, none/);
    choose(/^Nausea/, /^2/);
    choose(/^Oriented/, /yes/);
    choose(/^Pain/, /^5/);
    choose(/^Pain/, /not looked at/);
    await press(/^Record observation/);
    expect(sent()).toEqual([
      { type: "record-observation", observation: { dissociation: 0, nausea: 2, oriented: true } },
    ]);
    expect(screen.getByText(/^Recorded for/)).toBeTruthy();
  });

  it("lists what the schedule asked for in vain, and how late the last of it was made", () => {
    const list = screen.getByRole("list", { name: "Missed of the schedule" });
    expect(within(list).getAllByRole("listitem")).toHaveLength(2);
    expect(list.textContent).toMatch(/^\d\d:\d\d not done\d\d:\d\d done 18 min late$/);
  });

  it("adds up CADSS-6 and the discharge score, and says what is not answered", async () => {
    for (let item = 1; item <= 6; item += 1) choose(new RegExp(`^${item}\\. `), /^2,/);
    expect(screen.getByText("12")).toBeTruthy();
    for (const label of ["Activity", "Respiration", "Circulation", "Consciousness"]) {
      choose(new RegExp(`^${label}`), /^2,/);
    }
    expect(screen.getByText(/4 of 5 answered/)).toBeTruthy();
    await press(/^Record observation/);
    expect(screen.getByText("“Oxygen” is not answered: all five, or none.")).toBeTruthy();
    expect(sent()).toEqual([]);
    choose(/^Oxygen/, /^1,/);
    await press(/^Record observation/);
    expect(sent()).toMatchObject([
      { observation: { cadss6: [2, 2, 2, 2, 2, 2], score: { scale: "aldrete", activity: 2, oxygen: 1 } } },
    ]);
  });

  it("keeps what was entered and says why when the server refuses", async () => {
    scene.desk.reply = () => ({ ok: false, refused: "wrong-phase", reason: "Bo has already discharged this patient." });
    choose(/^Nausea/, /^7/);
    await press(/^Record observation/);
    expect(screen.getByText("Bo has already discharged this patient.")).toBeTruthy();
    const group = screen.getByRole("group", { name: /^Nausea/ });
    expect(within(group).getByRole<HTMLInputElement>("radio", { name: /^7/ }).checked).toBe(true);
  });
});

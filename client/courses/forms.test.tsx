import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BookingForm } from "./booking-form.tsx";
import { CourseFlags } from "./course-flags.tsx";
import { ScoreForm } from "./score-form.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { detailOf, fact, NOON, renderForm, visit } from "./testing.tsx";

afterEach(() => vi.unstubAllGlobals());

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const press = async (name: string | RegExp) => act(async () => void fireEvent.click(button(name)));
const write = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const alert = () => screen.getByRole("alert").textContent;
const answer = (item: number, value: number) =>
  fireEvent.click(
    within(screen.getByRole("radiogroup", { name: new RegExp(`^${item}\\.`) })).getByRole("radio", {
      name: new RegExp(`^${value},`),
    }),
  );

describe("the score form", () => {
  it("sends a PHQ-9 item by item once all nine are answered, and says what is missing before", async () => {
    const sent = renderForm(<ScoreForm detail={detailOf()} />);
    for (let item = 1; item <= 8; item += 1) answer(item, 1);
    expect(screen.getByText("8 of 9 answered")).toBeTruthy();
    await press("Keep the score");
    expect(alert()).toContain("Item 9 is not answered");
    expect(sent).toEqual([]);
    answer(9, 2);
    expect(screen.getByText("Total 10 of 27, moderate")).toBeTruthy();
    await press("Keep the score");
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      type: "record-score",
      instrument: "phq-9",
      answers: { items: [1, 1, 1, 1, 1, 1, 1, 1, 2] },
    });
  });

  it.each([
    ["28", "PHQ-9 is a whole number from 0 to 27."],
    ["-1", "PHQ-9 is a whole number from 0 to 27."],
    ["", "Enter the total of PHQ-9, 0 to 27."],
  ])("refuses the total %o in words", async (total, sentence) => {
    const sent = renderForm(<ScoreForm detail={detailOf()} />);
    fireEvent.click(screen.getByRole("radio", { name: "Total only" }));
    write(/^Total, 0 to 27/, total);
    await press("Keep the score");
    expect(alert()).toBe(sentence);
    expect(sent).toEqual([]);
  });

  it("sends a total with the day it was answered", async () => {
    const sent = renderForm(<ScoreForm detail={detailOf()} />);
    write("Instrument", "madrs");
    write(/^Total, 0 to 60/, "33");
    fireEvent.click(screen.getByLabelText("Answered earlier"));
    write("Day", "2026-03-08");
    write("Time", "08:15");
    await press("Keep the score");
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      type: "record-score",
      instrument: "madrs",
      answers: { total: 33 },
      taken: { date: "2026-03-08", time: "08:15" },
    });
  });

  it("asks why a score is set right", async () => {
    const detail = detailOf([fact("a", NOON, { type: "record-score", instrument: "gad-7", answers: { total: 12 } })]);
    const sent = renderForm(<ScoreForm detail={detail} correcting={detail.scores[0]!} />);
    write(/^Total, 0 to 21/, "21");
    await press("Set it right");
    expect(alert()).toBe("Say in a few words why it is set right.");
    write("Why it is set right", "read wrongly");
    await press("Set it right");
    await waitFor(() => expect(sent).toMatchObject([{ type: "correct-score", score: "a", answers: { total: 21 } }]));
  });

  it("keeps what was entered and says why when the server lets nobody enter", async () => {
    renderForm(<ScoreForm detail={detailOf()} />);
    vi.stubGlobal("fetch", async () => new Response('{"code":"sign-in","detail":"Sign in first."}', { status: 401 }));
    write("Instrument", "gad-7");
    write(/^Total, 0 to 21/, "7");
    await press("Keep the score");
    await waitFor(() => expect(alert()).toContain("Sign in first."));
    expect(screen.getByLabelText<HTMLInputElement>(/^Total, 0 to 21/).value).toBe("7");
  });
});

describe("the booking form", () => {
  it("suggests the first day due and sends it", async () => {
    const sent = renderForm(<BookingForm detail={detailOf([], [visit(1)])} />);
    expect(screen.getByText(/^Due 11 Mar – 14 Mar/)).toBeTruthy();
    expect(screen.getByText("Wed 11 Mar: in time")).toBeTruthy();
    await press("Book the session");
    await waitFor(() => expect(sent).toEqual([{ type: "book-session", date: "2026-03-11", time: "09:00" }]));
  });

  it("says how far outside of the due days a day lies, and books it all the same", async () => {
    const sent = renderForm(<BookingForm detail={detailOf([], [visit(1)])} />);
    fireEvent.click(screen.getByRole("button", { name: /^16 March 2026/ }));
    expect(screen.getByText("Mon 16 Mar: 2 days after the last day in time")).toBeTruthy();
    await press("Book the session");
    await waitFor(() => expect(sent).toMatchObject([{ date: "2026-03-16" }]));
  });

  it("says beside the time that it is over today, before anybody presses", () => {
    const due = [visit(2)];
    renderForm(<BookingForm detail={detailOf([], due)} />);
    // Noon, and the first day due is today.
    const time = screen.getByLabelText("Time");
    expect(time.getAttribute("aria-invalid")).toBe("true");
    const described = document.getElementById(time.getAttribute("aria-describedby") ?? "");
    expect(described?.textContent).toBe("09:00 is over today: it is 12:00. Choose a later time or another day.");
    write("Time", "12:00");
    expect(screen.queryByText(/is over today/)).toBeNull();
    write("Time", "11:59");
    fireEvent.click(screen.getByRole("button", { name: /^11 March 2026/ }));
    expect(screen.queryByText(/is over today/)).toBeNull();
  });

  it("moves and cancels only with a reason", async () => {
    const booked = fact("b", NOON, { type: "book-session", date: "2026-03-12", time: "10:30" });
    const sent = renderForm(<BookingForm detail={detailOf([booked], [visit(1)])} />);
    await press("Move");
    await press("Move the session");
    expect(alert()).toContain("why it is moved");
    await press("Cancel");
    expect(button("Cancel the booking").hasAttribute("disabled")).toBe(true);
    write("Why it is cancelled", "ill");
    await press("Cancel the booking");
    await waitFor(() => expect(sent).toEqual([{ type: "cancel-booking", booking: "b", reason: "ill" }]));
  });
});

describe("the settings form", () => {
  it.each([
    [/^Relief below/, "4", "Relief below, % of baseline: a whole number from 5 to 95."],
    [/^Induction sessions/, "", "Induction sessions: a whole number from 1 to 30."],
    [/^Window from/, "60", "The window's first number must not be above its second."],
  ])("refuses nonsense in %s", async (label, value, sentence) => {
    const sent = renderForm(<SettingsForm detail={detailOf()} />);
    write(label, value);
    await press("Keep the settings");
    expect(alert()).toBe(sentence);
    expect(sent).toEqual([]);
  });

  it("sends the rules whole", async () => {
    const sent = renderForm(<SettingsForm detail={detailOf()} />);
    write(/^Relief below/, "60");
    write(/^Baseline score/, "18");
    await press("Keep the settings");
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({
      type: "set-course",
      settings: {
        baseline: { instrument: "phq-9", total: 18 },
        reliefShare: 0.6,
        protocol: { induction: { sessions: 6, windowDays: { min: 14, max: 28 } } },
      },
    });
  });
});

it("thoughts of death stand at the top, with what to do, until somebody wrote down what was done", async () => {
  const answers = { items: [0, 0, 0, 0, 0, 0, 0, 0, 3] };
  const detail = detailOf([fact("a", NOON, { type: "record-score", instrument: "phq-9", answers })]);
  const sent = renderForm(<CourseFlags detail={detail} />);
  expect(screen.getByText("Thoughts of death")).toBeTruthy();
  expect(screen.getByText(/“nearly every day”. Speak with the patient now/)).toBeTruthy();
  write("What was done", "spoke; physician told");
  await press("Write down");
  await waitFor(() => expect(sent).toEqual([{ type: "answer-flag", score: "a", note: "spoke; physician told" }]));
});

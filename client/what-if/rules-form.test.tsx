import { act, fireEvent, render, screen } from "@testing-library/react";
import { protocolSchema } from "@vigil/shared/protocol";
import type { VitalEdit } from "@vigil/shared/replay";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NO_FILES, questionOf } from "./question.ts";
import { RulesForm } from "./rules-form.tsx";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function Page() {
  const [question, setQuestion] = useState(questionOf({}));
  return (
    <RulesForm
      question={question}
      files={NO_FILES}
      onChange={(more) => setQuestion((before) => ({ ...before, ...more }))}
      onFiles={() => undefined}
    />
  );
}

const field = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const rest = () => act(() => vi.advanceTimersByTime(300));

it("what is being typed stays while what was typed before it takes effect", () => {
  render(<Page />);
  fireEvent.change(field("SpO₂, Low, critical: Limit"), { target: { value: "80" } });
  rest();
  const typed = field("SpO₂, Low, warning: Limit");
  fireEvent.change(typed, { target: { value: "8" } });
  expect(field("SpO₂, Low, warning: Limit")).toBe(typed);
  expect(typed.value).toBe("8");
  rest();
  expect(field("SpO₂, Low, warning: Limit").value).toBe("8");
  expect(field("SpO₂, Low, critical: Limit").value).toBe("80");

  fireEvent.click(screen.getByRole("button", { name: "Nothing edited again" }));
  const { spo2 } = protocolSchema.parse({}).limits;
  expect(field("SpO₂, Low, critical: Limit").value).toBe(String(spo2?.low?.critical?.limit));
});

it("names what is no number where it stands, and takes nothing of it", () => {
  const taken: (readonly VitalEdit[])[] = [];
  const question = questionOf({});
  render(
    <RulesForm
      question={question}
      files={NO_FILES}
      onChange={({ edits }) => taken.push(edits ?? [])}
      onFiles={() => undefined}
    />,
  );
  fireEvent.change(field("SpO₂, Low, critical: Delay, s"), { target: { value: "soon" } });
  rest();
  expect(field("SpO₂, Low, critical: Delay, s").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("alert").textContent).toBe("A number from 0 is needed.");
  expect(taken).toEqual([]);
});

it("tries another rise over the baseline together with a limit that was typed just before it", () => {
  const taken: (readonly VitalEdit[])[] = [];
  function Noting() {
    const [question, setQuestion] = useState(questionOf({}));
    return (
      <RulesForm
        question={question}
        files={NO_FILES}
        onChange={(more) => {
          taken.push(more.edits ?? []);
          setQuestion((before) => ({ ...before, ...more }));
        }}
        onFiles={() => undefined}
      />
    );
  }
  render(<Noting />);
  fireEvent.change(screen.getByRole("combobox", { name: "Vital" }), { target: { value: "sbp" } });
  const rise = field("SBP: Rise over baseline, %");
  expect(rise.value).toBe("30");
  fireEvent.change(field("SBP, High, critical: Limit"), { target: { value: "190" } });
  fireEvent.change(rise, { target: { value: "20" } });
  rest();
  expect(taken.at(-1)).toMatchObject([
    {
      vital: "sbp",
      limits: { high: { critical: { limit: 190 } } },
      relative: [{ vital: "sbp", riseOverBaseline: 0.2 }],
    },
  ]);
  fireEvent.change(rise, { target: { value: "much" } });
  rest();
  expect(screen.getByRole("alert").textContent).toMatch(/^A percentage above 0/);
  fireEvent.change(rise, { target: { value: "" } });
  rest();
  expect(taken.at(-1)).toMatchObject([{ vital: "sbp", relative: [] }]);
  // A vital without a baseline has none.
  fireEvent.change(screen.getByRole("combobox", { name: "Vital" }), { target: { value: "rr" } });
  expect(screen.queryByRole("textbox", { name: /Rise/ })).toBeNull();
});

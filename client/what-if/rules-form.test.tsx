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

import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Filters } from "./alerts-filters.tsx";
import type { Log } from "./use-log.ts";

const log: Log = {
  ...{ first: null, refused: null, fresh: 0 },
  ...{ at: () => undefined, want: () => {}, hold: () => {} },
};
const time = { zone: "Europe/Berlin", now: () => Date.UTC(2026, 2, 10, 8) };

it("asks for two times only when somebody wants their own, and takes them away with a period", () => {
  const onChange = vi.fn();
  render(<Filters search={{ last: "24" }} log={log} time={time} onChange={onChange} />);
  expect(screen.queryByLabelText("From")).toBeNull();

  const period = screen.getByLabelText("Time");
  fireEvent.change(period, { target: { value: "own" } });
  expect(onChange).not.toHaveBeenCalled();
  const from = screen.getByLabelText("From");
  fireEvent.blur(from, { target: { value: "2026-03-09T19:00" } });
  expect(onChange).toHaveBeenLastCalledWith({ from: "2026-03-09T19:00", last: "" });

  fireEvent.change(period, { target: { value: "24" } });
  expect(onChange).toHaveBeenLastCalledWith({ last: "24", from: "", to: "" });
  expect(screen.queryByLabelText("From")).toBeNull();
});

it("shows the two times that stand in the address", () => {
  render(<Filters search={{ from: "2026-03-09T19:00" }} log={log} time={time} onChange={() => {}} />);
  expect(screen.getByDisplayValue("2026-03-09T19:00")).toBe(screen.getByLabelText("From"));
});

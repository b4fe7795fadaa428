import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { act, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { createAppRouter } from "../routes.tsx";
import { builtInLimits } from "./built-in-limits.ts";
import { RUNBOOK_LIST } from "./runbooks.ts";
import { wayBack } from "./way-back.ts";

afterEach(() => vi.useRealTimers());

async function open(address: string) {
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createAppRouter();
  router.update({ history });
  render(<RouterProvider router={router} />);
  await screen.findByRole("heading", { level: 1 });
  return history;
}
const address = ({ location }: ReturnType<typeof createMemoryHistory>) => location.href;

it("says of every alarm what to do, in no more than one can read on the way to a bay", () => {
  expect(RUNBOOK_LIST.length).toBeGreaterThan(20);
  for (const { id, runbook } of RUNBOOK_LIST) {
    const toRead = [runbook.means, ...runbook.first].join(" ").split(/\s+/).length;
    expect(toRead, id).toBeLessThan(95);
    expect(runbook.first.length, id).toBeGreaterThan(0);
    expect(runbook.first.length, id).toBeLessThanOrEqual(5);
    expect(runbook.causes.length, id).toBeGreaterThan(0);
    expect(runbook.source, id).not.toBe("");
  }
});

it("tells the limits of the built-in protocol, warning and critical, and the rise over the baseline", () => {
  expect(builtInLimits("spo2.low")).toEqual([
    { name: "Warning", priority: "medium", text: "below 94 % for 15 s" },
    { name: "Critical", priority: "high", text: "below 90 % for 10 s" },
  ]);
  expect(builtInLimits("sbp.high").map(({ text }) => text)).toEqual([
    "more than 30 % over baseline, at once",
    "above 165 mmHg at once",
    "above 180 mmHg at once",
  ]);
  expect(builtInLimits("map.high")).toEqual([]);
  expect(builtInLimits("signal-lost.hr")).toEqual([]);
});

it("knows its own pages as the way back, and no others", () => {
  expect(wayBack("?from=%2Fwall%2Feast")).toMatchObject({ href: "/wall/east" });
  expect(wayBack("?from=/bays/3")).toMatchObject({ href: "/bays/3", byItself: false });
  for (const search of ["", "?from=", "?from=//evil.example", "?from=https://evil.example/wall", "?from=/wall/../x"])
    expect(wayBack(search)).toBeNull();
});

it("is there for a screen at which nobody is signed in", async () => {
  const me = { person: null, idle: false, idleAfterMs: null, hasPin: false, device: null, byPin: [] };
  vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(Response.json(me)));
  const history = await open("/runbook/spo2.low?from=/station");
  expect(address(history)).toBe("/runbook/spo2.low?from=/station");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("SpO₂ low");
  vi.restoreAllMocks();
});

it("shows meaning, first acts, causes, limits and source on one page", async () => {
  await open("/runbook/spo2.low");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("SpO₂ low");
  for (const name of ["Do first", "Likely causes", "Built-in limits"]) screen.getByRole("heading", { name });
  expect(screen.getByText(/clinic’s own procedures come first/)).toBeTruthy();
  expect(screen.getByText(/^Source: /)).toBeTruthy();
});

it("lists every alarm, with the way back kept", async () => {
  await open("/runbook?from=/bays/3");
  const links = within(screen.getByRole("main")).getAllByRole("listitem");
  expect(links).toHaveLength(RUNBOOK_LIST.length);
  expect(screen.getByRole("link", { name: "SpO₂ low" }).getAttribute("href")).toBe(
    "/runbook/spo2.low?from=%2Fbays%2F3",
  );
});

it("says so when there is no such alarm", async () => {
  await open("/runbook/constructor");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("There is no runbook for");
  expect(screen.getByRole("link", { name: "To the wall" })).toBeTruthy();
});

it("stays where it is when it was opened at a desk; Escape goes back", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const history = await open("/runbook/spo2.low?from=/station");
  await act(() => vi.advanceTimersByTimeAsync(300_000));
  expect(address(history)).toBe("/runbook/spo2.low?from=/station");
  act(() => void window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })));
  expect(address(history)).toBe("/station");
});

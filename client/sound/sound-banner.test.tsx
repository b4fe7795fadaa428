import { fireEvent, render, screen } from "@testing-library/react";
import { act } from "react";
import { BehaviorSubject } from "rxjs";
import { describe, expect, it, vi } from "vitest";
import type { SoundState } from "./alarm-sound.ts";
import { SoundBanner } from "./sound-banner.tsx";

function show(first: SoundState, anyKey = true) {
  const state = new BehaviorSubject<SoundState>(first);
  const sound = { state, set: vi.fn(), arm: vi.fn(), confirm: vi.fn(), close: vi.fn() };
  const { container } = render(<SoundBanner sound={sound} anyKey={anyKey} whatToDo={<a href="/what">What to do</a>} />);
  return { ...sound, container, becomes: (next: SoundState) => act(() => state.next(next)) };
}
const OFF: SoundState = { kind: "off", notHeard: false };
const button = (name: RegExp) => screen.getByRole("button", { name });

describe("the sound band", () => {
  it("says SOUND OFF and is a button that arms", () => {
    const { arm } = show(OFF);
    expect(screen.getByRole("link", { name: "What to do" })).toBeTruthy();
    expect(screen.getByRole("alert").textContent).toBe("SOUND OFF. Press here, or any key, to hear the test tone.");
    fireEvent.click(button(/SOUND OFF/));
    expect(arm).toHaveBeenCalledTimes(1);
  });

  it("asks whether the tone was heard, and hands on the answer", () => {
    const { arm, confirm } = show({ kind: "testing" });
    expect(screen.getByRole("alert").textContent).toBe("Did you hear the test tone?");
    expect(screen.getByText("SOUND OFF")).toBeTruthy();
    fireEvent.click(button(/^Yes/));
    fireEvent.click(button(/^No/));
    fireEvent.click(button(/again/));
    expect(confirm.mock.calls).toEqual([[true], [false]]);
    expect(arm).toHaveBeenCalledTimes(1);
  });

  it("is gone when armed", () => {
    const { container, becomes } = show({ kind: "testing" });
    becomes({ kind: "armed" });
    expect(container.textContent).toBe("");
  });

  it("says what to do when nobody heard the tone", () => {
    show({ kind: "off", notHeard: true });
    expect(button(/SOUND OFF.*Check the loudspeaker/)).toBeTruthy();
  });

  it("says why it is blocked, with the browser’s words at hand", () => {
    const { becomes } = show({ kind: "blocked", reason: "suspended", detail: null });
    expect(button(/SOUND BLOCKED.*browser has stopped/)).toBeTruthy();
    becomes({ kind: "blocked", reason: "start-failed", detail: "no device" });
    expect(button(/SOUND BLOCKED.*loudspeaker connected/).title).toBe("no device");
    becomes({ kind: "blocked", reason: "silent-output", detail: null });
    expect(button(/SOUND BLOCKED.*silence/)).toBeTruthy();
  });

  it("keeps the keyboard’s place when the button becomes a question", () => {
    const { becomes } = show(OFF);
    button(/SOUND OFF/).focus();
    becomes({ kind: "testing" });
    expect(document.activeElement?.textContent).toBe("Did you hear the test tone?");
  });
});

describe("on a wall", () => {
  it("any key arms, but none that moves about or is held", () => {
    const { arm } = show(OFF);
    expect(screen.getByRole("link", { name: "What to do" })).toBeTruthy();
    for (const key of ["Tab", "Escape", "Shift", "F5"]) fireEvent.keyDown(document.body, { key });
    fireEvent.keyDown(document.body, { key: "r", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "a", repeat: true });
    expect(arm).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: "a" });
    expect(arm).toHaveBeenCalledTimes(1);
  });

  it("Y and N answer, other keys do not", () => {
    const { arm, confirm } = show({ kind: "testing" });
    for (const key of [" ", "Enter", "x", "Y", "n"]) fireEvent.keyDown(document.body, { key });
    expect(confirm.mock.calls).toEqual([[true], [false]]);
    expect(arm).not.toHaveBeenCalled();
  });

  it("a key on a button is the button’s", () => {
    const { arm } = show(OFF);
    expect(screen.getByRole("link", { name: "What to do" })).toBeTruthy();
    fireEvent.keyDown(button(/SOUND OFF/), { key: "Enter" });
    expect(arm).not.toHaveBeenCalled();
  });
});

it("where people type, keys are left alone", () => {
  const { arm } = show(OFF, false);
  fireEvent.keyDown(document.body, { key: "a" });
  expect(arm).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).not.toContain("any key");
});

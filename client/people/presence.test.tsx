import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { FakeTime } from "../live/testing/fake-time.ts";
import { openHere } from "./here.ts";
import { AwayBand } from "./presence.tsx";
import { aPerson, FakePeople } from "./testing/fake-people.ts";

const ada = aPerson("Ada");
const bo = aPerson("Bo");
let time: FakeTime;
let people: FakePeople;
const onAnother = vi.fn();

beforeEach(() => {
  onAnother.mockReset();
  time = new FakeTime();
  people = new FakePeople(ada, bo);
  people.byPin = [ada, bo];
});

async function show() {
  const here = openHere(people, time);
  await here.refresh();
  render(<AwayBand here={here} onAnother={onAnother} />);
  return here;
}
const band = () => screen.queryByRole("region", { name: "Who is here" });
async function byPin(name: string) {
  fireEvent.click(screen.getByRole("button", { name }));
  fireEvent.change(screen.getByLabelText(`PIN of ${name}`, { selector: "input" }), { target: { value: "1234" } });
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "That is me" })));
}

it("asks on any page who is here when nobody touched it for a while; whoever comes back finds the page as it was", async () => {
  const here = await show();
  expect(band()).toBeNull();
  await act(async () => time.advance(9 * 60_000));
  here.touched();
  await act(async () => time.advance(9 * 60_000));
  expect(band()).toBeNull();
  await act(async () => time.advance(60_000));
  expect(band()?.textContent).toContain("Nobody has touched this screen for a while");
  await byPin("Ada");
  expect(band()).toBeNull();
  expect(onAnother).not.toHaveBeenCalled();
});

it("begins the page anew for somebody else, and where it was opened while nobody was there", async () => {
  people.idle = true;
  await show();
  expect(band()).not.toBeNull();
  await byPin("Bo");
  expect(band()).toBeNull();
  expect(onAnother).toHaveBeenCalledTimes(1);
});

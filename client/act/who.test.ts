import { expect, it } from "vitest";
import { FakeTime } from "../live/testing/fake-time.ts";
import { openHere } from "../people/index.ts";
import { aPerson, FakePeople } from "../people/testing/fake-people.ts";
import { openWho } from "./who.ts";

const ada = aPerson("Ada");
const bo = aPerson("Bo", "supervisor");

async function scene(people = new FakePeople(ada, bo)) {
  const time = new FakeTime();
  const here = openHere(people, time);
  const who = openWho(here);
  let changed = 0;
  here.changes.subscribe(() => (changed += 1));
  await here.refresh();
  return { time, people, here, who, changes: () => changed };
}

it("is whoever the server says is signed in", async () => {
  const { who } = await scene();
  expect(await who.ask()).toEqual(ada);
  expect(who.asking.value).toBe(0);
});

it("asks everybody who waits at once, and connects anew as whoever came", async () => {
  const { who, changes } = await scene(new FakePeople(null, bo));
  const asked = [who.ask(), who.ask()];
  expect(who.asking.value).toBe(2);
  expect(await who.enter((client) => client.signIn("bo", "wrong"))).toMatchObject({ code: "wrong" });
  expect([who.asking.value, changes()]).toEqual([2, 0]);
  expect(await who.enter((client) => client.signIn("bo", "right"))).toBeNull();
  expect((await Promise.all(asked)).map((person) => person?.name)).toEqual(["Bo", "Bo"]);
  expect([who.asking.value, changes()]).toEqual([0, 1]);
});

it("is nobody after ten minutes without a touch, and a touch alone wakes nobody", async () => {
  const { who, time, people } = await scene();
  time.advance(8 * 60_000);
  who.touched();
  expect(people.told).toBe(1);
  time.advance(8 * 60_000);
  expect(who.person.value).toEqual(ada);
  time.advance(2 * 60_000);
  expect(who.person.value).toBeNull();
  who.touched();
  time.advance(10_000);
  expect(who.person.value).toBeNull();
  expect(people.told).toBe(1);
  const asked = who.ask();
  people.byPin = [ada];
  expect(await who.enter((client) => client.signInByPin(ada.id, "1234"))).toBeNull();
  expect(await asked).toEqual(ada);
});

it("is nobody as soon as the server says so", async () => {
  const { who, people } = await scene();
  people.idle = true;
  await who.lost();
  expect(who.person.value).toBeNull();
});

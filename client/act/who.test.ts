import { commandRequestSchema } from "@vigil/shared/wire";
import fc from "fast-check";
import { expect, it } from "vitest";
import { FakeStorage } from "./testing/fake-storage.ts";
import { openWho } from "./who.ts";

it("stays with the tab, and what was kept by something else is nobody", () => {
  const storage = new FakeStorage();
  openWho(() => storage).answer("Åsa Öberg", "supervisor");
  expect(openWho(() => storage).person.value).toEqual({ id: "åsa-öberg", name: "Åsa Öberg", role: "supervisor" });
  for (const nonsense of ["{", "7", '{"name":"A","role":"king"}', '{"name":7,"role":"nurse"}']) {
    storage.setItem("vigil.who", nonsense);
    expect(openWho(() => storage).person.value).toBeNull();
  }
});

it("takes no name that is none", () => {
  const who = openWho(() => new FakeStorage());
  expect(who.answer("   ", "nurse")).toBe("A name is needed.");
  expect(who.answer("!!!", "nurse")).toBe("A name is needed.");
  expect(who.answer("x".repeat(61), "nurse")).toBe("At most 60 letters.");
  expect(who.person.value).toBeNull();
});

it("works on where the browser keeps nothing", () => {
  const who = openWho(() => {
    throw new Error("storage is off");
  });
  expect(who.answer("Ada", "nurse")).toBeNull();
  expect(who.person.value?.name).toBe("Ada");
});

it("makes of every name it takes a person whom the server takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 70 }), (name) => {
      const who = openWho(() => new FakeStorage());
      if (who.answer(name, "nurse") !== null) return;
      const request = { id: "c", bay: "1", by: who.person.value, command: { type: "resume-audio" } };
      expect(commandRequestSchema.safeParse(request).success).toBe(true);
    }),
    { examples: [["İ".repeat(60)]] },
  );
});

it("asks everybody who waits at once", async () => {
  const who = openWho(() => new FakeStorage());
  const asked = [who.ask(), who.ask()];
  expect(who.asking.value).toBe(2);
  who.answer("Ada", "nurse");
  expect((await Promise.all(asked)).map((person) => person?.name)).toEqual(["Ada", "Ada"]);
  expect(who.asking.value).toBe(0);
});

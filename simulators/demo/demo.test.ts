import { advance, type Bay, type BayEvent, newBay } from "@vigil/shared/bay";
import { bayIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { infusionElapsedMs, recoveryMinimumAt } from "@vigil/shared/session";
import { describe, expect, it } from "vitest";
import { demoHistory } from "./demo.ts";

const NOW = Date.UTC(2026, 2, 10, 14, 0, 0);
const MIN = 60_000;
const protocol = protocolSchema.parse({});

function wardAt(seed: number): Map<string, { bay: Bay; events: BayEvent[] }> {
  return new Map(
    demoHistory(NOW, seed).map(({ bay: id, inputs }) => {
      let bay = newBay(id, protocol);
      const events: BayEvent[] = [];
      for (const input of [...inputs, { kind: "tick", at: NOW } as const]) {
        const after = advance(bay, input);
        bay = after.bay;
        events.push(...after.events);
      }
      return [id, { bay, events }];
    }),
  );
}

describe.each([1, 2, 3, 4, 5])("the demonstration ward from seed %i", (seed) => {
  const ward = wardAt(seed);
  const at = (id: string) => ward.get(id)!;
  const ranMin = (id: string) => infusionElapsedMs(at(id).bay.session!.infusion!, NOW) / MIN;

  it("stands at eight different points", () => {
    const phases = [...ward.values()].map(({ bay }) => bay.session?.phase ?? "free");
    expect(phases).toEqual([
      "preparation",
      "infusing",
      "infusing",
      "infusing",
      "recovery",
      "recovery",
      "infusing",
      "free",
    ]);
    expect(at("1").bay.session?.baseline).not.toBeNull();
    expect(Math.abs(ranMin("2") - 6)).toBeLessThan(2);
    expect(Math.abs(ranMin("3") - 22)).toBeLessThan(2);
    expect(Math.abs(ranMin("4") - 37)).toBeLessThan(2);
    const left = (id: string) => (recoveryMinimumAt(at(id).bay.session!)! - NOW) / MIN;
    expect(Math.abs(left("5") - 20)).toBeLessThan(2);
    expect(Math.abs(left("6") - 2)).toBeLessThan(3);
  });

  it("holds only what is legal", () => {
    for (const { events } of ward.values()) expect(events.filter((event) => event.type === "refused")).toEqual([]);
  });

  it("is calm but for bay 7, whose SpO₂ dips raised alarms that ended", () => {
    const raised = (id: string) =>
      at(id).events.filter((event) => event.type === "alarm" && event.change === "raised" && event.priority !== "low");
    for (const id of ["1", "2", "3", "4", "5", "6", "8"]) {
      expect(at(id).bay.alarms.filter(({ priority }) => priority !== "low")).toEqual([]);
      expect(raised(id)).toEqual([]);
    }
    expect(raised("7").length).toBeGreaterThanOrEqual(2);
    const cleared = at("7").events.filter((event) => event.type === "alarm" && event.change === "cleared");
    expect(cleared.length).toBeGreaterThanOrEqual(raised("7").length - 1);
  });
});

describe("the demonstration's past", () => {
  it("is the same for the same instant and seed", () => {
    expect(demoHistory(NOW, 9)).toEqual(demoHistory(NOW, 9));
  });

  it("has a reading every second in time order, none at or after now", () => {
    for (const { inputs } of demoHistory(NOW, 1)) {
      const readings = inputs.filter(({ kind }) => kind === "reading");
      for (const [i, reading] of readings.entries()) {
        expect(reading.at).toBe(readings[0]!.at + i * 1000);
        expect(reading.at).toBeLessThan(NOW);
      }
      if (readings.length > 0) expect(readings.at(-1)!.at).toBeGreaterThanOrEqual(NOW - 1000);
    }
  });

  it("is told in less than a second of work", () => {
    const before = process.threadCpuUsage();
    demoHistory(NOW, 2);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it("leaves bay 8 free", () => {
    expect(demoHistory(NOW, 1).at(-1)).toEqual({ bay: bayIdSchema.parse("8"), inputs: [] });
  });
});

/** Where a session begins and ends: nothing of one patient reaches the next, and an empty bay is quiet. */
import { describe, expect, it } from "vitest";
import { bayIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import { bayInPhase, newBay } from "./new-bay.ts";
import { nextDeadline } from "./settle.ts";
import { infusing, NO_CHECKS, recovering, Scene, SUPERVISOR, WELL } from "./test-scene.ts";

const TIER = { priority: "medium" as const, delay: 0, offDelay: 0, deadband: 0 };
const abandon = { type: "abandon-session" as const, reason: "left", left: "against-advice" as const };

describe("an empty bay", () => {
  it("is quiet whatever its monitor says, and however long it says nothing", () => {
    const scene = new Scene();
    expect(scene.readsOn(1, 30, { hr: 20, spo2: 60, sbp: 250 })).toEqual([]);
    expect(scene.readsOn(31, 60, { hr: null })).toEqual([]);
    expect(scene.reads(61, {}, { measuredAtS: 5000 })).toEqual([]);
    expect(scene.waits(86_400)).toEqual([]);
    expect(scene.standing).toEqual([]);
  });

  it("still shows what its monitor measures", () => {
    const scene = new Scene();
    scene.reads(1, { hr: 20 });
    expect(scene.bay.vitals.hr).toMatchObject({ value: 20, validAt: 1_000, stale: false });
    scene.waits(6);
    expect(scene.bay.vitals.hr.stale).toBe(true);
  });

  it("that has heard nothing has nothing to wait for", () => {
    expect(nextDeadline(newBay(bayIdSchema.parse("1"), protocolSchema.parse({})))).toBeNull();
  });
});

describe("opening a session", () => {
  it("takes nothing over from whoever sat there before", () => {
    const scene = new Scene();
    scene.readsOn(1, 30, { hr: 20, spo2: 60, sbp: 250 });
    scene.reads(31, WELL, { cadenceS: 60, measuredAtS: 3600 });
    expect(scene.opens(32)).toEqual(["32 act open-session preparation"]);
    expect(scene.bay.monitor).toEqual({ lastMessageAt: null, cadenceS: 1, clock: [] });
    for (const vital of Object.values(scene.bay.vitals)) {
      expect(vital).toEqual({ value: null, validAt: null, namedAt: null, stale: false });
    }
    expect(scene.bay.staleAfterMs.hr).toBe(5_000);
  });

  it("does not take the last patient’s vital signs for this one’s baseline", () => {
    const scene = new Scene();
    scene.reads(1, WELL);
    scene.opens(2);
    expect(scene.does(3, { type: "record-baseline" })).toEqual(["3 refused record-baseline no-baseline"]);
    scene.reads(4, WELL);
    expect(scene.does(5, { type: "record-baseline" })).toEqual(["5 act record-baseline preparation"]);
    expect(scene.bay.session?.baseline).toEqual({ hr: 70, spo2: 98, sbp: 120, dbp: 75, at: 5_000 });
  });

  it("with a protocol of its own goes by that one", () => {
    const scene = new Scene();
    scene.opens(0, { limits: { hr: { high: { warning: { limit: 60 } } } }, staleAfter: { hr: 30 } });
    expect(scene.reads(1, { hr: 61, sbp: 70 })).toEqual(["1 raised hr.high warning medium 61 60"]);
    expect(scene.bay.staleAfterMs.hr).toBe(30_000);
  });

  it("is refused while one is open, and changes nothing", () => {
    const scene = infusing();
    scene.reads(1, WELL);
    const before = scene.bay;
    expect(scene.opens(2)).toEqual(["2 refused open-session session-open"]);
    expect(scene.bay).toEqual(before);
  });
});

describe("the end of a session", () => {
  it("clears every alarm that holds, and leaves none to be acknowledged, latched ones neither", () => {
    const scene = infusing();
    scene.reads(1, { sbp: 70, dbp: 105 });
    expect(scene.reads(2, { sbp: 120, dbp: 105 })).toEqual(["2 cleared sbp.low high latched"]);
    expect(scene.does(3, abandon)).toEqual(["3 act abandon-session", "3 cleared dbp.high medium session-ended"]);
    expect(scene.standing).toEqual([]);
    expect(scene.waits(86_400)).toEqual([]);
  });

  it("takes edited limits, switched-off alarms and the countdown with it", () => {
    const scene = infusing();
    scene.does(1, {
      type: "set-limits",
      vital: "sbp",
      limits: { low: { warning: { ...TIER, limit: 60 } } },
      relative: [],
    });
    scene.does(1, { type: "alarm-off", vital: "hr", reason: "shivering" });
    scene.does(2, abandon);
    const { limits, relative } = scene.bay.protocol;
    expect(scene.bay).toMatchObject({ session: null, watches: [], alarmsOff: [], limits, relative });
    scene.opens(3);
    expect(scene.reads(4, { sbp: 70 })).toEqual(["4 raised sbp.low critical high 70 80"]);
  });

  it("of a session with its own protocol gives the bay’s own rules back", () => {
    const scene = new Scene();
    scene.opens(0, { limits: {}, staleAfter: { hr: 30 } });
    scene.does(1, abandon);
    expect(scene.bay.limits).toBe(scene.bay.protocol.limits);
    expect(scene.bay.staleAfterMs.hr).toBe(5_000);
  });

  it("is reached by discharge when every criterion holds, by fresh vital signs", () => {
    const scene = recovering({ recoveryMinimumMin: 1 });
    scene.readsOn(1, 59, WELL);
    expect(scene.does(59, { type: "discharge" })).toEqual(["59 refused discharge criteria-missing"]);
    expect(scene.readsOn(60, 61, WELL)).toEqual(["60 raised ready-for-discharge low"]);
    expect(scene.does(62, { type: "discharge" })).toEqual([
      "62 act discharge",
      "62 cleared ready-for-discharge low session-ended",
    ]);
    const late = recovering({ recoveryMinimumMin: 1 });
    late.readsOn(1, 61, WELL);
    late.waits(66);
    expect(late.does(67, { type: "discharge" })).toEqual(["67 refused discharge criteria-missing"]);
    expect(late.does(68, { type: "discharge", override: "monitor unplugged" }, SUPERVISOR)[0]).toBe("68 act discharge");
  });

  it("is kept from being a discharge by an alarm that is cleared and not seen", () => {
    const scene = recovering({ recoveryMinimumMin: 1 });
    scene.readsOn(1, 60, WELL);
    scene.reads(61, { ...WELL, sbp: 70 });
    scene.reads(62, WELL);
    expect(scene.does(63, { type: "declare-ready" })).toEqual(["63 refused declare-ready criteria-missing"]);
    scene.does(64, { type: "acknowledge-alarm", alarm: "sbp.low" });
    expect(scene.does(65, { type: "declare-ready" })[0]).toBe("65 act declare-ready ready");
  });
});

describe("a bay put into a phase", () => {
  it.each(["preparation", "infusing", "paused", "recovery", "ready"] as const)(
    "%s watches and can be abandoned",
    (phase) => {
      const scene = new Scene(NO_CHECKS);
      scene.bay = bayInPhase(scene.bay.id, scene.bay.protocol, phase, 0, 1);
      expect(scene.reads(1, { sbp: 70 })).toEqual(["1 raised sbp.low critical high 70 80"]);
      const owed = phase !== "preparation";
      expect(scene.waits(121).includes("121 raised pressure-overdue low")).toBe(owed);
      expect(scene.does(122, abandon)[0]).toBe("122 act abandon-session");
    },
  );
});

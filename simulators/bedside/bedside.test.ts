import { advance, type Bay, type BayInput, newBay } from "@vigil/shared/bay";
import { bayIdSchema, sessionIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { commandSchema } from "@vigil/shared/session";
import { describe, expect, it } from "vitest";
import { scenarioNamed } from "../scenario/index.ts";
import { type Act, type BedsideSettings, liveThrough, newBedside, newPast, nurseOfPlace } from "./index.ts";
import { viewOf } from "./view.ts";

const MIN = 60_000;
const protocol = protocolSchema.parse({});
const bay = bayIdSchema.parse("1");
const by = nurseOfPlace(0);
const settings: BedsideSettings = {
  bay,
  seed: 3,
  protocol,
  pace: { preparationMin: [3, 4], turnoverMin: [2, 4] },
  scenarioFor: () => scenarioNamed("calm")!,
};
const START = Date.UTC(2026, 2, 10, 9);

const past = (minutes: number, changed: Partial<BedsideSettings> = {}): BayInput[] =>
  liveThrough(newPast(newBedside({ ...settings, ...changed }), bay, protocol, by), START, START + minutes * MIN);

const commands = (inputs: BayInput[]) =>
  inputs.flatMap((input) => (input.kind === "command" ? [input.command.type] : []));

function bayAfter(inputs: readonly BayInput[]): Bay {
  return inputs.reduce((now, input) => advance(now, input).bay, newBay(bay, protocol));
}

describe("a simulated bay", () => {
  it("runs a session from opening to discharge by the protocol, then takes the next patient", () => {
    const inputs = past(130);
    const besides = ["confirm-check", "acknowledge-alarm", "record-observation", "name-escort"];
    const done = commands(inputs).filter((type) => !besides.includes(type));
    // Every 15 min of the infusion, every 30 min of recovery.
    expect(commands(inputs).filter((type) => type === "record-observation").length).toBeGreaterThanOrEqual(3);
    expect(done.slice(0, 7)).toEqual([
      "open-session",
      "record-baseline",
      "start-infusion",
      "end-infusion",
      "declare-ready",
      "discharge",
      "open-session",
    ]);
    const checks = commands(inputs).slice(0, commands(inputs).indexOf("discharge"));
    expect(checks.filter((type) => type === "confirm-check")).toHaveLength(
      protocol.startChecks.length + protocol.dischargeChecks.length,
    );
  });

  it("stops the drug within half a minute of the planned time", () => {
    const at = (type: string) =>
      past(60).find((input) => input.kind === "command" && input.command.type === type)?.at ?? Number.NaN;
    const ranMin = (at("end-infusion") - at("start-infusion")) / MIN;
    expect(ranMin).toBeGreaterThanOrEqual(40);
    expect(ranMin).toBeLessThan(40.5);
  });

  it("sends nothing while the bay is free", () => {
    expect(past(1.5)).toEqual([]);
  });

  it("is the same for the same seed", () => {
    expect(past(20)).toEqual(past(20));
    expect(past(20, { seed: 4 })).not.toEqual(past(20));
  });

  it("joined in the middle, finds the patient as far as they are", () => {
    const inputs = past(30);
    const row = viewOf(bayAfter(inputs), START + 30 * MIN);
    const now = START + 30 * MIN;
    const lived = newBedside(settings);
    let state = newBay(bay, protocol);
    for (let at = START; at < now; at += 1000) {
      const { messages, act } = lived.step(at, viewOf(state, at));
      for (const message of messages) state = advance(state, { kind: "reading", at, ...message }).bay;
      if (act !== null) {
        state = advance(state, { kind: "command", at, id: act.id, by, command: act.command }).bay;
        lived.told(at, act, null);
      }
    }
    const joined = newBedside(settings);
    const seconds = Array.from({ length: 40 }, (_, s) => {
      const at = now + s * 1000;
      return [lived.step(at, row), joined.step(at, row)].map(({ messages }) => messages[0]?.values);
    });
    // Until its means have as much to go by.
    for (const [going, begun] of seconds.slice(20)) {
      expect(begun).toMatchObject({ hr: going?.hr, rr: going?.rr, spo2: going?.spo2 });
    }
  });

  it("does one thing at a time: nothing new before the outcome is known", () => {
    const bedside = newBedside(settings);
    const free = viewOf(newBay(bay, protocol), START);
    const acts: Act[] = [];
    for (let at = START; at < START + 10 * MIN; at += 1000) {
      const { act } = bedside.step(at, free);
      if (act !== null) acts.push(act);
    }
    expect(acts).toHaveLength(1);
  });

  it("gives a patient to a session that somebody else opened, and leaves the session to them", () => {
    const bedside = newBedside(settings);
    const open = commandSchema.parse({
      type: "open-session",
      sessionId: sessionIdSchema.parse("opened-in-a-browser"),
      patient: { initials: "ZZ" },
    });
    const [first] = past(5).filter((input) => input.kind === "command");
    if (first?.kind !== "command") throw new Error("no command");
    let state = advance(newBay(bay, protocol), { ...first, at: START, command: open }).bay;
    for (let at = START; at < START + 15 * MIN; at += 1000) {
      const { messages, act } = bedside.step(at, viewOf(state, at));
      expect(act).toBeNull();
      expect(messages).toHaveLength(1);
      for (const message of messages) state = advance(state, { kind: "reading", at, ...message }).bay;
    }
    expect(state.vitals.sbp.value).not.toBeNull();
  });
});

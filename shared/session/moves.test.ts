import { describe, expect, it } from "vitest";
import { bayIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { protocolSchema } from "../protocol/index.ts";
import type { SessionCommand } from "./act.ts";
import type { Actor } from "./command.ts";
import { type MoveFacts, moveSession } from "./moves.ts";
import { REFUSAL_CODES } from "./refusal.ts";
import { PHASES, type Phase, type Session } from "./session.ts";

const MIN = 60_000;
/** Any time after the infusion. */
const LATER = Number.POSITIVE_INFINITY;
const protocol = protocolSchema.parse({
  startChecks: ["identity"],
  dischargeChecks: ["oriented"],
  reasonForEarlyStop: false,
});
const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 400, concentrationMgPerMl: 1 };
const baseline = { hr: 70, spo2: 98, sbp: 120, dbp: 75 };
const well: MoveFacts = {
  bayProtocol: protocol,
  vitals: baseline,
  pressureAt: LATER,
  before: { ...baseline, at: LATER },
  physiologicalAlarms: 0,
};
const nurse: Actor = { id: personIdSchema.parse("n1"), name: "Nora", role: "nurse" };

const open: SessionCommand = {
  type: "open-session",
  sessionId: sessionIdSchema.parse("s1"),
  patient: { initials: "AB", weightKg: 70 },
};
const TO_INFUSING: SessionCommand[] = [
  open,
  { type: "set-plan", plan },
  { type: "confirm-check", check: "identity" },
  { type: "record-baseline", values: baseline },
  { type: "start-infusion" },
];
const TO_READY: SessionCommand[] = [
  ...TO_INFUSING,
  { type: "end-infusion" },
  { type: "confirm-check", check: "oriented" },
  { type: "declare-ready" },
];
/** Everything a phase needs to have been done before, and nothing else. */
const WAY_TO: Record<Exclude<Phase, "discharged" | "abandoned">, SessionCommand[]> = {
  preparation: [open],
  infusing: TO_INFUSING,
  paused: [...TO_INFUSING, { type: "pause-infusion", reason: "nausea" }],
  recovery: TO_READY.slice(0, -1),
  ready: TO_READY,
};

function move(session: Session | null, command: SessionCommand, at = 200 * MIN, facts = well, by = nurse): Session {
  const moved = moveSession(session, { id: commandIdSchema.parse(`${command.type}-${at}`), at, by, command }, facts);
  if ("refused" in moved) throw new Error(moved.refused.code);
  return moved.session;
}
/** Each step a minute after the other; the move to ready when the countdown is over. */
function sessionAfter(commands: readonly SessionCommand[]): Session | null {
  return commands.reduce<Session | null>(
    (session, command, i) => move(session, command, command.type === "declare-ready" ? 100 * MIN : i * MIN),
    null,
  );
}
const sessionIn = (phase: keyof typeof WAY_TO) => sessionAfter(WAY_TO[phase]);
function refusal(session: Session | null, command: SessionCommand, facts = well, by = nurse, at = 200 * MIN) {
  const moved = moveSession(session, { id: commandIdSchema.parse(`${command.type}-${at}`), at, by, command }, facts);
  return "refused" in moved ? moved.refused.code : `moved to ${moved.session.phase}`;
}

const EVERY: { [T in SessionCommand["type"]]: Extract<SessionCommand, { type: T }> } = {
  "open-session": { type: "open-session", sessionId: sessionIdSchema.parse("s2"), patient: { initials: "CD" } },
  "set-plan": { type: "set-plan", plan },
  "confirm-check": { type: "confirm-check", check: "new" },
  "record-baseline": { type: "record-baseline" },
  "start-infusion": { type: "start-infusion" },
  "pause-infusion": { type: "pause-infusion", reason: "nausea" },
  "resume-infusion": { type: "resume-infusion" },
  "end-infusion": { type: "end-infusion" },
  "record-observation": { type: "record-observation", observation: { dissociation: 3 } },
  "set-patient": { type: "set-patient", patient: { initials: "AB", weightKg: 70 } },
  "correct-patient": { type: "correct-patient", patient: { initials: "CD" }, reason: "another's name" },
  "change-rate": { type: "change-rate", rateMlPerH: 10 },
  "give-medication": { type: "give-medication", medication: { kind: "bolus", mg: 5 } },
  "extend-infusion": { type: "extend-infusion", minutes: 10 },
  "name-escort": { type: "name-escort", name: "E. Scort", phone: "555 0100" },
  "hand-over": { type: "hand-over", to: { id: personIdSchema.parse("n2"), name: "Nils" }, summary: "calm" },
  "undo-act": { type: "undo-act", act: commandIdSchema.parse("nothing") },
  "correct-time": {
    type: "correct-time",
    act: commandIdSchema.parse("nothing"),
    effectiveAt: 100 * MIN,
    reason: "pressed late",
  },
  "transfer-session": { type: "transfer-session", to: bayIdSchema.parse("2") },
  "declare-ready": { type: "declare-ready" },
  "return-to-recovery": { type: "return-to-recovery", reason: "dizzy" },
  discharge: { type: "discharge" },
  "abandon-session": { type: "abandon-session", reason: "went home", left: "against-advice" },
};
const WRONG = "wrong-phase";
const entered = (command: SessionCommand) => ({ id: commandIdSchema.parse("c"), at: 200 * MIN, by: nurse, command });

describe("every move in every phase", () => {
  it.each([
    ["open-session", ["session-open", "session-open", "session-open", "session-open", "session-open"]],
    ["set-plan", ["moved to preparation", WRONG, WRONG, WRONG, WRONG]],
    ["confirm-check", ["unknown-check", WRONG, WRONG, "unknown-check", "unknown-check"]],
    ["record-baseline", ["moved to preparation", WRONG, WRONG, WRONG, WRONG]],
    ["start-infusion", ["no-plan", WRONG, WRONG, WRONG, WRONG]],
    ["set-patient", ["moved to preparation", WRONG, WRONG, WRONG, WRONG]],
    [
      "correct-patient",
      ["moved to preparation", "moved to infusing", "moved to paused", "moved to recovery", "moved to ready"],
    ],
    ["change-rate", [WRONG, "moved to infusing", "moved to paused", WRONG, WRONG]],
    ["give-medication", [WRONG, "moved to infusing", "moved to paused", WRONG, WRONG]],
    ["extend-infusion", [WRONG, "moved to infusing", "moved to paused", WRONG, WRONG]],
    [
      "name-escort",
      ["moved to preparation", "moved to infusing", "moved to paused", "moved to recovery", "moved to ready"],
    ],
    [
      "hand-over",
      ["moved to preparation", "moved to infusing", "moved to paused", "moved to recovery", "moved to ready"],
    ],
    [
      "transfer-session",
      ["moved to preparation", "moved to infusing", "moved to paused", "moved to recovery", "moved to ready"],
    ],
    ["undo-act", ["no-such-act", "no-such-act", "no-such-act", "no-such-act", "no-such-act"]],
    ["correct-time", ["no-such-act", "no-such-act", "no-such-act", "no-such-act", "no-such-act"]],
    ["pause-infusion", [WRONG, "moved to paused", WRONG, WRONG, WRONG]],
    ["resume-infusion", [WRONG, WRONG, "moved to infusing", WRONG, WRONG]],
    ["end-infusion", [WRONG, "moved to recovery", "moved to recovery", WRONG, WRONG]],
    [
      "record-observation",
      ["moved to preparation", "moved to infusing", "moved to paused", "moved to recovery", "moved to ready"],
    ],
    ["declare-ready", [WRONG, WRONG, WRONG, "moved to ready", WRONG]],
    ["return-to-recovery", [WRONG, WRONG, WRONG, WRONG, "moved to recovery"]],
    ["discharge", [WRONG, WRONG, WRONG, "moved to discharged", "moved to discharged"]],
    [
      "abandon-session",
      ["moved to abandoned", "moved to abandoned", "moved to abandoned", "moved to abandoned", "moved to abandoned"],
    ],
  ] as const)("%s", (type, told) => {
    const phases = ["preparation", "infusing", "paused", "recovery", "ready"] as const;
    expect(phases.map((phase) => refusal(sessionIn(phase), EVERY[type]))).toEqual(told);
  });

  it("without a session only opening one is possible", () => {
    for (const command of Object.values(EVERY)) {
      expect(refusal(null, command), command.type).toBe(
        command.type === "open-session" ? "moved to preparation" : "no-session",
      );
    }
  });

  it("an ended session moves no more", () => {
    for (const phase of ["discharged", "abandoned"] as const) {
      const ended: Session = { ...sessionIn("ready")!, phase };
      for (const command of Object.values(EVERY)) expect(refusal(ended, command)).not.toContain("moved");
    }
    expect(PHASES.slice(-2)).toEqual(["discharged", "abandoned"]);
  });
});

describe("opening", () => {
  it("takes the bay’s protocol, or the one it is given, and keeps it", () => {
    const own = protocolSchema.parse({ name: "Pain, four hours" });
    expect(move(null, open).protocol).toBe(protocol);
    expect(move(null, { ...open, protocol: own }).protocol).toBe(own);
  });

  it("begins in preparation with nothing done", () => {
    expect(move(null, { ...open, plan }, 7)).toMatchObject({
      phase: "preparation",
      openedAt: 7,
      plan,
      baseline: null,
      confirmed: [],
      infusion: null,
    });
  });
});

describe("the infusion starts only with plan, baseline and every confirmation", () => {
  it.each([
    ["no-plan", "set-plan"],
    ["checks-missing", "confirm-check"],
    ["no-baseline", "record-baseline"],
  ])("%s without %s", (code, left) => {
    const without = WAY_TO.infusing.filter(({ type }) => type !== left && type !== "start-infusion");
    expect(refusal(sessionAfter(without), { type: "start-infusion" })).toBe(code);
  });
});

describe("confirming", () => {
  it("twice is refused", () => {
    const once = sessionAfter(WAY_TO.infusing.slice(0, 3));
    expect(refusal(once, { type: "confirm-check", check: "identity" })).toBe("already-done");
  });

  it("takes only what the protocol names for this part of the session", () => {
    expect(refusal(sessionIn("preparation"), { type: "confirm-check", check: "oriented" })).toBe("unknown-check");
    expect(refusal(sessionIn("recovery"), { type: "confirm-check", check: "identity" })).toBe("unknown-check");
  });

  it("before the start does not count for discharge, though both lists name it", () => {
    const both = protocolSchema.parse({ startChecks: ["identity"], dischargeChecks: ["identity"] });
    const started = sessionAfter([
      { ...open, protocol: both },
      ...TO_INFUSING.slice(1),
      { type: "end-infusion", reason: "pain" },
    ]);
    expect(refusal(started, { type: "discharge" })).toBe("criteria-missing");
    expect(refusal(started, { type: "confirm-check", check: "identity" })).toBe("moved to recovery");
  });

  it("for going home does not count any more once the patient is back in recovery", () => {
    const back = sessionAfter([...TO_READY, { type: "return-to-recovery", reason: "dizzy" }]);
    expect(refusal(back, { type: "declare-ready" })).toBe("criteria-missing");
    expect(refusal(back, { type: "discharge" })).toBe("criteria-missing");
    expect(refusal(back, { type: "confirm-check", check: "oriented" })).toBe("moved to recovery");
  });
});

describe("the baseline", () => {
  it("is what the monitor says now, with its time", () => {
    expect(move(sessionIn("preparation"), { type: "record-baseline" }, 5).baseline).toEqual({ ...baseline, at: 5 });
  });

  it("given by hand wins over the monitor", () => {
    const values = { ...baseline, hr: 55 };
    expect(move(sessionIn("preparation"), { type: "record-baseline", values }, 5).baseline).toEqual({
      ...values,
      at: 5,
    });
  });

  it.each(["hr", "spo2", "sbp", "dbp"] as const)("is refused without a fresh %s", (vital) => {
    const facts = { ...well, vitals: { ...baseline, [vital]: null } };
    expect(refusal(sessionIn("preparation"), { type: "record-baseline" }, facts)).toBe("no-baseline");
  });
});

describe("the monitor’s values for a baseline", () => {
  it("are held to the same ranges as those given by hand: a flat line is none", () => {
    const facts = { ...well, vitals: { hr: 0, spo2: 0, sbp: 0, dbp: 0 } };
    expect(refusal(sessionIn("preparation"), { type: "record-baseline" }, facts)).toBe("no-baseline");
  });
});

describe("discharge", () => {
  const supervisor: Actor = { ...nurse, role: "supervisor" };
  const alarmed = { ...well, physiologicalAlarms: 1 };
  const overridden: SessionCommand = { type: "discharge", override: "lives next door" };

  it("and readiness are refused while a criterion does not hold", () => {
    expect(refusal(sessionIn("recovery"), { type: "discharge" }, alarmed)).toBe("criteria-missing");
    expect(refusal(sessionIn("recovery"), { type: "declare-ready" }, alarmed)).toBe("criteria-missing");
    expect(refusal(sessionIn("ready"), { type: "discharge" }, alarmed)).toBe("criteria-missing");
    expect(refusal(sessionIn("ready"), { type: "discharge" }, alarmed, supervisor)).toBe("criteria-missing");
  });

  it("against a criterion is a supervisor’s alone, with a reason", () => {
    expect(refusal(sessionIn("recovery"), overridden, alarmed, supervisor)).toBe("moved to discharged");
    for (const role of ["nurse", "engineer", "administrator"] as const) {
      expect(refusal(sessionIn("recovery"), overridden, alarmed, { ...nurse, role })).toBe("not-allowed");
    }
  });
});

it("whoever is slower than a colleague is told who was quicker; anybody else, when it is possible", () => {
  const reason = (session: Session | null, command: SessionCommand) => {
    const moved = moveSession(session, entered(command), well);
    return "refused" in moved ? moved.refused.reason : "moved";
  };
  expect(reason(sessionIn("infusing"), { type: "start-infusion" })).toBe("Nora has already started the infusion.");
  expect(reason(sessionIn("paused"), EVERY["pause-infusion"])).toBe("Nora has already paused the infusion.");
  expect(reason(sessionIn("recovery"), EVERY["end-infusion"])).toBe("Nora has already ended the infusion.");
  expect(reason(sessionIn("ready"), { type: "declare-ready" })).toBe(
    "Nora has already declared the patient ready for discharge.",
  );
  expect(reason(sessionIn("infusing"), { type: "resume-infusion" })).toBe(
    "This is not possible while the infusion runs, only while the infusion is paused.",
  );
  expect(reason(sessionIn("preparation"), { type: "discharge" })).toBe(
    "This is not possible in preparation, only in recovery or once the patient is ready for discharge.",
  );
});

it("every refusal tells the person something", () => {
  for (const session of [null, ...Object.keys(WAY_TO).map((phase) => sessionIn(phase as keyof typeof WAY_TO))]) {
    for (const command of Object.values(EVERY)) {
      const moved = moveSession(session, entered(command), { ...well, physiologicalAlarms: 1 });
      if (!("refused" in moved)) continue;
      expect(REFUSAL_CODES).toHaveProperty(moved.refused.code);
      expect(moved.refused.reason).toMatch(/^\S.{15,}\.$/);
    }
  }
});

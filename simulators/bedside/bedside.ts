/**
 * One simulated bay: a patient, a monitor and a nurse around what the server says of the bay. Everything but the habits of
 * cuff and nurse follows from the seed, the session's id and the row, so a bedside that starts anew in the middle of a
 * session finds the patient as far as they should be.
 */
import {
  type AtMs,
  type BayId,
  type CommandId,
  commandIdSchema,
  type SessionId,
  sessionIdSchema,
} from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Command, Phase, RefusalCode } from "@vigil/shared/session";
import type { ReadingValues } from "@vigil/shared/vitals";
import { type Monitor, newMonitor } from "../monitor/index.ts";
import { newPatient, type Patient } from "../patient/index.ts";
import { randomFrom } from "../random/index.ts";
import { type Circumstances, isScenarioName, SCENARIOS, type ScenarioName, timeline } from "../scenario/index.ts";
import { type Nurse, newNurse, type Pace } from "./nurse.ts";
import { USUAL_PLAN } from "./plan.ts";
import { newPump, type Pump } from "./pump.ts";
import type { BayView } from "./view.ts";

export interface BedsideSettings {
  readonly bay: BayId;
  readonly seed: number;
  readonly protocol: Protocol;
  readonly pace: Pace;
  /** Which scenario the patient brings whose session is opened at `at`. */
  readonly scenarioFor: (at: AtMs) => ScenarioName;
  /** Who the clinic knows the patient as whose session is opened; left out: somebody without a record number. */
  readonly identity?: { readonly initials: string; readonly recordNumber: string };
}

export interface Act {
  readonly id: CommandId;
  readonly command: Command;
}

export interface Step {
  /** What the monitor sends; `null`: nothing. */
  readonly values: ReadingValues | null;
  readonly act: Act | null;
}

export interface Bedside {
  readonly bay: BayId;
  /** One second of the bedside: to be called once a second, in time order, with the row as it then is. */
  step(at: AtMs, view: BayView): Step;
  /** What became of an act; rows given after this know of it. */
  told(at: AtMs, act: Act, refused: RefusalCode | "unreachable" | null): void;
}

/** What stands at a bay for one session. */
interface Care {
  readonly sessionId: SessionId;
  readonly patient: Patient;
  readonly circumstances: (sinceStart: number) => Circumstances;
  readonly monitor: Monitor;
  readonly pump: Pump;
  /** `null`: somebody else opened the session and looks after it. */
  readonly nurse: Nurse | null;
  phase: Phase | null;
  pressureTaken: boolean;
}

const NO_CHANGE: Circumstances = { changes: {}, faults: new Set() };
const MEASURES_ON_ENTERING: readonly (Phase | null)[] = ["preparation", "infusing", "recovery"];

export function newBedside(settings: BedsideSettings): Bedside {
  const { bay, seed, protocol, pace } = settings;
  let care: Care | null = null;
  let freeSince: AtMs | null = null;
  let busyUntil = Number.NEGATIVE_INFINITY;
  /** An act whose outcome is not known yet: nobody does a second thing before. */
  let underway = false;

  function step(at: AtMs, view: BayView): Step {
    if (view.sessionId === null) {
      care = null;
      return { values: null, act: begin(underway ? null : openNext(at)) };
    }
    freeSince = null;
    care = care?.sessionId === view.sessionId ? care : beginCare(view.sessionId, settings);
    care.pump.observe(view, at);
    if (view.phase !== care.phase) {
      if (MEASURES_ON_ENTERING.includes(view.phase) || care.phase === null) care.monitor.measurePressure(at);
      care.phase = view.phase;
    }
    const values = readMonitor(at, care, protocol);
    if (typeof values?.sbp === "number") care.pressureTaken = true;
    const sight = {
      pressureTaken: care.pressureTaken,
      drugRanMs: care.pump.ranMs(at),
      dissociation: care.patient.dissociation(at, care.pump.doses),
    };
    const command = underway ? null : (care.nurse?.next(at, view, sight) ?? null);
    return { values, act: begin(command === null ? null : actOf(bay, at, command)) };
  }

  function begin(act: Act | null): Act | null {
    if (act !== null) underway = true;
    return act;
  }

  function openNext(at: AtMs): Act | null {
    freeSince ??= at;
    const turnover = randomFrom(seed, `turnover/${bay}/${freeSince}`).within(pace.turnoverMin) * 60_000;
    if (at < busyUntil || at < freeSince + turnover) return null;
    busyUntil = at + 10_000;
    const sessionId = newSessionId(bay, settings.scenarioFor(at), at);
    const { initials, weightKg } = patientOf(sessionId, seed).patient;
    return actOf(bay, at, {
      type: "open-session",
      sessionId,
      patient: { initials, weightKg, ...settings.identity },
      plan: USUAL_PLAN,
    });
  }

  return {
    bay,
    step,
    told(at, act, refused) {
      underway = false;
      care?.nurse?.told(at, act.command, refused);
      // Vital signs that are not near the baseline, or too old, are taken again before asking again.
      if (refused === "criteria-missing" || refused === "no-baseline") care?.monitor.measurePressure(at);
    },
  };
}

function beginCare(sessionId: SessionId, { seed, protocol, pace }: BedsideSettings): Care {
  const { patient, scenario, invented } = patientOf(sessionId, seed);
  return {
    sessionId,
    patient,
    circumstances: timeline(SCENARIOS[scenario], seed, sessionId),
    monitor: newMonitor(seed, sessionId, SCENARIOS[scenario].cuffOnProbeArm),
    pump: newPump(),
    nurse: invented ? newNurse(seed, sessionId, protocol, pace) : null,
    phase: null,
    pressureTaken: false,
  };
}

function readMonitor(at: AtMs, care: Care, protocol: Protocol): ReadingValues | null {
  const { startedAt, doses } = care.pump;
  const { changes, faults } = startedAt === null ? NO_CHANGE : care.circumstances(at - startedAt);
  const recovers = care.phase === "recovery" || care.phase === "ready";
  const intervalMin = recovers ? protocol.cuffIntervalMin.recovery : protocol.cuffIntervalMin.infusing;
  return care.monitor.read(at, care.patient.truth(at, doses, changes), faults, intervalMin * 60_000);
}

/**
 * A simulated session's id says the bay, the scenario and when it was opened: whoever comes later, a restarted simulator
 * or a developer reading a log, knows which script runs.
 */
const newSessionId = (bay: BayId, scenario: ScenarioName, at: AtMs): SessionId =>
  sessionIdSchema.parse(`sim-${bay.slice(0, 16)}-${scenario}-${base36(at)}`);

const SIMULATED = /^sim-.*?-([a-z][a-z-]*)-[0-9a-z]+$/;

function patientOf(
  sessionId: SessionId,
  seed: number,
): { patient: Patient; scenario: ScenarioName; invented: boolean } {
  const named = SIMULATED.exec(sessionId)?.[1] ?? "";
  const invented = isScenarioName(named);
  const scenario = invented ? named : "calm";
  return { patient: newPatient(seed, sessionId, SCENARIOS[scenario].constitution), scenario, invented };
}

const base36 = (at: AtMs): string => Math.round(at).toString(36);

const actOf = (bay: BayId, at: AtMs, command: Command): Act => ({
  id: commandIdSchema.parse(`sim-${bay.slice(0, 32)}-${base36(at)}`),
  command,
});

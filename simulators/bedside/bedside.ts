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
import { type Message, type Monitor, newMonitor } from "../monitor/index.ts";
import { NO_TROUBLE, newPatient, type Patient } from "../patient/index.ts";
import { randomFrom } from "../random/index.ts";
import { type Circumstances, type Marks, type Scenario, scenarioNamed, timeline } from "../scenario/index.ts";
import { type Nurse, newNurse, type Pace } from "./nurse.ts";
import { newPump, type Pump } from "./pump.ts";
import { newScript, type Script } from "./script.ts";
import type { BayView } from "./view.ts";

export interface BedsideSettings {
  readonly bay: BayId;
  readonly seed: number;
  readonly protocol: Protocol;
  readonly pace: Pace;
  /** Which scenario the patient brings whose session is opened at `at`. */
  readonly scenarioFor: (at: AtMs) => Scenario;
  /** What a patient brings whose session somebody opened in a browser; left out: the library's calm one. */
  readonly strangers?: Scenario;
  /** Who the clinic knows the patient as whose session is opened; left out: somebody without a record number. */
  readonly identity?: { readonly initials: string; readonly recordNumber: string };
}

export interface Act {
  readonly id: CommandId;
  readonly command: Command;
}

export interface Step {
  /** What comes from the monitor, in the order it comes. */
  readonly messages: readonly Message[];
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
  /** Whose values come when the cable is on the wrong person. */
  readonly somebodyElse: () => Patient;
  readonly circumstances: (at: AtMs, marks: Marks) => Circumstances;
  readonly monitor: Monitor;
  readonly pump: Pump;
  /** `null`: somebody else opened the session and looks after it. */
  readonly staff: { readonly nurse: Nurse; readonly script: Script } | null;
  /** When the session was first seen, if that was before its infusion. */
  readonly opening: AtMs | null;
  phase: Phase | null;
  pressureTaken: boolean;
}

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
      return { messages: [], act: begin(underway ? null : openNext(at)) };
    }
    freeSince = null;
    care = care?.sessionId === view.sessionId ? care : beginCare(view.sessionId, at, view, settings);
    care.pump.observe(view, at);
    if (view.phase !== care.phase) {
      if (MEASURES_ON_ENTERING.includes(view.phase) || care.phase === null) care.monitor.measurePressure(at);
      care.phase = view.phase;
    }
    const marks: Marks = { opening: care.opening, infusion: care.pump.startedAt, end: view.recoveryStartedAt };
    const messages = readMonitor(at, care, marks, protocol);
    if (messages.some(({ values }) => typeof values.sbp === "number")) care.pressureTaken = true;
    const command = underway ? null : nextCommand(at, care, marks, view);
    return { messages, act: begin(command === null ? null : actOf(bay, at, command)) };
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
    const scenario = settings.scenarioFor(at);
    const sessionId = newSessionId(bay, scenario, at);
    const { initials, weightKg } = patientOf(sessionId, seed, scenario);
    return actOf(bay, at, {
      type: "open-session",
      sessionId,
      patient: { initials, weightKg, ...settings.identity },
      plan: scenario.plan,
    });
  }

  return {
    bay,
    step,
    told(at, act, refused) {
      underway = false;
      care?.staff?.nurse.told(at, act.command, refused);
      // Vital signs that are not near the baseline, or too old, are taken again before asking again.
      if (refused === "criteria-missing" || refused === "no-baseline") care?.monitor.measurePressure(at);
    },
  };
}

function beginCare(sessionId: SessionId, at: AtMs, view: BayView, settings: BedsideSettings): Care {
  const { bay, seed, protocol, pace } = settings;
  const named = scenarioNameIn(bay, sessionId);
  const invented = named === null ? null : scenarioOf(named, at, settings);
  const scenario = invented ?? settings.strangers ?? calmScenario();
  return {
    sessionId,
    patient: patientOf(sessionId, seed, scenario),
    somebodyElse: onlyOnce(() => newPatient(seed, `${sessionId}/somebody else`)),
    circumstances: timeline(scenario, seed, sessionId),
    monitor: newMonitor(seed, sessionId, scenario.monitor),
    pump: newPump(scenario.plan),
    staff:
      invented === null
        ? null
        : { nurse: newNurse(seed, sessionId, protocol, pace), script: newScript(scenario, seed, sessionId) },
    opening: view.phase === "preparation" ? at : null,
    phase: null,
    pressureTaken: false,
  };
}

function nextCommand(at: AtMs, { staff, patient, pump, pressureTaken }: Care, marks: Marks, view: BayView) {
  if (staff === null) return null;
  const sight = { pressureTaken, drugRanMs: pump.ranMs(at), mind: () => patient.mind(at, pump.given) };
  return staff.script.next(at, marks) ?? staff.nurse.next(at, view, sight);
}

function readMonitor(at: AtMs, care: Care, marks: Marks, protocol: Protocol): readonly Message[] {
  const { body, monitor } = care.circumstances(at, marks);
  const recovers = care.phase === "recovery" || care.phase === "ready";
  const intervalMin = recovers ? protocol.cuffIntervalMin.recovery : protocol.cuffIntervalMin.infusing;
  const truth = monitor.faults.has("wrong-patient")
    ? care.somebodyElse().truth(at, { runs: [], boluses: [] }, NO_TROUBLE)
    : care.patient.truth(at, care.pump.given, body);
  return care.monitor.read(at, truth, monitor, intervalMin * 60_000);
}

/**
 * A simulated session's id says the bay, the scenario and when it was opened: whoever comes later, a restarted simulator
 * or a developer reading a log, knows which script runs.
 */
const newSessionId = (bay: BayId, { name }: Scenario, at: AtMs): SessionId =>
  sessionIdSchema.parse(`${idPrefix(bay)}${name}-${base36(at)}`);

const idPrefix = (bay: BayId): string => `sim-${bay.slice(0, 16)}-`;

/** `null`: no simulated nurse of this bay opened it. */
const scenarioNameIn = (bay: BayId, sessionId: SessionId): string | null =>
  sessionId.startsWith(idPrefix(bay)) ? sessionId.slice(idPrefix(bay).length, sessionId.lastIndexOf("-")) : null;

/** The scenario of that name that this bedside plays, or the library's. */
function scenarioOf(name: string, at: AtMs, { scenarioFor }: BedsideSettings): Scenario | null {
  const own = scenarioFor(at);
  return own.name === name ? own : scenarioNamed(name);
}

function calmScenario(): Scenario {
  const calm = scenarioNamed("calm");
  if (calm === null) throw new Error("the library has no scenario named calm");
  return calm;
}

const patientOf = (sessionId: SessionId, seed: number, { patient, kinetics }: Scenario): Patient =>
  newPatient(seed, sessionId, { constitution: patient, kinetics });

function onlyOnce<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const base36 = (at: AtMs): string => Math.round(at).toString(36);

const actOf = (bay: BayId, at: AtMs, command: Command): Act => ({
  id: commandIdSchema.parse(`sim-${bay.slice(0, 32)}-${base36(at)}`),
  command,
});

/** What people do, judged and carried out at one instant. A refused command changes nothing. */
import {
  type Alarm,
  acknowledge,
  type ChangeReason,
  carryOver,
  clear,
  type LimitWatch,
  lastValid,
  limitWatches,
  watchOnReading,
} from "../alarms/index.ts";
import type { AtMs, BayId } from "../ids/index.ts";
import { BASELINE_VITALS, DIRECTIONS, type Limits, type RelativeRule, TIERS } from "../protocol/index.ts";
import {
  type Actor,
  type Command,
  moveSession,
  type Refusal,
  type RefusalCode,
  type Session,
  type SessionCommand,
} from "../session/index.ts";
import { VITAL_FACTS, type Vital } from "../vitals/index.ts";
import { type Bay, NO_MONITOR, NO_VITALS } from "./bay.ts";
import type { Carried } from "./carried.ts";
import { dischargeFacts } from "./conditions.ts";
import type { BayEvent } from "./event.ts";
import { followCharted } from "./hand-values.ts";
import type { CommandInput, TransferTarget } from "./input.ts";
import { closeStep, followAll, followConditions, followEach, settleInto, standingOf } from "./settle.ts";
import { staleTimes } from "./stale-times.ts";
import { carriedFrom } from "./transfer.ts";

type Verdict = { readonly bay: Bay; readonly events: readonly BayEvent[] } | { readonly refused: Refusal };

const refuse = (code: RefusalCode, reason: string): Verdict => ({ refused: { code, reason } });

export function carryOut(bay: Bay, input: CommandInput, at: AtMs, events: BayEvent[]): Bay {
  const { command, by } = input;
  const verdict = judge({ ...bay, at }, command, input);
  if ("refused" in verdict) {
    events.push({ type: "refused", at, command: command.type, by, ...verdict.refused });
    return bay;
  }
  const session = verdict.bay.session ?? bay.session;
  const effectiveAt = "effectiveAt" in command && (command.effectiveAt ?? at) < at ? command.effectiveAt : undefined;
  events.push({
    type: "act",
    at,
    command: command.type,
    by,
    sessionId: session?.id ?? null,
    phase: verdict.bay.session?.phase ?? null,
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
  });
  for (const event of verdict.events) events.push(event);
  return verdict.bay;
}

function judge(bay: Bay, command: Command, input: CommandInput): Verdict {
  switch (command.type) {
    case "acknowledge-alarm":
      return acknowledgeAlarm(bay, command.alarm, input);
    case "pause-audio":
      return pauseAudio(bay, command, input);
    case "resume-audio":
      return resumeAudio(bay);
    case "set-limits":
      return withSession(bay, (session) => setLimits(bay, session, command));
    case "alarm-off":
      return withSession(bay, (session) => {
        if (bay.alarmsOff.some((off) => off.vital === command.vital))
          return refuse("already-done", "It is already off.");
        const off = { vital: command.vital, by: input.by.id, name: input.by.name, reason: command.reason };
        return rearm({ ...bay, alarmsOff: [...bay.alarmsOff, off] }, session, "alarm-off");
      });
    case "alarm-on":
      return withSession(bay, (session) => {
        const alarmsOff = bay.alarmsOff.filter((off) => off.vital !== command.vital);
        if (alarmsOff.length === bay.alarmsOff.length) return refuse("already-done", "It is already on.");
        return rearm({ ...bay, alarmsOff }, session, "alarm-on");
      });
    case "transfer-session":
      return mayGo(bay, command.to, input.target) ?? move(bay, command, input);
    default:
      return move(bay, command, input);
  }
}

function move(bay: Bay, command: SessionCommand, input: CommandInput): Verdict {
  const entry = { id: input.id, at: bay.at, by: input.by, command };
  const moved = moveSession(bay.session, entry, { ...dischargeFacts(bay), bayProtocol: bay.protocol });
  return "refused" in moved ? moved : afterMove(bay, moved.session, command, input.by);
}

/** Why the session cannot go there; `undefined` when it can. */
function mayGo(bay: Bay, to: BayId, target: TransferTarget = "unknown"): Verdict | undefined {
  if (bay.session === null) return undefined;
  if (to === bay.id) return refuse("already-done", "The patient is at this bay already.");
  if (target === "unknown") return refuse("no-such-bay", `There is no bay "${to}".`);
  if (target === "occupied") {
    return refuse("bay-occupied", `Another session is open at bay "${to}". Choose a free bay.`);
  }
  return undefined;
}

/** What goes along when `input`, a `transfer-session`, is carried out at `bay`; `null` when it will be refused. */
export function departure(bay: Bay, input: CommandInput): Carried | null {
  const { command } = input;
  const at = Math.max(input.at, bay.at);
  const settled: Bay = { ...settleInto(bay, at, []), at };
  if (command.type !== "transfer-session" || mayGo(settled, command.to, input.target) !== undefined) return null;
  const entry = { id: input.id, at, by: input.by, command };
  const moved = moveSession(settled.session, entry, { ...dischargeFacts(settled), bayProtocol: settled.protocol });
  return "refused" in moved ? null : carriedFrom({ ...settled, session: moved.session });
}

function withSession(bay: Bay, act: (session: Session) => Verdict): Verdict {
  return bay.session === null ? refuse("no-session", "No session is open at this bay.") : act(bay.session);
}

function setLimits(bay: Bay, session: Session, command: Extract<Command, { type: "set-limits" }>): Verdict {
  const { vital, limits } = command;
  const relative = command.relative.flatMap((rise): readonly RelativeRule[] => {
    const compared = BASELINE_VITALS.find((each) => each === vital);
    return compared === undefined ? [] : [{ vital: compared, ...rise }];
  });
  const { protocol } = session;
  // Back to a protocol that has none is no switching off.
  if (watchesNothing(vital, limits, relative) && !watchesNothing(vital, protocol.limits[vital], protocol.relative)) {
    const { label } = VITAL_FACTS[vital];
    return refuse(
      "no-limits",
      `Without any limit ${label} would not alarm at all. Give at least one, or switch its alarms off with a reason (alarm-off).`,
    );
  }
  const others = bay.relative.filter((rule) => rule.vital !== vital);
  const edited: Bay = { ...bay, limits: { ...bay.limits, [vital]: limits }, relative: [...others, ...relative] };
  return rearm(edited, session, "limits-changed");
}

const watchesNothing = (vital: Vital, limits: Limits[Vital], relative: readonly RelativeRule[]): boolean =>
  DIRECTIONS.every((direction) => TIERS.every((tier) => limits?.[direction]?.[tier] === undefined)) &&
  !relative.some((rule) => rule.vital === vital);

function acknowledgeAlarm(bay: Bay, id: string, input: CommandInput): Verdict {
  const alarm = bay.alarms.find((each) => each.id === id);
  if (alarm === undefined) return refuse("no-such-alarm", "This alarm does not stand any more.");
  // Who was reminded may answer that too, and is reminded again three minutes later.
  if (alarm.acknowledgement !== null && alarm.remindedAt === null) {
    return refuse("already-done", `${alarm.acknowledgement.name} has already acknowledged it.`);
  }
  const by = { by: input.by.id, name: input.by.name, at: bay.at };
  const events: BayEvent[] = [];
  // A latched alarm goes with it, and was perhaps all that kept the patient.
  const standing = followConditions(bay, acknowledge(standingOf(bay), bay.at, alarm, by));
  return { bay: closeStep(bay, standing, events), events };
}

function pauseAudio(
  bay: Bay,
  { seconds, reason }: Extract<Command, { type: "pause-audio" }>,
  { by: { id: by, name } }: CommandInput,
): Verdict {
  const until = bay.at + Math.round(seconds * 1000);
  const covers = bay.alarms.map(({ id }) => id);
  return withSession(bay, () => ({
    bay: {
      ...bay,
      audioPause: { since: bay.at, until, by, name, covers, ...(reason === undefined ? {} : { reason }) },
    },
    events: [],
  }));
}

function resumeAudio(bay: Bay): Verdict {
  if (bay.audioPause === null) return refuse("already-done", "The sound is not paused.");
  return {
    bay: { ...bay, audioPause: null },
    events: [{ type: "audio", at: bay.at, change: "pause-ended", reason: "ended-early" }],
  };
}

function afterMove(bay: Bay, session: Session, command: Command, by: Actor): Verdict {
  if (session.ending !== null) return leave(bay, "session-ended", { ended: session, departed: null });
  if (command.type === "transfer-session") {
    const departed = {
      to: command.to,
      initials: session.patient.initials,
      by: by.id,
      name: by.name,
      at: bay.at,
    };
    return leave(bay, "transferred", { ended: null, departed });
  }
  if (command.type === "open-session") {
    // Values of whoever sat here before are not this patient's; and a session must replay from its own inputs alone.
    const opened: Bay = {
      ...bay,
      session,
      ended: null,
      departed: null,
      monitor: NO_MONITOR,
      staleAfterMs: staleTimes(bay.protocol, session, NO_MONITOR.cadenceS),
      vitals: NO_VITALS,
      limits: session.protocol.limits,
      relative: session.protocol.relative,
    };
    return rearm(opened, session, undefined);
  }
  let moved: Bay = { ...bay, session, staleAfterMs: staleTimes(bay.protocol, session, bay.monitor.cadenceS) };
  if (CHANGES_CHARTED.has(command.type)) moved = followCharted(moved, session);
  // Relative limits are the baseline's; a late entry or an undoing can change it too.
  if (!sameBaseline(session, bay.session)) return rearm(moved, session, "limits-changed");
  const events: BayEvent[] = [];
  return { bay: followAll(moved, events), events };
}

const CHANGES_CHARTED: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "record-observation",
  "undo-act",
  "correct-time",
]);

const sameBaseline = (a: Session, b: Session | null): boolean =>
  JSON.stringify(a.baseline) === JSON.stringify(b?.baseline ?? null);

/**
 * Puts the limits in force anew and judges the last valid values by them at once (alarms.md). A stale value is no
 * evidence: a tier that stands on one goes on until the next valid reading.
 */
function rearm(bay: Bay, session: Session, reason: ChangeReason | undefined): Verdict {
  const off = bay.alarmsOff.map((each) => each.vital);
  const armed = limitWatches(bay.limits, bay.relative, session.baseline, off);
  const watches = carryOver(bay.watches, armed).map((watch): LimitWatch => {
    const { value, stale } = bay.vitals[watch.vital];
    return value === null || stale ? watch : watchOnReading(watch, value, bay.at);
  });
  const kept = new Set<string>(watches.map((watch) => watch.id));
  let standing = standingOf(bay);
  for (const alarm of bay.alarms) {
    if (alarm.kind === "physiological" && !kept.has(alarm.id)) standing = removed(standing, bay, alarm, reason);
  }
  const events: BayEvent[] = [];
  const armedBay: Bay = { ...bay, watches };
  return { bay: closeStep(armedBay, followEach(armedBay, reason, standing), events), events };
}

/**
 * The alarm's limits are gone altogether, or its session is. One whose condition is already over was cleared then: it
 * stays until it is seen, or its session ends.
 */
function removed(standing: ReturnType<typeof standingOf>, bay: Bay, alarm: Alarm, reason: ChangeReason | undefined) {
  return alarm.condition === "gone" ? standing : clear(standing, bay.at, alarm, lastValid(standing, alarm), reason);
}

/**
 * Everything that belonged to the session ends or goes with it: alarms, pause, edited limits, switched-off alarms.
 * @param past what the bay remembers of it
 */
function leave(bay: Bay, reason: "session-ended" | "transferred", past: Pick<Bay, "ended" | "departed">): Verdict {
  let standing = standingOf(bay);
  for (const alarm of bay.alarms) standing = removed(standing, bay, alarm, reason);
  const events: BayEvent[] = [];
  const closed = closeStep(bay, standing, events);
  if (bay.audioPause !== null) {
    events.push({ type: "audio", at: bay.at, change: "pause-ended", reason: "session-ended" });
  }
  return {
    bay: {
      ...closed,
      session: null,
      ...past,
      // What a free bay shows is of whoever is there now.
      vitals: NO_VITALS,
      watches: [],
      alarms: [],
      audioPause: null,
      alarmsOff: [],
      limits: bay.protocol.limits,
      relative: bay.protocol.relative,
      staleAfterMs: staleTimes(bay.protocol, null, bay.monitor.cadenceS),
    },
    events,
  };
}

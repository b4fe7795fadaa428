/** The faults that the model-based test plants, one at a time, by what each does wrong. */
import type { Alarm } from "@vigil/shared/alarms";
import { isDrugOnBoard, type Session } from "@vigil/shared/session";
import {
  afterStep,
  beforeCommand,
  beforeStep,
  eachAlarm,
  everyTier,
  type Fault,
  onArrival,
  telling,
} from "./planted.ts";

const acknowledged = (changes: readonly string[]) => changes.includes("acknowledged");
const withRungs = (alarm: Alarm, deliveries: Alarm["deliveries"] | undefined): Alarm => ({
  ...alarm,
  deliveries: deliveries ?? [],
});
const isCommand = (type: string) => (input: { readonly kind: string; readonly command?: { readonly type: string } }) =>
  input.kind === "command" && input.command?.type === type;
const REMIND_MS = 180_000;

/** Of the rules: the protocol is not the one that was written. */
const RULES: Record<string, Fault> = {
  "a delay is one reading too long": everyTier(({ delay = 0 }) => ({ delay: delay + 1 })),
  "an offDelay is not waited for": everyTier(() => ({ offDelay: 0 })),
  "a deadband is ignored": everyTier(() => ({ deadband: 0 })),
  "a value on the limit counts as beyond it": everyTier(({ limit, deadband = 0 }, direction) => ({
    limit: direction === "high" ? limit - 0.5 : limit + 0.5,
    deadband: deadband - 0.5,
  })),
  "a vital is stale a second late": { protocol: (document) => ({ ...document, staleAfter: { sbp: 45, hr: 6 } }) },
  "nothing latches": { protocol: (document) => ({ ...document, latching: [] }) },
  "everything latches": { protocol: (document) => ({ ...document, latching: ["high", "medium", "low"] }) },
  "the second rung comes too soon": {
    protocol: (document) => ({
      ...document,
      escalation: [
        { afterS: 30, target: "second nurse" },
        { afterS: 45, target: "supervisor" },
      ],
    }),
  },
};

/** Of the engine: what a step leaves is not what it should. */
const ENGINE: Record<string, Fault> = {
  "an alarm is gone when its value is stale": eachAlarm((alarm) => (alarm.condition === "unknown" ? null : alarm)),
  "an alarm whose value is stale is called present": eachAlarm((alarm) =>
    alarm.condition === "unknown" ? { ...alarm, condition: "present" } : alarm,
  ),
  "an alarm that latched is dropped": eachAlarm((alarm) => (alarm.condition === "gone" ? null : alarm)),
  "an alarm latches though it was seen": eachAlarm((alarm, _, changes) =>
    acknowledged(changes) ? { ...alarm, unseen: alarm.priority } : alarm,
  ),
  "an escalation keeps the acknowledgement": eachAlarm((alarm, was, changes) =>
    changes.includes("escalated") ? { ...alarm, acknowledgement: was?.acknowledgement ?? null } : alarm,
  ),
  "an escalation climbs on where the ladder was": eachAlarm((alarm, was, changes) =>
    changes.includes("escalated") ? withRungs(alarm, was?.deliveries) : alarm,
  ),
  "an acknowledgement holds for every alarm of the bay": afterStep((after, _, __, command) => {
    const seen = after.alarms.find(({ acknowledgement }) => acknowledgement !== null)?.acknowledgement ?? null;
    if (command?.type !== "acknowledge-alarm") return after;
    return { ...after, alarms: after.alarms.map((alarm) => ({ ...alarm, acknowledgement: seen })) };
  }),
  "an acknowledgement clears the alarm": eachAlarm((alarm, _, changes) => (acknowledged(changes) ? null : alarm)),
  "an acknowledgement does not call the ladder off": eachAlarm((alarm, was, changes) =>
    acknowledged(changes) ? withRungs(alarm, was?.deliveries) : alarm,
  ),
  "the reminder never comes": eachAlarm((alarm) => ({ ...alarm, remindAt: null })),
  "the reminder comes again and again": eachAlarm((alarm, was, changes) =>
    changes.includes("reminded") ? { ...alarm, remindAt: (was?.remindAt ?? 0) + REMIND_MS } : alarm,
  ),
  "a pause silences what is raised in it": afterStep((after) => {
    const { audioPause } = after;
    if (audioPause === null) return after;
    return { ...after, audioPause: { ...audioPause, covers: after.alarms.map(({ id }) => id) } };
  }),
  "a pause is twice as long": afterStep((after, _, __, command) =>
    command?.type === "pause-audio" && after.audioPause !== null
      ? { ...after, audioPause: { ...after.audioPause, until: 2 * after.audioPause.until - after.audioPause.since } }
      : after,
  ),
  "an alarm that is off comes on with the end of a pause": afterStep((after, _, events) =>
    events.some(({ type }) => type === "audio") ? { ...after, alarmsOff: [] } : after,
  ),
  "new limits are not put in force": afterStep((after, before, _, command) =>
    command?.type === "set-limits"
      ? { ...after, limits: before.limits, watches: before.watches, alarms: before.alarms }
      : after,
  ),
  "new limits forget what stands": afterStep((after, _, __, command) =>
    command?.type === "set-limits"
      ? { ...after, alarms: after.alarms.filter(({ id }) => !id.startsWith(command.vital)) }
      : after,
  ),
  "values of the last patient are taken for this one’s": afterStep((after, before, _, command) =>
    command?.type === "open-session" ? { ...after, vitals: before.vitals, monitor: before.monitor } : after,
  ),
  "alarms outlive their session": afterStep((after, before) =>
    after.session === null ? { ...after, alarms: before.alarms } : after,
  ),
  "a vital that never had a value is not missed": beforeStep((input) =>
    input.kind === "reading"
      ? { ...input, values: Object.fromEntries(Object.entries(input.values).filter(([, value]) => value !== null)) }
      : input,
  ),
  "a silent monitor never becomes high": eachAlarm((alarm) =>
    alarm.id === "monitor-silent" && alarm.priority === "high" ? { ...alarm, priority: "medium" } : alarm,
  ),
  "an alarm is raised twice": telling((event) =>
    event.type === "alarm" && event.change === "raised" ? [event, event] : [event],
  ),
  "a coming down is not told": telling((event) =>
    event.type === "alarm" && event.change === "deescalated" ? [] : [event],
  ),
  "deadlines are looked at half a second late": {
    engine: (real) => ({
      ...real,
      nextDeadline(bay) {
        const deadline = real.nextDeadline(bay);
        return deadline === null ? null : deadline + 500;
      },
    }),
  },
  "nobody waits for deadlines": { engine: (real) => ({ ...real, nextDeadline: () => null }) },
};

/** Of limits that follow from the patient's baseline. */
const RISES: Record<string, Fault> = {
  "a rise over the baseline is not looked at": { protocol: (document) => ({ ...document, relative: [] }) },
  "a rise is reckoned from another baseline": beforeCommand("record-baseline", (command) =>
    command.values === undefined
      ? command
      : { ...command, values: { ...command.values, hr: command.values.hr + 1, sbp: command.values.sbp + 1 } },
  ),
  "a second baseline leaves the limits of the first": afterStep((after, before, _, command) =>
    command?.type === "record-baseline" && before.session?.baseline != null
      ? { ...after, watches: before.watches, alarms: before.alarms }
      : after,
  ),
  "a rise weighs no more than the limit beside it": {
    protocol: (document) => ({
      ...document,
      relative: document.relative?.map((rise) => ({ ...rise, priority: "medium" as const })),
    }),
  },
  "a rise is an alarm at once": {
    protocol: (document) => ({ ...document, relative: document.relative?.map((rise) => ({ ...rise, delay: 0 })) }),
  },
  "edited limits take the rises away": beforeCommand("set-limits", (command) => ({ ...command, relative: [] })),
  "the limit shown is the rise's, though a limit is passed too": afterStep((after) => ({
    ...after,
    alarms: after.alarms.map((alarm) => {
      const tiers = after.watches.find(({ id }) => id === alarm.id)?.tiers ?? [];
      const rise = tiers.find(({ source, state }) => source !== "absolute" && state === "active");
      return alarm.tier === "warning" && rise !== undefined ? { ...alarm, limit: rise.limit } : alarm;
    }),
  })),
  "a warning that a rise makes graver is not told": telling((event) =>
    event.type === "alarm" && event.change === "escalated" && event.tier === "warning" ? [] : [event],
  ),
};

const changed = (session: Session | null, facts: Partial<Session>): Session | null =>
  session === null ? null : { ...session, ...facts };

/** Of the time after the drug. */
const RECOVERY: Record<string, Fault> = {
  "recovery asks for cuffs as often as the infusion": {
    protocol: (document) => ({ ...document, cuffIntervalMin: { infusing: 3, recovery: 3 } }),
  },
  "what is technical weighs little once the drug has stopped": afterStep((after) => ({
    ...after,
    alarms: after.alarms.map((alarm) =>
      alarm.kind === "technical" && (after.session?.phase === "recovery" || after.session?.phase === "ready")
        ? { ...alarm, priority: "low" }
        : alarm,
    ),
  })),
  "what is technical goes on weighing little when the drug has begun": afterStep((after, before) =>
    after.session !== null && isDrugOnBoard(after.session.phase) && before.session?.phase === "preparation"
      ? { ...after, alarms: before.alarms }
      : after,
  ),
  "the stay is counted from the start of the infusion": afterStep((after, _, __, command) => {
    const infusion = after.session?.infusion ?? null;
    if (command?.type !== "end-infusion" || infusion === null) return after;
    return { ...after, session: changed(after.session, { infusion: { ...infusion, endedAt: infusion.startedAt } }) };
  }),
  "the least stay is shorter": { protocol: (document) => ({ ...document, recoveryMinimumMin: 1 }) },
  "nobody is told that the least stay is over": eachAlarm((alarm) =>
    alarm.id === "recovery-minimum-reached" ? null : alarm,
  ),
  "vital signs far from the baseline keep nobody": {
    protocol: (document) => ({ ...document, dischargeWithinBaseline: 0.6 }),
  },
  "one beat beyond the bound takes readiness away": afterStep((after) => {
    const { value } = after.vitals.hr;
    const base = after.session?.baseline?.hr;
    const isFar = base !== undefined && value !== null && Math.abs(value - base) > 0.2 * base;
    return isFar ? { ...after, alarms: after.alarms.filter(({ id }) => id !== "ready-for-discharge") } : after;
  }),
  "limits are watched no more once the drug has stopped": afterStep((after, _, __, command) =>
    command?.type === "end-infusion"
      ? { ...after, watches: [], alarms: after.alarms.filter(({ kind }) => kind !== "physiological") }
      : after,
  ),
  "back in recovery, what was confirmed for going home still counts": afterStep((after, before, _, command) =>
    command?.type === "return-to-recovery"
      ? { ...after, session: changed(after.session, { confirmed: before.session?.confirmed ?? [] }) }
      : after,
  ),
  "a dissociation counts as prolonged too soon": {
    protocol: (document) => ({ ...document, dissociationExpectedMin: 1 }),
  },
  "the end of a dissociation is not taken in": beforeCommand("record-observation", (command) => ({
    ...command,
    observation: { ...command.observation, dissociation: 5 },
  })),
};

/** Of the way from one bay to another. */
const TRANSFER: Record<string, Fault> = {
  "alarms stay behind in the bay that was left": onArrival(() => ({ alarms: [] })),
  "values stay behind in the bay that was left": onArrival(({ vitals }) => {
    const none = { ...vitals.hr, value: null, validAt: null, namedAt: null, stale: false, cuffs: undefined };
    return { vitals: { hr: none, spo2: none, rr: none, sbp: none, dbp: none, map: none } };
  }),
  "delays begin anew in the other bay": onArrival(() => ({ watches: [] })),
  "a pause of the sound stays behind": onArrival(() => ({ audioPause: null })),
  "an alarm that is off comes on in the other bay": onArrival(() => ({ alarmsOff: [] })),
  "edited limits stay behind": onArrival(({ session }) => ({
    limits: session.protocol.limits,
    relative: session.protocol.relative,
  })),
  "what was acknowledged calls again in the other bay": onArrival(({ alarms }) => ({
    alarms: alarms.map((alarm) => ({ ...alarm, acknowledgement: null })),
  })),
  "the ladder waits anew in the other bay": onArrival(({ alarms }, { at }) => ({
    alarms: alarms.map((alarm) => ({ ...alarm, callsSince: at })),
  })),
  "whoever was called to the bay that was left is called no more": {
    engine: (real) => ({
      ...real,
      departure(bay, input) {
        const carried = real.departure(bay, input);
        const before = new Map(bay.alarms.map(({ id, deliveries }) => [id, deliveries]));
        return (
          carried && {
            ...carried,
            alarms: carried.alarms.map((alarm) => withRungs(alarm, before.get(alarm.id))),
          }
        );
      },
    }),
  },
  "silence is counted from the arrival": onArrival((_, { at }) => ({ lastMessageAt: at })),
  "a patient is in both bays": afterStep((after, before, _, command) =>
    command?.type === "transfer-session" ? before : after,
  ),
  "who is sent to an occupied bay is nowhere": beforeStep((input) =>
    input.kind === "command" && input.command.type === "transfer-session" ? { ...input, target: "free" } : input,
  ),
  "a restart forgets who came from another bay": {
    replayed: (inputs) => inputs.filter(({ input }) => input.kind !== "arrival"),
  },
};

/** Of the journal and the way back from it. */
const JOURNAL: Record<string, Fault> = {
  "a restart forgets the last command": {
    replayed: (inputs) => {
      const last = inputs.findLastIndex(({ input }) => input.kind === "command");
      return inputs.toSpliced(last, 1);
    },
  },
  "a restart forgets who acknowledged": {
    replayed: (inputs) => inputs.filter(({ input }) => !isCommand("acknowledge-alarm")(input)),
  },
  "a restart forgets that the sound is paused": {
    replayed: (inputs) => inputs.filter(({ input }) => !isCommand("pause-audio")(input)),
  },
  "a restart forgets whom an alarm was taken to": {
    replayed: (inputs) => inputs.filter(({ input }) => input.kind !== "delivery"),
  },
  "a restart forgets the last reading": {
    replayed: (inputs) => inputs.slice(0, inputs.at(-1)?.input.kind === "reading" ? -1 : undefined),
  },
  "a commit now and then is said to be done and is not": { commitSkipped: (count) => count % 3 === 0 },
};

export const FAULTS: readonly (readonly [name: string, fault: Fault])[] = Object.entries({
  ...RULES,
  ...ENGINE,
  ...RISES,
  ...RECOVERY,
  ...TRANSFER,
  ...JOURNAL,
});

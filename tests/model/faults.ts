/** The faults that the model-based test plants, one at a time, by what each does wrong. */
import type { Alarm } from "@vigil/shared/alarms";
import { afterStep, beforeStep, eachAlarm, everyTier, type Fault, telling } from "./planted.ts";

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
  ...JOURNAL,
});

/** What holds of alarms in any story. */
import { priorityRank } from "@vigil/shared/alarms";
import type { BayEvent } from "@vigil/shared/bay";
import type { Priority, Tier } from "@vigil/shared/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { script } from "./generators.ts";
import { freshBay, run, stepsOf } from "./run.ts";

type AlarmEvent = Extract<BayEvent, { type: "alarm" }>;

const DAY_MS = 86_400_000;

/** An alarm as its events alone tell it. `known` is null where they do not tell. */
interface Told {
  readonly is: "up" | "latched";
  readonly tier: Tier | null;
  readonly priority: Priority;
  readonly acknowledged: boolean;
  /** It was brought to mind again since, and may be answered once more. */
  readonly reminded: boolean;
  /** The gravest latching priority that nobody has seen yet. */
  readonly unseen: Priority | null;
  readonly known: boolean | null;
}

const rankOf = ({
  tier,
  priority,
  kind,
}: Pick<AlarmEvent, "tier" | "priority"> & { kind: AlarmEvent["kind"] }): number =>
  // Within one tier the priority counts: of an absolute and a relative limit the graver one.
  (kind === "physiological" && tier === "critical" ? 10 : 0) + priorityRank(priority);

/** What an alarm is after one more event of it; throws when the event makes no sense there. */
function next(told: Told | undefined, event: AlarmEvent, latching: readonly Priority[]): Told | undefined {
  const { change, tier, priority, kind } = event;
  const bad = () => new Error(`${change} makes no sense after ${JSON.stringify(told)}`);
  if (
    kind === "physiological"
      ? (tier === null) !== (change === "cleared" || told?.is === "latched") && change !== "raised"
      : tier !== null
  ) {
    throw bad();
  }
  const gravest = [told?.unseen ?? null, latching.includes(priority) ? priority : null]
    .filter((each) => each !== null)
    .sort((a, b) => priorityRank(b) - priorityRank(a));
  const unseen = gravest[0] ?? null;
  if (change === "raised") {
    if (told?.is === "up") throw bad();
    return { is: "up", tier, priority, acknowledged: false, reminded: false, unseen, known: null };
  }
  if (told === undefined) throw bad();
  if (change === "cleared") {
    if (told.is === "latched") throw bad(); // one clear for each raise
    const forgotten =
      event.reason === "session-ended" || event.reason === "alarm-off" || event.reason === "transferred";
    if ((event.latched ?? false) !== (told.unseen !== null && !forgotten)) throw bad();
    return event.latched ? { ...told, is: "latched", tier: null, known: null } : undefined;
  }
  if (change === "acknowledged") {
    if ((told.acknowledged && !told.reminded) || event.by === undefined) throw bad();
    return told.is === "latched" ? undefined : { ...told, acknowledged: true, reminded: false, unseen: null };
  }
  if (told.is === "latched") throw bad();
  if (change === "reminded") {
    if (!told.acknowledged || told.priority !== "high") throw bad();
    return { ...told, reminded: true };
  }
  if (change === "unknown" || change === "present") {
    if (kind !== "physiological" || told.known === (change === "present") || tier !== told.tier) throw bad();
    return { ...told, known: change === "present" };
  }
  const higher = rankOf(event) - rankOf({ ...told, kind });
  if (change === "escalated" ? higher <= 0 : higher >= 0) throw bad();
  if (change === "deescalated") return { ...told, tier, priority, reminded: false, known: null };
  return { is: "up", tier, priority, acknowledged: false, reminded: false, unseen, known: null };
}

it("each alarm’s events tell a story that makes sense, and what it leaves standing is what stands", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      const told = new Map<string, Told>();
      for (const { before, events, after: bay } of stepsOf(freshBay(protocol), inputs)) {
        const { latching } = (before.session ?? bay.session)?.protocol ?? protocol;
        const ended = before.session !== null && bay.session === null;
        for (const event of events) {
          if (event.type !== "alarm") continue;
          const now = next(told.get(event.alarm), event, latching);
          if (now === undefined || event.change === "raised") told.delete(event.alarm);
          if (now !== undefined) told.set(event.alarm, now);
        }
        if (ended) for (const [id, { is }] of told) if (is === "latched") told.delete(id);
        expect(bay.alarms.map(({ id }) => id)).toEqual([...told.keys()]); // in the order in which they were raised
        for (const alarm of bay.alarms) {
          const expected = told.get(alarm.id)!;
          expect(alarm.condition === "gone").toBe(expected.is === "latched");
          expect(alarm.acknowledgement !== null).toBe(expected.acknowledged);
          expect(alarm.tier).toBe(expected.tier);
          if (expected.is === "up") expect(alarm.priority).toBe(expected.priority);
          if (expected.is === "up" && alarm.kind === "physiological") {
            // The limit it shows is one in force now.
            const tiers = bay.watches.find(({ id }) => id === alarm.id)!.tiers;
            const active = tiers.filter(({ state }) => state === "active" || state === "recovering");
            expect(active.map(({ tier, limit }) => `${tier} ${limit}`)).toContain(`${alarm.tier} ${alarm.limit}`);
          }
          if (expected.known !== null) expect(alarm.condition === "unknown").toBe(!expected.known);
          expect(alarm.unseen).toBe(expected.unseen);
          if (expected.is === "latched") expect(alarm.priority).toBe(expected.unseen);
        }
      }
    }),
    { numRuns: 150 },
  );
});

it("losing all data resolves no physiological alarm, but for an offDelay that had begun and ends before the vital is stale", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      const { bay } = run(freshBay(protocol), inputs, Number.NEGATIVE_INFINITY);
      for (const event of run(bay, [], Math.max(bay.at, 0) + DAY_MS).events) {
        if (event.type !== "alarm" || event.kind !== "physiological") continue;
        if (event.change !== "cleared" && event.change !== "deescalated") continue;
        const watch = bay.watches.find(({ id }) => id === event.alarm)!;
        const ended = watch.tiers.filter(
          ({ state, since, offDelayMs }) => state === "recovering" && Math.max(since + offDelayMs, bay.at) === event.at,
        );
        expect(ended).not.toEqual([]);
        const { validAt, stale } = bay.vitals[watch.vital];
        expect(stale).toBe(false);
        expect(event.at).toBeLessThanOrEqual(Math.max(validAt! + bay.staleAfterMs[watch.vital], bay.at));
      }
    }),
    { numRuns: 200 },
  );
});

it("a physiological alarm is cleared or deescalated only by a reading of its vital, its offDelay, or a person", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs }) => {
      for (const { before, input, events } of stepsOf(freshBay(protocol), inputs)) {
        if (input.kind !== "reading") continue;
        for (const event of events) {
          if (event.type !== "alarm" || event.kind !== "physiological" || event.at < input.at) continue;
          if (event.change !== "cleared" && event.change !== "deescalated") continue;
          const watch = before.watches.find(({ id }) => id === event.alarm)!;
          const measured = typeof input.values[watch.vital] === "number";
          expect(measured || watch.tiers.some(({ state }) => state === "recovering")).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  );
});

it("without a session there is no alarm, nor anything that could raise one", () => {
  fc.assert(
    fc.property(script, ({ protocol, inputs, endAt }) => {
      const steps = stepsOf(freshBay(protocol), inputs);
      for (const { before, input, after: bay, events } of steps) {
        if (bay.session === null)
          expect(bay).toMatchObject({ alarms: [], watches: [], alarmsOff: [], audioPause: null });
        if (before.session !== null || input.kind === "command") continue;
        expect(events).toEqual([]);
      }
      const last = steps.at(-1)?.after ?? freshBay(protocol);
      if (last.session === null) expect(run(last, [], endAt).events).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

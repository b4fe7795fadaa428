/** For tests: a bay's story told in seconds, and read back as one line an event. */
import type { AlarmId } from "../alarms/index.ts";
import { type BayId, bayIdSchema, commandIdSchema, personIdSchema, sessionIdSchema } from "../ids/index.ts";
import { type ProtocolDocument, protocolSchema } from "../protocol/index.ts";
import type { Actor, Command } from "../session/index.ts";
import type { ReadingValues } from "../vitals/index.ts";
import { advance } from "./advance.ts";
import type { Bay } from "./bay.ts";
import { departure } from "./command.ts";
import type { BayEvent } from "./event.ts";
import type { BayInput, CommandInput, DeliveryInput } from "./input.ts";
import { newBay } from "./new-bay.ts";
import { reasonOf } from "./reasons.ts";
import { nextDeadline, type Outcome, settle } from "./settle.ts";

export const NURSE: Actor = { id: personIdSchema.parse("n1"), name: "Nora", role: "nurse" };
export const SUPERVISOR: Actor = { id: personIdSchema.parse("s1"), name: "Sam", role: "supervisor" };

/** Vital signs that no built-in limit minds. */
export const WELL: ReadingValues = { hr: 70, spo2: 98, rr: 14, sbp: 120, dbp: 75 };
export const BASELINE = { hr: 70, spo2: 98, sbp: 120, dbp: 75 };
/** No checklists to tick off, no reasons owed, plans of any length: for stories about something else. */
export const NO_CHECKS: ProtocolDocument = {
  startChecks: [],
  dischargeChecks: [],
  reasonForEarlyStop: false,
  plan: { plannedMin: { min: 1 } },
};

const BAY: BayId = bayIdSchema.parse("1");

export class Scene {
  bay: Bay;
  #commands = 0;
  /** The sentences people were refused with. */
  readonly refusals: string[] = [];
  /** Everything that was decided. */
  readonly events: BayEvent[] = [];

  constructor(protocol: ProtocolDocument = NO_CHECKS) {
    this.bay = newBay(BAY, protocolSchema.parse(protocol));
  }

  reads(s: number, values: ReadingValues, says: { measuredAtS?: number; cadenceS?: number } = {}): string[] {
    const measuredAt = says.measuredAtS === undefined ? null : says.measuredAtS * 1000;
    return this.#take(
      advance(this.bay, { kind: "reading", at: s * 1000, measuredAt, cadenceS: says.cadenceS ?? null, values }),
    );
  }

  /** The same values once a second, the first and the last included. */
  readsOn(fromS: number, toS: number, values: ReadingValues): string[] {
    const told: string[] = [];
    for (let s = fromS; s <= toS; s++) told.push(...this.reads(s, values));
    return told;
  }

  does(s: number, command: Command, by: Actor = NURSE): string[] {
    return this.#take(this.outcome(s, command, by));
  }

  /** What it would come to, whole; nothing happens yet. */
  outcome(s: number, command: Command, by: Actor = NURSE): Outcome {
    const id = commandIdSchema.parse(`c${this.#commands++}`);
    return advance(this.bay, { kind: "command", at: s * 1000, id, by, command });
  }

  /** The patient is taken to the other bay, which is free, and the story goes on there. @returns what either bay tells of it */
  moves(s: number): string[] {
    const to = bayIdSchema.parse(this.bay.id === "1" ? "2" : "1");
    const id = commandIdSchema.parse(`c${this.#commands++}`);
    const command: CommandInput = {
      kind: "command",
      at: s * 1000,
      id,
      by: NURSE,
      command: { type: "transfer-session", to },
      target: "free",
    };
    const carried = departure(this.bay, command);
    const left = this.#take(advance(this.bay, command));
    if (carried === null) return left;
    const arrival: BayInput = { kind: "arrival", at: s * 1000, by: NURSE, from: this.bay.id, carried };
    return [...left, ...this.#take(advance(newBay(to, this.bay.protocol), arrival))];
  }

  waits(untilS: number): string[] {
    return this.#take(settle(this.bay, untilS * 1000));
  }

  /** Why time, step by step up to the instant, and then `act` decided what they did: a line an event that has a reason. */
  why(untilS: number, act: (s: number) => unknown = () => []): string[] {
    const why: string[] = [];
    const step = (next: () => unknown) => {
      const before = this.bay;
      const from = this.events.length;
      next();
      for (const event of this.events.slice(from)) {
        const reason = reasonOf(event, before, this.bay);
        const what = event.type === "alarm" ? `${event.change} ${event.alarm}` : event.type;
        if (reason !== null) why.push(`${what}: ${reason}`);
      }
    };
    for (let due = nextDeadline(this.bay); due !== null && due <= untilS * 1000; due = nextDeadline(this.bay)) {
      const at = due / 1000;
      step(() => this.waits(at));
    }
    step(() => act(untilS));
    return why;
  }

  /** What a target of the escalation ladder answers. */
  hears(
    s: number,
    alarm: AlarmId,
    rung: number,
    state: DeliveryInput["state"],
    reason: string | null = null,
  ): string[] {
    return this.#take(advance(this.bay, { kind: "delivery", at: s * 1000, alarm, rung, state, reason }));
  }

  opens(s: number, protocol?: ProtocolDocument): string[] {
    return this.does(s, {
      type: "open-session",
      sessionId: sessionIdSchema.parse(`s${s}`),
      patient: { initials: "AB", weightKg: 70 },
      plan: { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 },
      ...(protocol === undefined ? {} : { protocol: protocolSchema.parse(protocol) }),
    });
  }

  /** Identities of the standing alarms, oldest first. */
  get standing(): string[] {
    return this.bay.alarms.map((alarm) => alarm.id);
  }

  #take({ bay, events }: Outcome): string[] {
    this.bay = bay;
    this.events.push(...events);
    for (const event of events) if (event.type === "refused") this.refusals.push(event.reason);
    return events.map(told);
  }
}

/** A bay whose infusion started at 0, with a baseline given by hand and no checklists. */
export function infusing(protocol: ProtocolDocument = {}): Scene {
  const scene = new Scene({ ...NO_CHECKS, ...protocol });
  scene.opens(0);
  scene.does(0, { type: "record-baseline", values: BASELINE });
  scene.does(0, { type: "start-infusion" });
  return scene;
}

/** The same, with the drug stopped at 0. */
export function recovering(protocol: ProtocolDocument = {}): Scene {
  const scene = infusing(protocol);
  scene.does(0, { type: "end-infusion" });
  return scene;
}

/** `seconds what …`, parts that are not there left out: `10 raised spo2.low warning medium 88 94`. */
function told(event: BayEvent): string {
  const s = event.at / 1000;
  switch (event.type) {
    case "act":
      return words(s, "act", event.command, event.phase);
    case "refused":
      return words(s, "refused", event.command, event.code);
    case "delivery":
      return words(s, event.state, event.alarm, event.rung, event.target, event.reason);
    case "audio":
      return words(s, "audio", event.change, event.reason);
    case "alarm": {
      const crossed = event.change === "raised" || event.change === "escalated";
      return words(
        s,
        event.change,
        event.alarm,
        event.tier,
        event.priority,
        crossed ? event.value : null,
        crossed ? event.limit : null,
        event.latched ? "latched" : null,
        event.reason ?? null,
        event.by === undefined ? null : `by ${event.by}`,
      );
    }
  }
}

const words = (...parts: (string | number | null)[]): string => parts.filter((part) => part !== null).join(" ");

/**
 * What was recorded, decided again by the same engine. The whole of it is run once; states are kept on the way (a bay is an
 * immutable value, so that costs a reference), and every instant is reached from the nearest kept one before it.
 */
import {
  advance,
  advanceQuietly,
  type Bay,
  type BayEvent,
  type BayInput,
  bayInPhase,
  type Carried,
  type CommandInput,
  departure,
  newBay,
  nextDeadline,
  type OpenPhase,
  type Outcome,
  settle,
} from "../bay/index.ts";
import type { AtMs, BayId } from "../ids/index.ts";
import type { Protocol } from "../protocol/index.ts";
import { inputUnder, type Rules } from "./rules.ts";

export interface ReplayInput {
  readonly bay: BayId;
  readonly input: BayInput;
}

export interface ReplaySettings {
  /** Of bays whose sessions bring no protocol of their own. */
  readonly protocol: Protocol;
  /** Everything is taken as this phase, with a cuff cycle of so many minutes; left out: the inputs' own commands count. */
  readonly phase?: { readonly name: OpenPhase; readonly cuffIntervalMin: number };
  /** What if: other rules for every session. */
  readonly rules?: Rules;
  /** With `rules`: gives the same inputs as they were decided. A discharge that was possible then goes through. */
  readonly asRecorded?: () => Replay;
  /** Bays that are there even when nothing comes of them, in their order. */
  readonly bays?: readonly BayId[];
}

/** An instant, and how many of the inputs up to it have been taken: several may come at one instant. */
export interface Position {
  readonly at: AtMs;
  readonly taken: number;
}

/** What the engine decided. */
export interface LogEntry extends Position {
  readonly bay: BayId;
  readonly event: BayEvent;
}

/** An input as it was taken, and the bay it came to. */
export interface Taking {
  /** Before it, with nothing settled. */
  readonly before: Bay;
  take(): Outcome;
}

/** Inputs between two kept states: a millisecond or two for the engine, and little to keep. */
const KEPT_EVERY = 500;

const nobodyAsks = (): void => undefined;

export class Replay {
  readonly bays: readonly BayId[];
  readonly inputs: readonly ReplayInput[];
  /** Of the first and the last input. */
  readonly from: AtMs;
  readonly to: AtMs;
  /** Everything that was decided, in order of time. */
  readonly log: readonly LogEntry[];
  readonly #settings: ReplaySettings;
  readonly #placeOf = new Map<BayId, number>();
  readonly #kept: (readonly Bay[])[] = [];
  /** Discharges that were refused, by place among the inputs. */
  readonly #refusedDischarges = new Set<number>();

  /** @param inputs in the order of time; what is dated before its predecessor counts as of then */
  constructor(inputs: readonly ReplayInput[], settings: ReplaySettings) {
    this.#settings = settings;
    this.inputs = inputs;
    this.from = inputs[0]?.input.at ?? 0;
    this.to = inputs.at(-1)?.input.at ?? this.from;
    for (const bay of settings.bays ?? []) this.#place(bay);
    for (const { bay } of inputs) this.#place(bay);
    this.bays = [...this.#placeOf.keys()];
    this.log = this.#run();
  }

  #place(bay: BayId): void {
    if (!this.#placeOf.has(bay)) this.#placeOf.set(bay, this.#placeOf.size);
  }

  #run(): LogEntry[] {
    const log: (LogEntry & { readonly place: number })[] = [];
    const running = this.firstBays();
    const moving = new Map<BayId, Carried>();
    const keep = (place: number, bay: BayId, events: readonly BayEvent[], taken: number, at: AtMs) => {
      for (const event of events) {
        // Deadlines before the input were decided before it was taken.
        log.push({ at: event.at, taken: event.at < at ? this.#takenAt(event.at) : taken, bay, event, place });
      }
    };
    for (let from = 0; from < this.inputs.length; from += KEPT_EVERY) {
      this.#kept.push([...running]);
      this.#advance(
        running,
        moving,
        from,
        Math.min(this.inputs.length, from + KEPT_EVERY),
        (place, index, bay, events) => {
          const { input } = this.inputs[index] ?? {};
          if (input === undefined) return;
          if (events.length > 0) keep(place, bay.id, events, index + 1, input.at);
        },
      );
    }
    running.forEach((bay, place) => {
      const deadline = nextDeadline(bay);
      if (deadline === null || deadline > this.to) return;
      keep(place, bay.id, settle(bay, this.to).events, this.inputs.length, this.to);
    });
    log.sort((a, b) => a.at - b.at || a.taken - b.taken || a.place - b.place);
    return log;
  }

  /**
   * Takes the inputs from `from` to before `to`. Bays know nothing of each other but when a patient moves: in between each
   * takes its own inputs in one go, so that quiet stretches cost next to nothing.
   */
  #advance(
    running: Bay[],
    moving: Map<BayId, Carried>,
    from: number,
    to: number,
    took: (place: number, index: number, bay: Bay, events: readonly BayEvent[]) => void,
  ): void {
    const own = running.map((): { readonly inputs: BayInput[]; readonly indices: number[] } => ({
      inputs: [],
      indices: [],
    }));
    const takeOwn = () => {
      own.forEach(({ inputs, indices }, place) => {
        for (let next = 0; next < inputs.length; ) {
          const before = running[place];
          if (before === undefined) break;
          const { bay, taken } = advanceQuietly(before, inputs, next);
          running[place] = bay;
          next += taken;
          const input = inputs[next];
          const index = indices[next];
          if (input === undefined || index === undefined) break;
          const outcome = this.#take(bay, input, index, moving);
          running[place] = outcome.bay;
          took(place, index, outcome.bay, outcome.events);
          next += 1;
        }
        inputs.length = 0;
        indices.length = 0;
      });
    };
    for (let index = from; index < to; index++) {
      const next = this.inputs[index];
      const place = next === undefined ? undefined : this.#placeOf.get(next.bay);
      if (next === undefined || place === undefined) continue;
      if (next.input.kind === "arrival") takeOwn();
      own[place]?.inputs.push(next.input);
      own[place]?.indices.push(index);
    }
    takeOwn();
  }

  /** Every bay before anything came to it. */
  firstBays(): Bay[] {
    const { phase, rules } = this.#settings;
    const protocol = rules === undefined ? this.#settings.protocol : rules(this.#settings.protocol);
    return this.bays.map((id) =>
      phase === undefined
        ? newBay(id, protocol)
        : bayInPhase(id, protocol, phase.name, this.from, phase.cuffIntervalMin),
    );
  }

  /** One step of the engine; `moving` holds what patients on their way take along. `tell` hears what was taken in the end. */
  #take(
    bay: Bay,
    recorded: BayInput,
    index: number,
    moving: Map<BayId, Carried>,
    tell: (input: BayInput) => void = nobodyAsks,
  ): Outcome {
    const { rules } = this.#settings;
    let input = recorded;
    if (input.kind === "arrival") {
      // What was decided here goes along, not what was decided that day: under other rules they differ.
      const carried = moving.get(input.from);
      moving.delete(input.from);
      if (carried !== undefined) input = { ...input, carried };
      else if (rules !== undefined) input = inputUnder(input, this.#settings.protocol, rules);
    } else if (rules !== undefined) input = inputUnder(input, this.#settings.protocol, rules);
    if (input.kind !== "command") {
      tell(input);
      return advance(bay, input);
    }
    if (input.command.type === "transfer-session") {
      const carried = departure(bay, input);
      if (carried !== null) moving.set(bay.id, carried);
    }
    const outcome = advance(bay, input);
    const asDecided = input.command.type === "discharge" ? this.#asDecided(input, index, outcome) : input;
    tell(asDecided);
    return asDecided === input ? outcome : advance(bay, asDecided);
  }

  /** The patient did go: an alarm that stands only under other rules must not keep the session open for ever. */
  #asDecided(input: CommandInput, index: number, outcome: Outcome): CommandInput {
    if (!outcome.events.some(({ type }) => type === "refused")) return input;
    const { asRecorded } = this.#settings;
    if (asRecorded === undefined || asRecorded().#refusedDischarges.has(index)) {
      this.#refusedDischarges.add(index);
      return input;
    }
    const by = { ...input.by, role: "supervisor" } as const;
    return { ...input, by, command: { type: "discharge", override: "as recorded" } };
  }

  /** How many inputs have come by `at`, those of this very instant included. */
  #takenAt(at: AtMs): number {
    let low = 0;
    let high = this.inputs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.inputs[middle]?.input.at ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** With everything that came by `at`. */
  positionAt(at: AtMs): Position {
    const within = Math.min(this.to, Math.max(this.from, at));
    return { at: within, taken: this.#takenAt(within) };
  }

  /** Every bay as it stood there, in the order of `bays`: its inputs taken, its deadlines settled. */
  at(position: Position): readonly Bay[] {
    return this.#after(position.taken).running.map((bay) => settle(bay, position.at).bay);
  }

  /** After so many inputs, nothing settled beyond the last. */
  #after(taken: number): { readonly running: Bay[]; readonly moving: Map<BayId, Carried> } {
    if (this.inputs.length === 0) return { running: this.firstBays(), moving: new Map() };
    let nearest = Math.min(this.#kept.length - 1, Math.floor(taken / KEPT_EVERY));
    // What a patient who arrives brings along was decided one input earlier.
    while (nearest > 0 && this.inputs[nearest * KEPT_EVERY]?.input.kind === "arrival") nearest -= 1;
    const running = [...(this.#kept[nearest] ?? [])];
    const moving = new Map<BayId, Carried>();
    this.#advance(running, moving, nearest * KEPT_EVERY, taken, () => undefined);
    return { running, moving };
  }

  /** How one input was taken; `null` when there is none at this place. */
  taking(index: number): Taking | null {
    const next = this.inputs[index];
    const place = next === undefined ? undefined : this.#placeOf.get(next.bay);
    if (next === undefined || place === undefined) return null;
    const { running, moving } = this.#after(index);
    const before = running[place];
    if (before === undefined) return null;
    return { before, take: () => this.#take(before, next.input, index, moving) };
  }

  /** Every input of some bays as it was taken: under other rules an opening brings these, an arrival what was decided here. */
  *taken(of: ReadonlySet<BayId>): Generator<ReplayInput, void, undefined> {
    const running = this.firstBays();
    const moving = new Map<BayId, Carried>();
    let last: BayInput | null = null;
    const tell = (input: BayInput) => {
      last = input;
    };
    for (const [index, { bay, input }] of this.inputs.entries()) {
      const place = this.#placeOf.get(bay);
      const before = place === undefined ? undefined : running[place];
      if (place === undefined || before === undefined || !of.has(bay)) continue;
      running[place] = this.#take(before, input, index, moving, tell).bay;
      if (last !== null) yield { bay, input: last };
    }
  }
}

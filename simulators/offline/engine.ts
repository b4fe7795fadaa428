/**
 * The engine over a feed, offline: the same decisions that a server would have reached, in time order over all bays.
 */
import {
  advance,
  type Bay,
  type BayEvent,
  bayInPhase,
  newBay,
  nextDeadline,
  type OpenPhase,
  settle,
} from "@vigil/shared/bay";
import { inputsOfLine, startOf } from "@vigil/shared/feed";
import type { AtMs, BayId } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Command } from "@vigil/shared/session";
import type { FeedHeader, NumberedLine } from "../feed/index.ts";

export interface OfflineSettings {
  readonly protocol: Protocol;
  /** The whole feed is taken as this phase; `null`: the feed's own commands open and move sessions. */
  readonly phase: OpenPhase | null;
  /** Minutes of cuff cycle when `phase` is given. */
  readonly cuffIntervalMin: number;
}

export interface OfflineEvent {
  readonly bay: BayId;
  /** Dated from the header's start, or from 0 where it has none. */
  readonly event: BayEvent;
  /** The line that was being read when it happened. */
  readonly line: number;
}

const SESSION_MOVES: ReadonlySet<Command["type"]> = new Set<Command["type"]>([
  "open-session",
  "set-patient",
  "correct-patient",
  "set-plan",
  "confirm-check",
  "record-baseline",
  "start-infusion",
  "pause-infusion",
  "resume-infusion",
  "change-rate",
  "extend-infusion",
  "end-infusion",
  "declare-ready",
  "return-to-recovery",
  "undo-act",
  "correct-time",
  "transfer-session",
  "discharge",
  "abandon-session",
]);

interface Watched {
  bay: Bay;
  deadline: AtMs | null;
}

export class OfflineWard {
  readonly #settings: OfflineSettings;
  readonly #header: FeedHeader;
  readonly #declared: readonly BayId[];
  readonly #bays = new Map<BayId, Watched>();
  #startedAt: AtMs | null = null;
  #now: AtMs | null = null;
  #pending: OfflineEvent[] = [];

  constructor(header: FeedHeader, settings: OfflineSettings) {
    this.#settings = settings;
    this.#header = header;
    this.#declared = header.bays ?? [];
  }

  /** Takes the next line; gives every event that no later line can precede any more. */
  take(line: NumberedLine): readonly OfflineEvent[] {
    const at = startOf(this.#header) + line.at;
    if (this.#startedAt === null) {
      this.#startedAt = at;
      for (const id of this.#declared) this.#watch(id, at);
    }
    const done = at === this.#now ? [] : this.#moveTo(at, line.number);
    const watched = this.#bays.get(line.bay) ?? this.#watch(line.bay, this.#startedAt);
    for (const input of inputsOfLine(line, this.#header)) {
      const moves = input.kind === "arrival" || (input.kind === "command" && SESSION_MOVES.has(input.command.type));
      if (this.#settings.phase !== null && moves) continue;
      this.#keep(watched, line.number, advance(watched.bay, input));
    }
    // A change of rules can put a deadline into the past: it is then due at once, before the next line.
    if (watched.deadline !== null && watched.deadline <= at) {
      this.#keep(watched, line.number, settle(watched.bay, at));
    }
    return done;
  }

  /** The events that are left when the last line has been taken: deadlines count up to its instant and not beyond. */
  end(): readonly OfflineEvent[] {
    return this.#flush();
  }

  /** Everything before `at` is known then; what happens at `at` itself may still grow. */
  #moveTo(at: AtMs, line: number): readonly OfflineEvent[] {
    const done = this.#flush();
    for (const watched of this.#bays.values()) {
      if (watched.deadline !== null && watched.deadline <= at) this.#keep(watched, line, settle(watched.bay, at));
    }
    this.#now = at;
    return done;
  }

  #watch(id: BayId, from: AtMs): Watched {
    const { protocol, phase, cuffIntervalMin } = this.#settings;
    const bay = phase === null ? newBay(id, protocol) : bayInPhase(id, protocol, phase, from, cuffIntervalMin);
    const watched: Watched = { bay, deadline: nextDeadline(bay) };
    this.#bays.set(id, watched);
    if (this.#now !== null) this.#keep(watched, 0, settle(bay, this.#now));
    return watched;
  }

  #keep(watched: Watched, line: number, { bay, events }: { bay: Bay; events: readonly BayEvent[] }): void {
    watched.bay = bay;
    watched.deadline = nextDeadline(bay);
    for (const event of events) this.#pending.push({ bay: bay.id, event, line });
  }

  #flush(): readonly OfflineEvent[] {
    if (this.#pending.length === 0) return [];
    // At one instant: what falls due bay by bay, as the header has them, then what the lines bring, in their order.
    const done = this.#pending.sort((a, b) => a.event.at - b.event.at);
    this.#pending = [];
    return done;
  }
}

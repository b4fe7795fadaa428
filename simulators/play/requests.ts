/** The commands of a feed as requests to a server: each with the ids, bays and instants of this playing. */
import { commandIdOf, startOf } from "@vigil/shared/feed";
import {
  type AtMs,
  type BayId,
  type CommandId,
  commandIdSchema,
  type DurationMs,
  personIdSchema,
  sessionIdSchema,
} from "@vigil/shared/ids";
import type { Command } from "@vigil/shared/session";
import type { SimulatedRequest } from "@vigil/shared/wire";
import type { FeedHeader, NumberedLine } from "../feed/index.ts";
import type { Targets } from "./targets.ts";

/** A feed that does not say who acted: what was recorded was allowed to whoever did it. */
const WHO_ACTED = { id: personIdSchema.parse("player"), name: "As recorded", role: "supervisor" } as const;

export interface RequestSettings {
  readonly header: FeedHeader;
  readonly targets: Targets;
  /** Sets this playing apart from others of the same feed: neither commands nor sessions are mistaken for theirs. */
  readonly run: string;
  /** When, by the server's clock, the feed's instant `at` was played. */
  readonly playedAt: (at: DurationMs) => AtMs;
}

/** What cannot be asked of the server; the sentence says why. */
export interface NotPlayed {
  readonly what: string;
  readonly reason: string;
}

export class Requests {
  readonly #settings: RequestSettings;
  /** By the id that the feed knows an act by: the line it stands in, and its bay there. */
  readonly #acts = new Map<CommandId, { readonly line: number; readonly bay: BayId }>();
  /** Bays that somebody is on the way to: the server itself lets them arrive. */
  readonly #expected = new Set<BayId>();

  constructor(settings: RequestSettings) {
    this.#settings = settings;
  }

  /** To be asked for the lines in their order. */
  of(line: NumberedLine): { readonly requests: readonly SimulatedRequest[]; readonly notPlayed: NotPlayed | null } {
    const { command, bay, recorded } = line;
    const arrival = recorded?.arrival;
    if (arrival !== undefined && !this.#expected.delete(bay)) {
      const reason = `the session came from bay ${arrival.from} and its move is not in this feed; a server takes none from outside`;
      return { requests: [], notPlayed: { what: `arrival at bay ${bay}`, reason } };
    }
    if (command === null) return NOTHING;
    if (command.type === "transfer-session") {
      if (!this.#settings.targets.has(command.to)) {
        const reason = `bay ${command.to} is not in this feed, so nobody said where it is played to`;
        return { requests: [], notPlayed: { what: `transfer-session from bay ${bay}`, reason } };
      }
      this.#expected.add(command.to);
    }
    this.#acts.set(commandIdOf(line), { line: line.number, bay });
    const by = recorded?.by ?? WHO_ACTED;
    const requests = this.#targetsOf(bay).map((target, place) => ({
      id: this.#idOf(line.number, target),
      bay: target,
      by,
      command: this.#translated(command, target, place),
    }));
    return { requests, notPlayed: null };
  }

  #targetsOf(bay: BayId): readonly BayId[] {
    return this.#settings.targets.get(bay) ?? [];
  }

  #idOf(line: number, target: BayId): CommandId {
    return commandIdSchema.parse(`play-${this.#settings.run}-${line}-${target.slice(0, 24)}`);
  }

  /** Whatever a command holds of the recorded day, as it is in this playing. */
  #translated(command: Command, target: BayId, place: number): Command {
    const { run, header, playedAt } = this.#settings;
    switch (command.type) {
      case "open-session": {
        const sessionId = sessionIdSchema.parse(`${command.sessionId.slice(0, 32)}-${run}-${target.slice(0, 16)}`);
        return { ...command, sessionId };
      }
      case "transfer-session":
        return { ...command, to: this.#targetsOf(command.to)[place] ?? command.to };
      default: {
        const act = "act" in command ? { act: this.#playedAct(command.act, place) } : {};
        const effectiveAt = "effectiveAt" in command ? command.effectiveAt : undefined;
        const when = effectiveAt === undefined ? {} : { effectiveAt: playedAt(effectiveAt - startOf(header)) };
        return { ...command, ...act, ...when };
      }
    }
  }

  /** One that is not in the feed keeps its name: the server says that there is no such act. */
  #playedAct(act: CommandId, place: number): CommandId {
    const known = this.#acts.get(act);
    const target = known === undefined ? undefined : this.#targetsOf(known.bay)[place];
    return known === undefined || target === undefined ? act : this.#idOf(known.line, target);
  }
}

const NOTHING = { requests: [], notPlayed: null };

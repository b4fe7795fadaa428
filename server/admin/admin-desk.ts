/** Where the clinic's facts are decided and kept. How things stand follows from them alone. */
import {
  type AdminFact,
  type Administration,
  type AdminRefusalCode,
  administrationOf,
  moveAdministration,
  type ProtocolInUse,
  protocolsInUse,
} from "@vigil/shared/administration";
import { type AtMs, type BayId, type CommandId, commandIdSchema } from "@vigil/shared/ids";
import type { Protocol } from "@vigil/shared/protocol";
import type { Actor } from "@vigil/shared/session";
import type { AdminActRequest } from "@vigil/shared/wire";
import type { Journal } from "../journal/index.ts";

export interface AdminDeskOptions {
  readonly journal: Pick<Journal, "bays" | "adminFacts" | "keepAdminFacts" | "keepRefusal">;
  readonly now: () => AtMs;
  readonly isOccupied: (bay: BayId) => boolean;
  /** It is kept: what follows for whoever goes by it. */
  readonly onKept: (fact: AdminFact, after: Administration) => void;
  readonly onProblem: (sentence: string, error: unknown) => void;
  /** For facts of the program itself. */
  readonly newId: () => string;
}

export type AdminReply =
  | { readonly ok: true }
  | { readonly ok: false; readonly refused: AdminRefusalCode | "journal-failed"; readonly reason: string };

const NOT_KEPT: AdminReply = {
  ok: false,
  refused: "journal-failed",
  reason: "The server could not keep it and did not do it. Tell who looks after the server.",
};

export class AdminDesk {
  readonly #options: AdminDeskOptions;
  readonly #known: Set<CommandId>;
  #state: Administration;

  /** @throws JournalFailed when the bays of a new data directory cannot be told to the journal */
  constructor(options: AdminDeskOptions) {
    this.#options = options;
    const { journal, now, newId } = options;
    const facts = [...journal.adminFacts()];
    const told = new Set(administrationOf(facts).bays.map(({ id }) => id));
    const begun = journal
      .bays()
      .filter(({ id }) => !told.has(id))
      .map(({ id: bay, name }): AdminFact => {
        return { id: commandIdSchema.parse(newId()), at: now(), by: null, act: { type: "add-bay", bay, name } };
      });
    journal.keepAdminFacts(begun, "server");
    const all = [...facts, ...begun];
    this.#state = administrationOf(all);
    this.#known = new Set(all.map(({ id }) => id));
  }

  get state(): Administration {
    return this.#state;
  }

  get protocolsInUse(): readonly ProtocolInUse[] {
    return protocolsInUse(this.#state, this.#options.now());
  }

  /** What a session is opened under when nobody chooses. */
  get standardProtocol(): Protocol | null {
    return this.protocolsInUse[0]?.protocol ?? null;
  }

  /**
   * Carries an act out once, however often it is sent; answers when it is durable.
   * @param from the address or device it came from, for the audit
   */
  act({ id, by, act }: AdminActRequest & { readonly by: Actor }, from: string): AdminReply {
    if (this.#known.has(id)) return { ok: true };
    const { journal, now, isOccupied, onKept, onProblem } = this.#options;
    const fact: AdminFact = { id, at: now(), by, act };
    const moved = moveAdministration(this.#state, fact, { isOccupied });
    try {
      if ("refused" in moved) {
        journal.keepRefusal(fact, moved.refused, from);
        return { ok: false, refused: moved.refused.code, reason: moved.refused.reason };
      }
      journal.keepAdminFacts([fact], from);
    } catch (error) {
      onProblem("an act of administration could not be kept", error);
      return NOT_KEPT;
    }
    this.#known.add(id);
    this.#state = moved.next;
    onKept(fact, moved.next);
    return { ok: true };
  }
}

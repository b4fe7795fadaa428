/** A bay's visit as the server would answer it, told by the same engine from what people did. */
import { advance, type Bay, type BayInput, newBay, sessionView, settle } from "@vigil/shared/bay";
import { boardRow } from "@vigil/shared/board";
import { type AtMs, bayIdSchema, commandIdSchema } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import { actorSchema, commandSchema } from "@vigil/shared/session";

const MIN = 60_000;
const nurse = actorSchema.parse({ id: "nora", name: "Nora", role: "nurse" });

export class Visit {
  readonly #bay: string;
  #state: Bay;
  #acts = 0;

  /** The protocol as written; what is left out takes its default. */
  constructor(bay: string, protocol: object = {}) {
    this.#bay = bay;
    this.#state = newBay(bayIdSchema.parse(bay), protocolSchema.parse({ startChecks: [], ...protocol }));
  }

  /** @param target with a transfer: what the other bay is like */
  command(at: AtMs, document: object, target?: "free"): this {
    this.#acts += 1;
    const id = commandIdSchema.parse(`v${this.#acts}`);
    return this.#take({ kind: "command", at, id, by: nurse, command: commandSchema.parse(document), target });
  }

  read(at: AtMs, values: Extract<BayInput, { kind: "reading" }>["values"]): this {
    return this.#take({ kind: "reading", at, measuredAt: null, cadenceS: null, values });
  }

  /** Opened `minutes` before `at`, infused for 40 minutes, and in recovery since. */
  toRecovery(at: AtMs, minutes: number): this {
    const opened = at - minutes * MIN;
    const patient = { initials: "A.R.", weightKg: 70 };
    const plan = { drug: "ketamine", doseMgPerKg: 0.5, plannedMin: 40 };
    return this.command(opened, { type: "open-session", sessionId: `s-${this.#bay}`, patient, plan })
      .command(opened + MIN, { type: "record-baseline", values: { hr: 72, spo2: 98, sbp: 124, dbp: 78 } })
      .command(opened + 2 * MIN, { type: "start-infusion" })
      .command(opened + 42 * MIN, { type: "end-infusion" });
  }

  row(at: AtMs) {
    return boardRow(settle(this.#state, at).bay);
  }

  /** What `GET /api/bays/:bay` answers of it. */
  detail(at: AtMs) {
    const { bay } = settle(this.#state, at);
    const { limits, relative } = bay.protocol;
    return {
      at,
      zone: "UTC",
      protocol: bay.protocol,
      session: sessionView(bay, at),
      departed: bay.departed,
      limits,
      relative: relative.map((rule) => ({ ...rule, limit: null })),
      protocolLimits: limits,
      protocolRelative: relative,
    };
  }

  #take(input: BayInput): this {
    const { bay, events } = advance(this.#state, input);
    const refused = events.find((event) => event.type === "refused");
    if (refused !== undefined) throw new Error(refused.reason);
    this.#state = bay;
    return this;
  }
}

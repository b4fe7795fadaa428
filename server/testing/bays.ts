import { advance, type Bay, type BayInput, newBay, settle } from "@vigil/shared/bay";
import type { AtMs, BayId } from "@vigil/shared/ids";
import { protocolSchema } from "@vigil/shared/protocol";
import type { WardChange } from "../ward/index.ts";
import { bayId } from "./samples.ts";

/** Running bays without a journal: what the ward would tell others of each step. */
export class Bays {
  readonly #bays: Map<BayId, Bay>;

  constructor(names: readonly string[]) {
    this.#bays = new Map(names.map((name) => [bayId(name), newBay(bayId(name), protocolSchema.parse({}))]));
  }

  bay = (id: BayId): Bay | null => this.#bays.get(id) ?? null;

  /** One input for one bay. */
  step(name: string, input: Exclude<BayInput, { kind: "tick" }>): WardChange {
    const before = this.#existing(name);
    const { bay, events } = advance(before, input);
    this.#bays.set(bay.id, bay);
    return { before, after: bay, input, events };
  }

  /** Time alone. */
  settle(name: string, at: AtMs): WardChange {
    const before = this.#existing(name);
    const { bay, events } = settle(before, at);
    this.#bays.set(bay.id, bay);
    return { before, after: bay, input: null, events };
  }

  #existing(name: string): Bay {
    const bay = this.bay(bayId(name));
    if (bay === null) throw new Error(`no bay ${name}`);
    return bay;
  }
}

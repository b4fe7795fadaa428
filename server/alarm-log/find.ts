/** Which episodes a question means, and which of them stand on a page. */
import type { AtMs } from "@vigil/shared/ids";
import { MARKS } from "@vigil/shared/measures";
import { VITALS } from "@vigil/shared/vitals";
import { ALERT_STATES, type AlertFilter, type AlertSort } from "@vigil/shared/wire";
import { EpisodeColumns, type EpisodeRow, KINDS, NONE, PRIORITY_OF_RANK } from "./columns.ts";
import { Order } from "./order.ts";

/** `patient` is the caller's to look up: names change. */
export type Found = Omit<AlertFilter, "sort" | "patient"> & {
  /** Numbers of the cares of the patients that are meant. */
  readonly cares?: readonly number[] | undefined;
};

/** `mask` has a 1 at every place that is meant. */
export interface Matches {
  readonly mask: Uint8Array;
  readonly total: number;
}

type ByLength = Exclude<AlertSort, "newest" | "oldest">;

export class EpisodeIndex {
  readonly columns = new EpisodeColumns();
  readonly #raised: Order;
  readonly #byLength: { readonly [S in ByLength]: Order };
  #isBuilt = false;

  constructor() {
    const { columns } = this;
    const has = (place: number) => !columns.going.has(place);
    this.#raised = new Order({ key: (place) => columns.of.raisedAt[place] ?? 0 });
    this.#byLength = {
      "slowest-answered": new Order({ key: (place) => known(columns.of.waited[place]), has }),
      "longest-unanswered": new Order({ key: (place) => known(columns.of.unanswered[place]), has }),
      longest: new Order({ key: (place) => known(columns.of.held[place]), has }),
    };
  }

  put(row: EpisodeRow): void {
    const before = this.columns.length;
    const place = this.columns.put(row);
    if (!this.#isBuilt) return;
    // When it was raised never changes.
    if (place >= before) this.#raised.touch(place);
    for (const order of Object.values(this.#byLength)) order.touch(place);
  }

  /** After what there was at first has been put. */
  build(): void {
    for (const order of [this.#raised, ...Object.values(this.#byLength)]) order.build(this.columns.length);
    this.#isBuilt = true;
  }

  /** Places in the order of raising. */
  raised(): Uint32Array {
    return this.#raised.get();
  }

  match(found: Found, now: AtMs): Matches {
    const { columns } = this;
    const { length, of } = columns;
    const mask = new Uint8Array(length).fill(1);
    const { from, to, over } = found;
    if (from !== undefined) for (let i = 0; i < length; i += 1) if ((of.raisedAt[i] ?? 0) < from) mask[i] = 0;
    if (to !== undefined) for (let i = 0; i < length; i += 1) if ((of.raisedAt[i] ?? 0) >= to) mask[i] = 0;
    const only = (codes: Uint8Array | Uint16Array, code: number | undefined) => {
      for (let i = 0; i < length; i += 1) if (codes[i] !== code) mask[i] = 0;
    };
    if (found.bay !== undefined) only(of.bay, columns.bays.find(found.bay));
    if (found.nurse !== undefined) only(of.nurse, columns.nurses.find(found.nurse));
    if (found.vital !== undefined) only(of.vital, VITALS.indexOf(found.vital));
    if (found.priority !== undefined) only(of.rank, PRIORITY_OF_RANK.indexOf(found.priority));
    if (found.kind !== undefined) only(of.kind, KINDS.indexOf(found.kind));
    if (found.state !== undefined) only(of.state, ALERT_STATES.indexOf(found.state));
    if (found.mark !== undefined) only(of.mark, found.mark === "none" ? NONE : MARKS.indexOf(found.mark));
    if (over !== undefined) {
      for (let i = 0; i < length; i += 1) if (columns.unansweredMs(i, now) <= over * 1000) mask[i] = 0;
    }
    if (found.cares !== undefined) {
      const isMeant = new Uint8Array(columns.cares.values.length);
      for (const care of found.cares) {
        const code = columns.cares.find(care);
        if (code !== undefined) isMeant[code] = 1;
      }
      for (let i = 0; i < length; i += 1) if (isMeant[of.care[i] ?? 0] === 0) mask[i] = 0;
    }
    let total = 0;
    for (let i = 0; i < length; i += 1) total += mask[i] ?? 0;
    return { mask, total };
  }

  /** The numbers of the episodes from the `skip`-th on that the mask lets through, at most `most`. */
  page(sort: AlertSort, mask: Uint8Array, skip: number, most: number, now: AtMs): number[] {
    const found: number[] = [];
    let seen = 0;
    const take = (place: number) => {
      if (seen >= skip) found.push(this.columns.of.id[place] ?? 0);
      seen += 1;
    };
    if (sort === "newest" || sort === "oldest") {
      const places = this.#raised.get();
      const last = places.length - 1;
      for (let i = 0; i <= last && found.length < most; i += 1) {
        const place = places[sort === "oldest" ? i : last - i] ?? 0;
        if (mask[place] === 1) take(place);
      }
      return found;
    }
    const lengthOf = this.#lengthOf(sort, now);
    const places = this.#byLength[sort].get();
    // What goes on grows while it is looked at, and takes its turn by what it is now.
    const going = [...this.columns.going.keys()].filter((place) => mask[place] === 1);
    going.sort((a, b) => lengthOf(b) - lengthOf(a) || b - a);
    let i = places.length - 1;
    let next = 0;
    while (found.length < most) {
      while (i >= 0 && mask[places[i] ?? 0] === 0) i -= 1;
      const settled = places[i];
      const grows = going[next];
      if (grows !== undefined && (settled === undefined || lengthOf(grows) >= lengthOf(settled))) {
        take(grows);
        next += 1;
      } else if (settled !== undefined) {
        take(settled);
        i -= 1;
      } else break;
    }
    return found;
  }

  /** The numbers of the next episodes in the order of raising after a certain one, at most `most`. */
  next(mask: Uint8Array, after: { readonly at: AtMs; readonly id: number } | null, most: number): number[] {
    const { of } = this.columns;
    const places = this.raised();
    const found: number[] = [];
    for (let i = after === null ? 0 : this.firstFrom(after.at, after.id + 1); i < places.length; i += 1) {
      const place = places[i] ?? 0;
      if (mask[place] !== 1) continue;
      found.push(of.id[place] ?? 0);
      if (found.length === most) break;
    }
    return found;
  }

  /** Where in `raised()` the first place stands that was raised later than `at`, or then and with this number or a greater one. */
  firstFrom(at: AtMs, id = 0): number {
    const { of } = this.columns;
    const places = this.raised();
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const place = places[middle] ?? 0;
      const raisedAt = of.raisedAt[place] ?? 0;
      if (raisedAt < at || (raisedAt === at && (of.id[place] ?? 0) < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #lengthOf(sort: ByLength, now: AtMs): (place: number) => number {
    const { columns } = this;
    if (sort === "longest") return (place) => known(columns.heldMs(place, now));
    if (sort === "longest-unanswered") return (place) => known(columns.unansweredMs(place, now));
    return (place) => known(columns.of.waited[place]);
  }
}

/** What there is none of is the shortest; from 49 days on all are equally long. */
const known = (ms: number | undefined): number =>
  ms === undefined || Number.isNaN(ms) ? 0 : Math.min(Math.max(0, ms) + 1, LONGEST);
const LONGEST = 2 ** 32 - 1;

import type { Bay } from "../bay/index.ts";
import type { AtMs, BayId } from "../ids/index.ts";
import type { Direction, Priority, Tier } from "../protocol/index.ts";
import type { Vital } from "../vitals/index.ts";

/** One limit while it was in force, in the vital's unit; `to` is `null` while it is at the end. */
export interface LimitSpan {
  readonly vital: Vital;
  readonly direction: Direction;
  readonly tier: Tier;
  readonly limit: number;
  readonly priority: Priority;
  readonly from: AtMs;
  readonly to: AtMs | null;
}

/** Follows the limits of every bay. */
export class LimitSpans {
  readonly all = new Map<BayId, LimitSpan[]>();

  /** The limits as they are now: what is no longer so has ended, what is new begins. */
  note(bay: Bay, at: AtMs): void {
    const spans = this.all.get(bay.id) ?? [];
    const now = bay.watches.flatMap(({ vital, direction, tiers }) =>
      tiers.map(({ tier, limit, priority }) => ({ vital, direction, tier, limit, priority })),
    );
    const isSame = (a: Omit<LimitSpan, "from" | "to">, b: Omit<LimitSpan, "from" | "to">) =>
      a.vital === b.vital &&
      a.direction === b.direction &&
      a.tier === b.tier &&
      a.limit === b.limit &&
      a.priority === b.priority;
    const next = spans.map((span) =>
      span.to === null && !now.some((each) => isSame(each, span)) ? { ...span, to: at } : span,
    );
    for (const each of now) {
      if (!next.some((span) => span.to === null && isSame(span, each))) next.push({ ...each, from: at, to: null });
    }
    this.all.set(bay.id, next);
  }
}

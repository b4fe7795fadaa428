import type { AtMs } from "@vigil/shared/ids";
import { ALERT_PAGE, type Alert, type AlertPage } from "@vigil/shared/wire";
import { useCallback, useEffect, useRef, useState } from "react";
import { askPage } from "./alerts-api.ts";

export interface Log {
  /** The last answer; `null` before the first. */
  readonly first: AlertPage | null;
  /** What stands at this place; `undefined` while it is on its way. */
  at(index: number): Alert | undefined;
  readonly refused: string | null;
  /** Sees to it that what stands from here to there is asked for. */
  want(from: number, to: number): void;
  /** While somebody reads further down, what comes is counted and moves no row. */
  hold(isHeld: boolean): void;
  /** Alarms that have come since it was held. */
  readonly fresh: number;
}

const RESTS_MS = 60;
/** Pages that are kept besides those in sight. */
const MOST_KEPT = 40;

/** The pages of the log that are looked at, asked for again when `calls` changes: what happens on the ward is seen here. */
export function useLog(query: string, calls: unknown): Log {
  const [pages, setPages] = useState<ReadonlyMap<number, AlertPage>>(new Map());
  const [refused, setRefused] = useState<string | null>(null);
  const [heldAt, setHeldAt] = useState<AtMs | null>(null);
  const [totalNow, setTotalNow] = useState(0);
  // Whoever asks for a period that ends is told of nothing new within it but what belongs there.
  const heldQuery = heldAt === null || new URLSearchParams(query).has("to") ? query : withEnd(query, heldAt + 1);
  const asked = useRef(new Set<number>());
  const shown = useRef<readonly [number, number]>([0, 0]);
  const question = useRef("");
  const base = useRef("");
  const latestAt = useRef<AtMs | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const load = useCallback((of: string, page: number) => {
    asked.current.add(page);
    askPage(of, page).then(
      (answer) => {
        if (question.current !== of) return;
        setRefused(null);
        latestAt.current = answer.at;
        setPages((known) => {
          const next = new Map(known);
          next.delete(page);
          next.set(page, answer);
          for (const old of next.keys()) {
            if (next.size <= MOST_KEPT) break;
            if (old === 0 || old === page) continue;
            next.delete(old);
            asked.current.delete(old);
          }
          return next;
        });
      },
      (error: Error) => {
        asked.current.delete(page);
        if (question.current === of) setRefused(error.message);
      },
    );
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what calls on the ward changes the log
  useEffect(() => {
    const isNew = base.current !== query;
    base.current = query;
    question.current = heldQuery;
    if (isNew) {
      shown.current = [0, 0];
      setPages(new Map());
      setHeldAt(null);
    }
    asked.current.clear();
    const [from, to] = shown.current;
    for (let page = from; page <= to; page += 1) load(heldQuery, page);
    if (from > 0) load(heldQuery, 0);
    if (heldQuery === query) return;
    let left = false;
    askPage(query, 0).then(
      ({ total }) => left || setTotalNow(total),
      (error: Error) => left || setRefused(error.message),
    );
    return () => {
      left = true;
    };
  }, [query, heldQuery, calls, load]);

  const want = useCallback(
    (from: number, to: number) => {
      shown.current = [Math.floor(from / ALERT_PAGE), Math.max(0, Math.floor(to / ALERT_PAGE))];
      clearTimeout(waiting.current);
      // What only flies by under the scroll bar is not asked for.
      waiting.current = setTimeout(() => {
        const [first, last] = shown.current;
        for (let page = first; page <= last; page += 1) if (!asked.current.has(page)) load(heldQuery, page);
      }, RESTS_MS);
    },
    [heldQuery, load],
  );
  useEffect(() => () => clearTimeout(waiting.current), []);
  const hold = useCallback(
    (isHeld: boolean) => setHeldAt((before) => (isHeld ? (before ?? latestAt.current) : null)),
    [],
  );

  return {
    first: pages.get(0) ?? null,
    at: (index) => pages.get(Math.floor(index / ALERT_PAGE))?.alerts[index % ALERT_PAGE],
    refused,
    want,
    hold,
    fresh: heldQuery === query ? 0 : Math.max(0, totalNow - (pages.get(0)?.total ?? totalNow)),
  };
}

function withEnd(query: string, to: AtMs): string {
  const search = new URLSearchParams(query);
  search.set("to", String(to));
  return search.toString();
}

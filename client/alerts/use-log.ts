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
}

const RESTS_MS = 60;
/** Pages that are kept besides those in sight. */
const MOST_KEPT = 40;

/** The pages of the log that are looked at, asked for again when `calls` changes: what happens on the ward is seen here. */
export function useLog(query: string, calls: unknown): Log {
  const [pages, setPages] = useState<ReadonlyMap<number, AlertPage>>(new Map());
  const [refused, setRefused] = useState<string | null>(null);
  const asked = useRef(new Set<number>());
  const shown = useRef<readonly [number, number]>([0, 0]);
  const question = useRef("");
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const load = useCallback((of: string, page: number) => {
    asked.current.add(page);
    askPage(of, page).then(
      (answer) => {
        if (question.current !== of) return;
        setRefused(null);
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
    const isNew = question.current !== query;
    question.current = query;
    if (isNew) {
      shown.current = [0, 0];
      setPages(new Map());
    }
    asked.current.clear();
    const [from, to] = shown.current;
    for (let page = from; page <= to; page += 1) load(query, page);
    if (from > 0) load(query, 0);
  }, [query, calls, load]);

  const want = useCallback(
    (from: number, to: number) => {
      shown.current = [Math.floor(from / ALERT_PAGE), Math.max(0, Math.floor(to / ALERT_PAGE))];
      clearTimeout(waiting.current);
      // What only flies by under the scroll bar is not asked for.
      waiting.current = setTimeout(() => {
        const [first, last] = shown.current;
        for (let page = first; page <= last; page += 1) if (!asked.current.has(page)) load(query, page);
      }, RESTS_MS);
    },
    [query, load],
  );
  useEffect(() => () => clearTimeout(waiting.current), []);

  return {
    first: pages.get(0) ?? null,
    at: (index) => pages.get(Math.floor(index / ALERT_PAGE))?.alerts[index % ALERT_PAGE],
    refused,
    want,
  };
}

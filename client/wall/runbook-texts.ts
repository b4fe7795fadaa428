/** The runbooks' own part of the program, fetched while there is a server: what to do without one must not need it. */
import { useEffect } from "react";
import { BehaviorSubject } from "rxjs";
import { useValue } from "../ui/use-value.ts";

type Texts = Pick<typeof import("../runbook/index.ts"), "RunbookOnWall">;

const texts = new BehaviorSubject<Texts | null>(null);

/** The page that is looked at comes first. */
const LATER_MS = 3_000;

/**
 * Fetches them a moment after the link is live, at once where one `isWanted`, and again with the next link when they did
 * not come. `null`: not here yet.
 */
export function useRunbookTexts(isLive: boolean, isWanted = false): Texts | null {
  useEffect(() => {
    if (!isLive || texts.value !== null) return;
    const fetching = setTimeout(fetchTexts, isWanted ? 0 : LATER_MS);
    return () => clearTimeout(fetching);
  }, [isLive, isWanted]);
  return useValue(texts);
}

function fetchTexts(): void {
  import("../runbook/index.ts").then(
    (here) => texts.next(here),
    // Said where one is opened.
    () => undefined,
  );
}

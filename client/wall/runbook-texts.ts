/** The runbooks' own part of the program, fetched while there is a server: what to do without one must not need it. */
import { useEffect } from "react";
import { BehaviorSubject } from "rxjs";
import { useValue } from "../ui/use-value.ts";

type Texts = Pick<typeof import("../runbook/index.ts"), "RunbookOnWall">;

const texts = new BehaviorSubject<Texts | null>(null);

/** Fetches them as soon as the link is live, and again with the next when they did not come. `null`: not here yet. */
export function useRunbookTexts(isLive: boolean): Texts | null {
  useEffect(() => {
    if (!isLive || texts.value !== null) return;
    import("../runbook/index.ts").then(
      (here) => texts.next(here),
      // Said where one is opened.
      () => undefined,
    );
  }, [isLive]);
  return useValue(texts);
}

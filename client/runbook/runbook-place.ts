/** Where a runbook is read: what leads back from there, and how the others are reached. */
import { useLocation } from "@tanstack/react-router";
import { useMemo } from "react";
import { type WayBack, wayBack } from "./way-back.ts";

export interface RunbookPlace {
  /** `null`: it was opened from nowhere. */
  readonly back: WayBack | null;
  /** `null`: the list of all. */
  readonly hrefOf: (alarm: string | null) => string;
}

/** A page of its own. */
export function usePagePlace(): RunbookPlace {
  const search = useLocation({ select: ({ searchStr }) => searchStr });
  return useMemo(
    () => ({
      back: wayBack(search),
      hrefOf: (alarm) => (alarm === null ? `/runbook${search}` : `/runbook/${alarm}${search}`),
    }),
    [search],
  );
}

/** In the address of a wall, where an alarm's name stands otherwise. */
export const ALL_RUNBOOKS = "all";

/** On a wall, which somebody may leave alone. */
export const wallPlace = (wall: string): RunbookPlace => ({
  back: { href: wall, words: "Back to the wall", byItself: true },
  hrefOf: (alarm) => `${wall}?runbook=${alarm ?? ALL_RUNBOOKS}`,
});

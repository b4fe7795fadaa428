import { createContext, useContext } from "react";
import type { LiveBoard } from "../live/index.ts";
import { useValue } from "../ui/use-value.ts";

export const LiveContext = createContext<LiveBoard | null>(null);

export function useLive(): LiveBoard {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("useLive outside of a wall");
  return live;
}

/** The clinic's own time zone (IANA); `null` until the server has told it. */
export const useClinicZone = (): string | null => useValue(useLive().zone);

import { createContext, useContext } from "react";
import type { LiveBoard } from "../live/index.ts";

export const LiveContext = createContext<LiveBoard | null>(null);

export function useLive(): LiveBoard {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("useLive outside of a wall");
  return live;
}

import type { SessionReadings } from "@vigil/shared/wire";
import { useEffect, useState } from "react";
import { loadReadings, ReadingsRefused } from "./load-readings.ts";

export type Loaded =
  | { readonly kind: "loading" }
  | { readonly kind: "refused"; readonly reason: string }
  /** `behind`: the server was asked for more and did not answer. */
  | { readonly kind: "here"; readonly readings: SessionReadings; readonly behind: boolean };

/** While a session is open its chart goes on this often. The server reads only what is new. */
const AGAIN_MS = 5_000;

/** A session's readings, asked for again and again while it is open and the page is seen. */
export function useSessionReadings(id: string, points: number): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ kind: "loading" });
  useEffect(() => {
    const leaving = new AbortController();
    let next: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      next = setTimeout(() => void ask(), AGAIN_MS);
    };
    const ask = async () => {
      if (document.hidden) return again();
      try {
        const readings = await loadReadings(id, points, leaving.signal);
        if (leaving.signal.aborted) return;
        setLoaded({ kind: "here", readings, behind: false });
        if (readings.chart.endedAt === null) again();
      } catch (error) {
        if (leaving.signal.aborted) return;
        if (error instanceof ReadingsRefused) setLoaded({ kind: "refused", reason: error.message });
        else {
          setLoaded((before) =>
            before.kind === "here"
              ? { ...before, behind: true }
              : { kind: "refused", reason: "The server does not answer. This page keeps trying." },
          );
          again();
        }
      }
    };
    setLoaded({ kind: "loading" });
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(next);
    };
  }, [id, points]);
  return loaded;
}
